"""Errors: a class for each kind, every field an attribute, and a repr that helps."""

from __future__ import annotations

import copy
import inspect
import pickle
from pathlib import Path
from typing import Callable

import pytest
from local_x import ROOT, LocalX

import twitter_native
from twitter_native import (
    ApiError,
    AuthorizationError,
    Duplicate,
    FileError,
    InvalidRequest,
    MissingCredentials,
    NetworkError,
    Paginator,
    RateLimited,
    TimedOut,
    Twitter,
    TwitterError,
)
from twitter_native._errors import KINDS, error_of


def test_every_kind_has_a_class() -> None:
    documented = set()
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 3 and "outcome" not in cells[1]:
            documented.update(cells[1].replace("`", "").split(", "))
    assert set(KINDS) <= documented
    assert len(set(KINDS.values())) == len(KINDS) == 12


def test_the_documented_tree_is_the_real_one() -> None:
    tree = inspect.getdoc(TwitterError) or ""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    classes = [kind for kind in vars(twitter_native).values() if isinstance(kind, type)]
    for kind in classes:
        if issubclass(kind, TwitterError):
            assert f"{kind.__name__} " in tree or kind is TwitterError, kind
            assert f"`{kind.__name__}`" in readme, kind


def test_a_wrong_field_is_named() -> None:
    with pytest.raises(InvalidRequest) as failure:
        Twitter(access_token="a").create_text_tweet("x", reply={"in_reply_to_tweet": 1})
    error = failure.value
    assert isinstance(error, ValueError)
    assert (error.kind, error.field, error.outcome) == ("invalid_request", "reply.in_reply_to_tweet", "not_sent")
    assert error.suggestion == "in_reply_to_tweet_id"
    assert error.retryable is False
    assert (error.status, error.media_ids, error.missing, error.http) == (None, [], [], None)
    assert repr(error).startswith("InvalidRequest('")
    assert "field='reply.in_reply_to_tweet'" in repr(error)
    assert str(error) == error.message


def test_missing_keys_and_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingCredentials) as missing:
        Twitter().create_authorization_header_v2()
    assert missing.value.missing == ["access_token"]
    with pytest.raises(FileError) as unreadable:
        Twitter(access_token="a").upload_media_file(tmp_path / "nothing.png")
    assert isinstance(unreadable.value, OSError)
    assert unreadable.value.path == unreadable.value.filename == str(tmp_path / "nothing.png")


def test_what_x_says_is_there(x: LocalX, twitter: Twitter, text: Callable[[], str]) -> None:
    said = text()
    twitter.create_text_tweet(said)
    with pytest.raises(Duplicate) as failure:
        twitter.create_text_tweet(said)
    error = failure.value
    assert isinstance(error, ApiError)
    assert (error.status, error.problem, error.outcome) == (403, "duplicate", "rejected")
    assert error.details["status"] == 403
    assert error.http is not None
    assert error.http["status"] == 403


def test_limits_tell_when_to_come_back(x: LocalX, twitter: Twitter, text: Callable[[], str]) -> None:
    x.fault("/2/tweets", {"Status": {"status": 429, "headers": {"retry-after": "900"}}}, times=1)
    with pytest.raises(RateLimited) as failure:
        twitter.create_text_tweet(text())
    assert failure.value.retry_after is not None
    assert 890 <= failure.value.retry_after <= 910
    assert failure.value.retryable is True


def test_no_secret_shows_in_what_is_printed(x: LocalX, tmp_path: Path) -> None:
    both = Twitter({**x.oauth1(), **x.oauth2()}, token_file=str(tmp_path / "tokens.json"))
    secrets = [value for name, value in both.parameters.items() if name.endswith(("secret", "token"))]
    assert len(secrets) == 6
    shown = [repr(both), str(both), repr(Paginator(both.get_liked_tweets))]
    x.fault("/2/*", {"Status": {"status": 403, "body": " ".join(secrets)}}, times=1)
    x.fault("/2/oauth2/token", {"Status": {"status": 400, "body": " ".join(secrets)}}, times=1)
    for call in (both.get_me, both.refresh_token):
        with pytest.raises(TwitterError) as failure:
            call()
        shown += [repr(failure.value), str(failure.value), repr(failure.value.error), repr(vars(failure.value))]
    for text in shown:
        assert not [secret for secret in secrets if secret in text], text


def test_networks_and_signatures(x: LocalX, text: Callable[[], str]) -> None:
    with pytest.raises(NetworkError) as refused:
        Twitter(access_token="a", api_url="http://127.0.0.1:1", max_retries=0).create_text_tweet("x")
    assert isinstance(refused.value, ConnectionError)
    with pytest.raises(AuthorizationError) as denied:
        Twitter(x.oauth1(), oauth_token_secret="wrong").create_text_tweet(text())
    assert denied.value.reason == "keys"
    x.fault("/2/tweets", {"StallBeforeAnswer": {"seconds": 20}}, times=1)
    with pytest.raises(TimedOut) as late:
        Twitter(x.oauth1(), timeout_seconds=1, max_retries=0).create_text_tweet(text())
    assert isinstance(late.value, TimeoutError)
    assert late.value.outcome == "unknown"


#: The fields of an error object, in their documented order.
FIELDS = {
    "kind": "api", "message": "M.", "retryable": True, "field": "files[1]", "suggestion": "s", "missing": ["client_id"],
    "reason": "keys", "path": "/a", "os_error": 2, "retry_after": 9, "problem": "duplicate", "media_id": "1",
    "state": "failed", "status": 403, "code": "187", "title": "t", "details": {"a": [1]}, "outcome": "unknown",
    "step": "tweet", "media_ids": ["1", "2"],
    "posted": [{"id": "20"}], "next": 1,
}  # fmt: skip


def test_every_field_of_the_envelope_is_an_attribute() -> None:
    full, bare = error_of(FIELDS, {"status": 403}), error_of({"kind": "api", "message": "M."}, None)
    for name, value in FIELDS.items():
        assert getattr(full, name) == value
        assert name in TwitterError.__annotations__
    assert full.http == {"status": 403}
    for name in FIELDS.keys() - {"kind", "message", "retryable", "missing", "media_ids"}:
        assert getattr(bare, name) is None
    assert (bare.retryable, bare.missing, bare.media_ids, bare.http) == (False, [], [], None)
    assert set(TwitterError.__annotations__) == {*FIELDS, "http", "error"}


def test_every_kind_is_a_subclass_that_says_what_else_it_is() -> None:
    also = {
        "invalid_request": ValueError, "io": OSError, "network": ConnectionError, "timeout": TimeoutError,
    }  # fmt: skip
    for kind, raised in KINDS.items():
        error = error_of({**FIELDS, "kind": kind}, None)
        assert isinstance(error, raised)
        assert isinstance(error, TwitterError)
        assert isinstance(error, also.get(kind, Exception))
        assert type(error) is not TwitterError
    assert type(error_of({"kind": "tomorrow's", "message": "M."}, None)) is TwitterError


@pytest.mark.parametrize("kind", [*KINDS, "new"])
def test_errors_travel_between_processes(kind: str) -> None:
    fields = {"kind": kind, "message": "M", "retryable": True, "path": "p", "status": 503, "tomorrow": [1]}
    error = error_of(fields, {"status": 503})
    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(other) is type(error) is KINDS.get(kind, TwitterError)
        assert (str(other), other.kind, other.path, other.http) == ("M", kind, "p", {"status": 503})
        assert other.error == fields
        assert repr(other) == repr(error)
    assert ("kind='new'" in repr(error)) == (kind == "new")
