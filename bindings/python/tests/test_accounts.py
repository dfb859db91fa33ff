"""`parameters=` of one call never changes whose client it is, and never mixes two accounts."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from local_x import MEDIA, LocalX, Person

from twitter_native import AuthorizationError, InvalidRequest, MissingCredentials, NotPermitted, Result, Twitter

Parameters = Dict[str, Any]


@pytest.fixture
def other(x: LocalX) -> Person:
    return x.somebody_else()


def client_of(parameters: Parameters, heard: List[Result]) -> Twitter:
    return Twitter(parameters, on_tokens=heard.append)


def me(twitter: Twitter, **parameters: Any) -> str:
    return str(twitter.get_me(parameters=parameters or None)["data"]["id"])


def redirect(x: LocalX, twitter: Twitter) -> str:
    """Where X sends somebody who agreed."""
    return str(x.control("consent", {"url": twitter.get_authorization_link()["url"]})["redirect"])


def test_another_account_s_refresh_leaves_the_client_alone(x: LocalX, other: Person) -> None:
    heard: List[Result] = []
    twitter = client_of(x.oauth2(), heard)
    before = twitter.parameters
    fresh = twitter.refresh_token(parameters=other.tokens)
    assert fresh["access_token"] != other.tokens["access_token"]
    assert (twitter.parameters, heard) == (before, [])
    assert me(twitter) == x.credentials["user_id"]
    assert me(twitter, access_token=fresh["access_token"]) == other.user_id
    # The client's own goes on as before.
    own = twitter.refresh_token()
    assert heard == [own]
    assert me(twitter) == x.credentials["user_id"]


@pytest.mark.parametrize("names", [("refresh_token",), ("access_token", "refresh_token")])
def test_a_client_without_an_account_stays_without(x: LocalX, other: Person, names: "tuple[str, ...]") -> None:
    heard: List[Result] = []
    site = client_of(x.application(), heard)
    site.refresh_token(parameters={name: other.tokens[name] for name in names})
    assert (site.parameters, heard) == (x.application(), [])
    with pytest.raises(MissingCredentials):
        site.get_me()


SIGN_INS: List[Callable[[Twitter, str, Parameters], object]] = [
    lambda twitter, address, parameters: twitter.get_token(address, parameters=parameters),
    lambda twitter, address, parameters: twitter.handle_incoming_request_after_authorization(
        address, parameters=parameters
    ),
]


@pytest.mark.parametrize("sign_in", SIGN_INS)
def test_a_sign_in_with_keys_of_its_own_leaves_the_client_alone(
    x: LocalX, sign_in: Callable[[Twitter, str, Parameters], object]
) -> None:
    for own in (x.oauth2(), x.oauth1(), {"api_url": x.url}):
        heard: List[Result] = []
        twitter = client_of(own, heard)
        sign_in(twitter, redirect(x, Twitter(x.application())), x.application())
        assert (twitter.parameters, heard) == (own, [])


@pytest.mark.parametrize("sign_in", SIGN_INS)
def test_a_sign_in_with_settings_of_its_own_is_the_client_s(
    x: LocalX, sign_in: Callable[[Twitter, str, Parameters], object]
) -> None:
    heard: List[Result] = []
    twitter = client_of(x.application(), heard)
    result = sign_in(twitter, redirect(x, twitter), {"timeout_seconds": 20})
    assert heard == [result]
    assert me(twitter) == x.credentials["user_id"]
    # A refresh too: the client's refresh token was used, and is worthless from then on.
    for own in ({}, x.application(), twitter.parameters):
        tokens = {name: twitter.parameters[name] for name in own if name.endswith("_token")}
        fresh = twitter.refresh_token(parameters={**own, **tokens, "deadline_seconds": 20})
        assert heard[-1] == fresh
        assert twitter.parameters["refresh_token"] == fresh["refresh_token"]
        assert me(twitter) == x.credentials["user_id"]


def test_a_pin_for_another_account_leaves_the_client_s(x: LocalX) -> None:
    application = {name: value for name, value in x.oauth1().items() if not name.startswith("oauth_token")}
    for own in (x.oauth1(), {**application, **x.oauth2()}, {**application, "token_file": "tokens.json"}):
        heard: List[Result] = []
        twitter = client_of(own, heard)
        request = twitter.oauth1_request_token()
        pin = x.control("consent", {"url": request["authorize_url"]})["redirect"]
        token = {name: request[name] for name in ("oauth_token", "oauth_token_secret")}
        keys = twitter.oauth1_access_token(pin, parameters=token)
        assert keys["oauth_token"] != request["oauth_token"]
        assert (twitter.parameters, heard) == (own, [])


def test_a_call_for_another_account_is_that_account_s_whole(x: LocalX, other: Person) -> None:
    """Whatever keys the client has, and whichever the call brings."""
    clients = [x.oauth2(), x.oauth1(), {**x.oauth1(), **x.oauth2()}, x.application()]
    for own in clients:
        twitter = Twitter({**x.oauth1(), **own} if own is clients[3] else own)
        before = twitter.parameters
        assert me(twitter, **other.tokens) == other.user_id
        if "oauth_consumer_key" in before:
            assert me(twitter, **other.keys) == other.user_id
        assert twitter.parameters == before


def test_a_missing_scope_is_not_made_good_by_the_client_s_keys(x: LocalX, other: Person) -> None:
    """With both sets of keys the library sends an upload again by OAuth 1.0a: that account would post the other's."""
    twitter = Twitter(x.oauth1())
    narrow = x.control("tokens", {"scopes": ["tweet.write", "tweet.read", "users.read"], "user_id": other.user_id})
    x.clear()
    with pytest.raises(NotPermitted):
        twitter.create_image_tweet("Whose?", MEDIA / "picture.png", parameters=narrow)
    assert not [
        request
        for request in x.control("requests")
        if "OAuth " in str(dict(request["headers"]).get("authorization", ""))
    ]


def test_the_client_s_token_file_is_not_made_anew_from_another_account_s_tokens(
    x: LocalX, other: Person, tmp_path: Path
) -> None:
    file = tmp_path / "tokens.json"
    heard: List[Result] = []
    twitter = client_of({**x.oauth2(), "token_file": str(file)}, heard)
    assert me(twitter) == x.credentials["user_id"]
    content = file.read_bytes()
    assert me(twitter, **other.tokens) == other.user_id
    fresh = twitter.refresh_token(parameters=other.tokens)
    twitter.revoke_token(parameters={"access_token": fresh["access_token"]})
    assert file.read_bytes() == content
    assert heard == []
    assert me(twitter) == x.credentials["user_id"]


def test_another_token_file_is_not_made_anew_from_the_client_s_tokens(x: LocalX, other: Person, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.json"
    assert me(Twitter({**x.application(), **other.tokens}, token_file=theirs)) == other.user_id
    for own in ({}, {"token_file": tmp_path / "own.json"}):
        heard: List[Result] = []
        twitter = client_of({**x.oauth2(), **own}, heard)
        assert me(twitter) == x.credentials["user_id"]
        before = twitter.parameters
        assert me(twitter, token_file=theirs) == other.user_id
        twitter.refresh_token(parameters={"token_file": str(theirs)})
        assert me(twitter, token_file=theirs) == other.user_id
        assert (twitter.parameters, heard) == (before, [])
        assert me(twitter) == x.credentials["user_id"]


def test_another_application_gets_no_secret_or_token_of_the_client_s(x: LocalX) -> None:
    twitter = Twitter({**x.oauth2(), **x.oauth1()})
    used = twitter.get_standard_parameters(parameters={"client_id": "another"})
    for name in ("client_secret", "access_token", "refresh_token", "oauth_token", "oauth_token_secret"):
        assert used[name] == "", name
    used = twitter.get_standard_parameters(parameters={"oauth_consumer_key": "another"})
    for name in ("oauth_consumer_secret", "access_token", "refresh_token", "oauth_token", "oauth_token_secret"):
        assert used[name] == "", name
    same = twitter.get_standard_parameters(parameters={"client_id": x.credentials["client_id"], "max_retries": 1})
    assert same["access_token"] == twitter.parameters["access_token"]
    assert same["client_secret"] == x.credentials["client_secret"]


def test_settings_and_nothing_change_nothing_else(x: LocalX) -> None:
    twitter = Twitter({**x.oauth2(), **x.oauth1()})
    own = twitter.get_standard_parameters()
    for given in ({}, None, {"access_token": None}, {"access_token": own["access_token"]}, ""):
        assert twitter.get_standard_parameters(parameters=given) == own
    assert {**own, "max_retries": 1} == twitter.get_standard_parameters(parameters={"max_retries": 1})
    # An empty text takes a key away for this call.
    assert twitter.get_standard_parameters(parameters={"access_token": ""})["access_token"] == ""


def test_threads_that_serve_many_people_by_one_client(x: LocalX) -> None:
    heard: List[Result] = []
    twitter = client_of(x.oauth2(), heard)
    people = [x.somebody_else() for _ in range(8)]
    barrier = threading.Barrier(9)

    def serve(person: Person) -> bool:
        barrier.wait()
        tokens = dict(person.tokens)
        for _ in range(3):
            fresh = twitter.refresh_token(parameters=tokens)
            tokens = {name: fresh[name] for name in tokens}
            if me(twitter, **tokens) != person.user_id:
                return False
        return True

    def own(_: object) -> bool:
        barrier.wait()
        for _ in range(3):
            twitter.refresh_token()
            if me(twitter) != x.credentials["user_id"]:
                return False
        return True

    with ThreadPoolExecutor(9) as pool:
        results = [pool.submit(serve, person) for person in people] + [pool.submit(own, None)]
        assert all(result.result() for result in results)
    assert len(heard) == 3
    assert twitter.parameters["refresh_token"] == heard[-1]["refresh_token"]


def test_a_refusal_of_another_account_s_call_changes_nothing(x: LocalX) -> None:
    heard: List[Result] = []
    twitter = client_of(x.oauth2(), heard)
    before = twitter.parameters
    for parameters in ({"refresh_token": "spent"}, {"client_id": "another", "refresh_token": "spent"}):
        with pytest.raises(AuthorizationError):
            twitter.refresh_token(parameters=parameters)
    with pytest.raises(InvalidRequest):
        twitter.get_token("code", parameters={"clientid": "a"})
    assert (twitter.parameters, heard) == (before, [])


def test_the_parameters_of_a_call_may_be_text_or_a_file(x: LocalX, other: Person, tmp_path: Path) -> None:
    file = tmp_path / "theirs.json"
    file.write_text(json.dumps(other.tokens), encoding="utf-8")
    twitter = Twitter(x.oauth2())
    before = twitter.parameters
    for given in (json.dumps(other.tokens), str(file), file):
        assert twitter.get_me(parameters=given)["data"]["id"] == other.user_id
    assert twitter.parameters == before
