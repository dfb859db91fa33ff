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
    RateLimited,
    TimedOut,
    Twitter,
    TwitterError,
)
from twitter_native._errors import KINDS, error_of


def test_every_kind_of_the_contract_has_a_class() -> None:
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


def test_networks_and_signatures(x: LocalX, text: Callable[[], str]) -> None:
    with pytest.raises(NetworkError) as refused:
        Twitter(access_token="a", api_url="http://127.0.0.1:1", max_retries=0).create_text_tweet("x")
    assert isinstance(refused.value, ConnectionError)
    with pytest.raises(AuthorizationError) as denied:
        Twitter(x.oauth1(), oauth_token_secret="wrong").create_text_tweet(text())
    assert denied.value.reason in ("keys", "access_token")
    x.fault("/2/tweets", {"StallBeforeAnswer": {"seconds": 20}}, times=1)
    with pytest.raises(TimedOut) as late:
        Twitter(x.oauth1(), timeout_seconds=1, max_retries=0).create_text_tweet(text())
    assert isinstance(late.value, TimeoutError)
    assert late.value.outcome == "unknown"


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
