"""X's operations as methods of a client."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from local_x import LocalX

from twitter_native import InvalidRequest, Result, Twitter


def test_an_operation_is_a_method(twitter: Twitter) -> None:
    me = twitter.get_users_me(user_fields=["created_at"])
    assert isinstance(me, Result)
    assert me["data"]["id"] == twitter.get_me()["data"]["id"]
    assert me.http is not None
    assert me.http["auth"] == "oauth1"


def test_a_field_is_checked_before_anything_is_sent(twitter: Twitter, x: LocalX) -> None:
    # A type checker would have refused it.
    unchecked: Any = twitter
    with pytest.raises(InvalidRequest) as caught:
        unchecked.get_users_me(user_field=["created_at"])
    assert caught.value.suggestion == "user.fields"
    assert caught.value.http is None


def test_parameters_are_laid_over_for_one_call(twitter: Twitter) -> None:
    with pytest.raises(InvalidRequest):
        twitter.get_users_me(parameters={"acces_token": "x"})
    assert twitter.get_users_me()["data"]


def test_what_is_no_operation_is_no_attribute(twitter: Twitter) -> None:
    assert hasattr(twitter, "search_posts_recent")
    for name in ("search_post_recently", "_search_posts_recent", "__len__"):
        assert not hasattr(twitter, name)
    with pytest.raises(AttributeError, match="search_post_recently"):
        _ = twitter.search_post_recently  # type: ignore[attr-defined]


def test_operations_are_listed(twitter: Twitter) -> None:
    listed = dir(twitter)
    assert {"search_posts_recent", "create_image_tweet", "parameters"} <= set(listed)


def test_a_method_can_be_sent_to_another_process(twitter: Twitter) -> None:
    operation = pickle.loads(pickle.dumps(twitter.get_users_me))
    assert operation()["data"]["username"]


def test_threads_and_copies_of_the_client_have_them_too(twitter: Twitter) -> None:
    copied = pickle.loads(pickle.dumps(twitter))
    assert copied.get_users_me()["data"] == twitter.get_users_me()["data"]
