"""Signing in: the client takes tokens over from its own calls and hands them on."""

from __future__ import annotations

import copy
import pickle
import socket
import threading
import time
import urllib.error
import urllib.request
from typing import Any, Dict, List

import pytest
from local_x import LocalX

from twitter_native import ApiError, AuthorizationError, InvalidRequest, Result, TimedOut, Twitter


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


def loopback(x: LocalX) -> Dict[str, Any]:
    """The application with a redirect address of this machine's."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/callback"
    x.control("redirect_uris", {"url": address})
    return {**x.application(), "redirect_uri": address}


def visit(address: str) -> str:
    """The page that the browser gets, once somebody listens."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(100):
        try:
            with direct.open(address, timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("nobody listens")


def test_a_sign_in_by_the_loopback_redirect(x: LocalX) -> None:
    kept: List[Result] = []
    stages: List[int] = []
    twitter = Twitter(loopback(x), on_tokens=kept.append)
    link = twitter.get_authorization_link()
    pages: List[str] = []

    def browse() -> None:
        # Another thread's calls go on meanwhile, the sign-ins too.
        twitter.create_authorization_header_v2(parameters={"access_token": "another"})
        with pytest.raises(AuthorizationError):
            twitter.refresh_token(parameters={"refresh_token": "spent"})
        pages.append(visit(x.control("consent", {"url": link["url"]})["redirect"]))

    person = threading.Thread(target=browse)
    person.start()
    result = twitter.wait_for_authorization(
        state=link["state"],
        code_verifier=link["code_verifier"],
        open_browser=False,
        wait_seconds=20,
        progress=lambda stage, *_: stages.append(int(stage)),
    )
    person.join()
    assert kept == [result]
    assert "You are signed in" in pages[0]
    assert set(stages) == {1}
    assert twitter.parameters["refresh_token"] == result["refresh_token"]
    twitter.create_text_tweet(f"Signed in by {link['state'][:20]}")


def test_a_sign_in_by_the_loopback_redirect_with_parameters_of_its_own(x: LocalX) -> None:
    def sign_in(twitter: Twitter, application: Twitter, parameters: Dict[str, Any]) -> Result:
        link = application.get_authorization_link()
        person = threading.Thread(target=lambda: visit(x.control("consent", {"url": link["url"]})["redirect"]))
        person.start()
        result = twitter.wait_for_authorization(
            state=link["state"],
            code_verifier=link["code_verifier"],
            open_browser=False,
            wait_seconds=20,
            parameters=parameters,
        )
        person.join()
        return result

    kept: List[Result] = []
    application = loopback(x)
    # Another application's sign-in is not the client's, and another address of the client's own is.
    for own in (x.oauth2(), {"api_url": x.url}):
        client = Twitter(own, on_tokens=kept.append)
        sign_in(client, Twitter(application), application)
        assert (client.parameters, kept) == (own, [])
    client = Twitter(x.application(), on_tokens=kept.append)
    result = sign_in(client, Twitter(application), {"redirect_uri": application["redirect_uri"]})
    assert kept == [result]
    assert client.parameters["access_token"] == result["access_token"]
    assert client.parameters["redirect_uri"] == x.credentials["redirect_uri"]


def test_a_sign_in_that_nobody_answers(x: LocalX) -> None:
    twitter = Twitter(loopback(x), on_tokens=lambda _: pytest.fail("there are no tokens"))
    link = twitter.get_authorization_link()
    with pytest.raises(TimedOut):
        twitter.wait_for_authorization(state=link["state"], open_browser=False, wait_seconds=1)
    with pytest.raises(InvalidRequest) as failure:
        twitter.wait_for_authorization(parameters={"redirect_uri": "https://example.com/callback"})
    assert failure.value.field == "parameters.redirect_uri"


def test_a_sign_in_by_pin(x: LocalX) -> None:
    kept: List[Result] = []
    application = {name: value for name, value in x.oauth1().items() if not name.startswith("oauth_token")}
    twitter = Twitter(application, on_tokens=kept.append)
    request = twitter.oauth1_request_token()
    assert "oauth_token" not in twitter.parameters
    token = {name: request[name] for name in ("oauth_token", "oauth_token_secret")}
    pin = x.control("consent", {"url": request["authorize_url"]})["redirect"]
    with pytest.raises(AuthorizationError) as refused:
        twitter.oauth1_access_token("0000000", parameters=token)
    assert refused.value.reason == "code"
    keys = twitter.oauth1_access_token(pin, parameters=token)
    assert kept == [keys]
    assert twitter.parameters["oauth_token"] == keys["oauth_token"]
    twitter.create_text_tweet(f"Signed in by PIN {pin}")
    with pytest.raises(ApiError) as unknown:
        twitter.oauth1_request_token("https://elsewhere.example/")
    assert unknown.value.code == "415"
