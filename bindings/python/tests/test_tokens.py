"""Signing in: the client takes tokens over from its own calls and hands them on."""

from __future__ import annotations

import copy
import pickle
import threading
from typing import List

import pytest
from local_x import LocalX

from twitter_native import AuthorizationError, Result, Twitter


def test_a_sign_in_from_the_link_to_the_tweet(x: LocalX) -> None:
    kept: List[Result] = []
    twitter = Twitter(x.application(), on_tokens=kept.append)
    link = twitter.get_authorization_link(session="browser 7")
    redirect = x.control("consent", {"url": link["url"]})["redirect"]
    result = twitter.handle_incoming_request_after_authorization(redirect, session="browser 7")
    assert kept == [result]
    assert twitter.parameters["access_token"] == result["access_token"]
    assert twitter.parameters["refresh_token"] == result["refresh_token"]
    twitter.create_text_tweet(f"Signed in with {link['state'][:20]}")
    fresh = twitter.refresh_token()
    assert fresh["access_token"] != result["access_token"]
    assert kept[1:] == [fresh]
    assert twitter.parameters["refresh_token"] == fresh["refresh_token"]
    twitter.create_text_tweet(f"Refreshed with {link['state'][:20]}")


def test_refusals_change_nothing(x: LocalX) -> None:
    twitter = Twitter(x.application(), on_tokens=lambda _: pytest.fail("there are no tokens"))
    link = twitter.get_authorization_link(session="one")
    denied = x.control("deny", {"url": link["url"]})["redirect"]
    for redirect, session, reason in ((denied, "one", "denied"), (denied, "two", "state")):
        with pytest.raises(AuthorizationError) as failure:
            twitter.handle_incoming_request_after_authorization(redirect, session=session)
        assert failure.value.reason == reason
    assert "access_token" not in twitter.parameters


def test_threads_refresh_one_after_the_other(x: LocalX) -> None:
    """X revokes everything when a refresh token is used twice."""
    kept: List[Result] = []
    twitter = Twitter(x.oauth2(), on_tokens=kept.append)
    threads = [threading.Thread(target=twitter.refresh_token) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({tokens["refresh_token"] for tokens in kept}) == 8
    assert twitter.parameters["refresh_token"] == kept[-1]["refresh_token"]
    twitter.create_text_tweet(f"After {kept[-1]['expires_at']} and {id(kept)}")


def test_on_tokens_may_use_the_client_and_its_failure_comes_out(x: LocalX) -> None:
    def store(tokens: Result) -> None:
        assert twitter.parameters["access_token"] == tokens["access_token"]
        twitter.create_authorization_header_v2()
        raise OSError("the disk is full")

    twitter = Twitter(x.oauth2(), on_tokens=store)
    before = twitter.parameters["access_token"]
    with pytest.raises(OSError, match="the disk is full"):
        twitter.refresh_token()
    assert twitter.parameters["access_token"] != before


def test_a_client_shows_no_secret_and_can_be_sent_to_another_process(x: LocalX) -> None:
    twitter = Twitter(x.oauth2())
    assert "client_secret=…" in repr(twitter)
    assert not [value for value in twitter.parameters.values() if value in repr(twitter)]
    for other in (pickle.loads(pickle.dumps(twitter)), copy.deepcopy(twitter)):
        assert other.parameters == twitter.parameters
    twitter.parameters["access_token"] = "a copy"
    assert twitter.parameters["access_token"] != "a copy"
