"""Reading, retweets and likes, API 1.1, other endpoints, and tokens that several processes keep in one file."""

from __future__ import annotations

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest
from local_x import LocalX, run

import twitter_native
from twitter_native import InvalidRequest, NotFound, RateLimited, Result, ResultList, Twitter, TwitterError

Text = Callable[[], str]

LIMITED = {"Status": {"status": 429, "headers": {"retry-after": "900"}}}


@pytest.fixture
def signed_in(x: LocalX) -> Twitter:
    return Twitter(x.oauth2())


def test_a_tweet_by_its_id_as_text_and_as_number(x: LocalX, signed_in: Twitter, text: Text) -> None:
    said = text()
    tweet_id = signed_in.create_text_tweet(said)["data"]["id"]
    for given in (tweet_id, int(tweet_id)):
        assert signed_in.get_tweet(given)["data"]["text"] == said
    found = signed_in.get_tweets([tweet_id, 12], query={"tweet.fields": ["created_at", "author_id"]})
    assert [tweet["author_id"] for tweet in found["data"]] == [x.credentials["user_id"]]
    assert found["errors"][0]["resource_id"] == "12"
    assert signed_in.get_me()["data"]["id"] == x.credentials["user_id"]
    assert signed_in.delete_tweet(int(tweet_id)) == {"data": {"deleted": True}}
    with pytest.raises(NotFound) as failure:
        signed_in.get_tweet(tweet_id)
    assert failure.value.outcome is None
    with pytest.raises(InvalidRequest) as refusal:
        signed_in.delete_tweet("no id")
    assert (refusal.value.field, refusal.value.outcome) == ("id", "not_sent")


def test_retweets_and_likes(x: LocalX, signed_in: Twitter, text: Text) -> None:
    tweet_id, me = x.others_tweet(text()), x.credentials["user_id"]
    assert signed_in.retweet(tweet_id)["data"]["retweeted"] is True
    assert signed_in.like_tweet(tweet_id, user_id=int(me))["data"]["liked"] is True
    assert [user["id"] for user in signed_in.get_retweeted_by(tweet_id)["data"]] == [me]
    assert [user["id"] for user in signed_in.get_liking_users(tweet_id)["data"]] == [me]
    assert signed_in.get_liked_tweets()["data"][0]["id"] == tweet_id
    assert signed_in.unretweet(tweet_id)["data"]["retweeted"] is False
    assert signed_in.unlike_tweet(tweet_id)["data"]["liked"] is False


def test_pages_become_one_list(x: LocalX, signed_in: Twitter, text: Text) -> None:
    tweet_id = x.control("tweets", {"text": text()})["id"]
    x.act("retweets", tweet_id, people=25)
    pages = signed_in.get_retweeted_by(tweet_id, query={"max_results": 10}, max_pages=5)
    assert len({user["id"] for user in pages["data"]}) == pages["meta"]["result_count"] == 25
    assert pages.http is not None
    assert pages.http["requests"] == 3
    assert "incomplete" not in pages


def test_what_was_read_before_an_error_is_kept_with_the_error(x: LocalX, text: Text) -> None:
    signed_in = Twitter(x.oauth2(), max_wait_seconds=0)
    tweet_id = x.control("tweets", {"text": text()})["id"]
    x.act("retweets", tweet_id, people=15)
    ask: Dict[str, Any] = {"query": {"max_results": 10}, "max_pages": 2}
    x.fault(f"/2/tweets/{tweet_id}/retweeted_by", LIMITED, skip=1, times=1)
    pages = signed_in.get_retweeted_by(tweet_id, **ask)
    assert len(pages["data"]) == 10
    assert (pages["incomplete"]["kind"], pages["incomplete"]["retry_after"]) == ("rate_limited", 900)
    # The mapping is what the errors here are made of.
    assert TwitterError(pages["incomplete"]).retryable is True
    ask["query"]["pagination_token"] = pages["meta"]["next_token"]
    assert len(signed_in.get_retweeted_by(tweet_id, **ask)["data"]) == 5
    x.fault(f"/2/tweets/{tweet_id}/retweeted_by", LIMITED, times=1)
    with pytest.raises(RateLimited):
        signed_in.get_retweeted_by(tweet_id)


def test_api_1_1_returns_lists_where_x_does(x: LocalX, twitter: Twitter, text: Text) -> None:
    said = text()
    tweet_id = twitter.statuses_update(said)["id_str"]
    assert twitter.statuses_show(int(tweet_id), trim_user=True)["text"] == said
    x.act("retweets", tweet_id, people=3)
    looked_up = twitter.statuses_lookup([tweet_id, 12])
    assert isinstance(looked_up, ResultList)
    assert [tweet["id_str"] for tweet in looked_up] == [tweet_id]
    by_id = twitter.statuses_lookup([tweet_id, 12], map=True)
    assert isinstance(by_id, Result)
    assert by_id["id"]["12"] is None
    assert len(twitter.statuses_retweets(tweet_id, count=2)) == 2
    assert len(twitter.statuses_retweeters_ids(tweet_id)["ids"]) == 3
    assert tweet_id in [tweet["id_str"] for tweet in twitter.statuses_retweets_of_me()]
    assert twitter.favorites_create(tweet_id)["favorited"] is True
    liked = twitter.favorites_list(count=1)
    assert isinstance(liked, ResultList)
    assert liked.http is not None
    assert [tweet["id_str"] for tweet in liked] == [tweet_id]
    assert twitter.favorites_destroy(tweet_id)["favorited"] is False
    assert twitter.statuses_destroy(tweet_id)["id_str"] == tweet_id
    assert twitter.statuses_lookup(tweet_id) == []


def test_html_for_a_page_needs_no_keys(x: LocalX, text: Text) -> None:
    said = text()
    tweet_id = x.control("tweets", {"text": said})["id"]
    anybody = Twitter(api_url=x.url)
    html = anybody.get_oembed(f"https://x.com/somebody/status/{tweet_id}", omit_script=True, lang="ru")["html"]
    assert said in html
    assert "<script" not in html
    assert "authorization" not in {name.lower() for name, _ in headers(x.last_request())}


def headers(request: Dict[str, Any]) -> Any:
    sent = request["headers"]
    return sent.items() if isinstance(sent, dict) else sent


def test_any_other_endpoint(x: LocalX, twitter: Twitter, signed_in: Twitter, text: Text) -> None:
    said = text()
    tweet = signed_in.request("POST", "/2/tweets", json={"text": said})
    assert x.tweet(tweet["data"]["id"])["text"] == said
    said = text() + " + & ё"
    status = twitter.request("POST", "/1.1/statuses/update.json", form={"status": said, "trim_user": True})
    assert x.tweet(status["id_str"])["text"] == said
    lookup = {"id": [status["id_str"], 12]}
    statuses = twitter.request("GET", "/1.1/statuses/lookup.json", query=lookup)
    assert isinstance(statuses, ResultList)
    assert [found["id_str"] for found in statuses] == [status["id_str"]]
    me = signed_in.request("GET", url=f"{x.url}/2/users/me", query={"user.fields": ["created_at"]})
    assert me["data"]["id"] == x.credentials["user_id"]
    assert x.last_request()["query"] == "user.fields=created_at"
    with pytest.raises(InvalidRequest) as refusal:
        signed_in.request("GET", url="https://example.com/2/users/me")
    assert refusal.value.field == "url"


def test_json_of_every_kind(x: LocalX, twitter: Twitter) -> None:
    for body, kind in (
        ({"a": [1]}, Result), ([1, {}], ResultList), ({}, Result), ([], ResultList),
        ("text", str), (12, int), (1.5, float), (True, bool), (False, bool), ("", str), (0, int),
    ):  # fmt: skip
        answer = {"status": 200, "body": json.dumps(body), "content_type": "application/json"}
        x.fault("/2/anything", {"Status": answer}, times=1)
        found = twitter.request("GET", "/2/anything")
        assert (found, type(found)) == (body, kind)
        if kind in (Result, ResultList):
            assert (found.http or {})["status"] == 200
    x.fault("/2/anything", {"EmptyBody": {"status": 200}}, times=1)
    empty = twitter.request("GET", "/2/anything")
    assert (empty, type(empty)) == ({}, Result)


def test_counting_sends_nothing(x: LocalX) -> None:
    counted = twitter_native.parse_tweet("😀 https://example.com/a/long/address/that/counts/23", parameters=x.oauth1())
    assert (counted["weighted_length"], counted["valid"]) == (26, True)
    assert counted.http is None
    assert twitter_native.parse_tweet("я" * 281)["valid"] is False
    assert x.control("requests") == []


def refreshes(x: LocalX) -> int:
    return sum(request["path"] == "/2/oauth2/token" for request in x.control("requests"))


@pytest.fixture
def token_file(x: LocalX, tmp_path: Path) -> Dict[str, Any]:
    """Parameters with a token file that exists, and without the tokens that it was made from."""
    kept = {"token_file": str(tmp_path / "tokens.json")}
    Twitter(x.oauth2(), **kept).get_me()  # type: ignore[arg-type]
    return {**x.application(), **kept}


def test_threads_share_a_token_file(x: LocalX, token_file: Dict[str, Any]) -> None:
    x.control("access_tokens", method="DELETE")
    x.clear()
    clients = [Twitter(token_file), Twitter(token_file)]
    barrier = threading.Barrier(8)

    def ask(number: int) -> str:
        barrier.wait()
        return str(clients[number % 2].get_me()["data"]["id"])

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {x.credentials["user_id"]}
    assert refreshes(x) == 1


ASKING = """
import sys, twitter_native
twitter = twitter_native.Twitter(sys.argv[1])
for _ in range(5):
    print(twitter.get_me()["data"]["id"])
"""


def test_processes_share_a_token_file_without_a_lock_of_theirs(x: LocalX, token_file: Dict[str, Any]) -> None:
    x.control("access_tokens", method="DELETE")
    x.clear()
    with ThreadPoolExecutor(4) as pool:
        processes = list(pool.map(lambda _: run(ASKING, json.dumps(token_file)), range(4)))
    assert [(done.stdout.split(), done.stderr) for done in processes] == [([x.credentials["user_id"]] * 5, "")] * 4
    assert refreshes(x) == 1


def test_a_client_that_took_tokens_over_follows_its_token_file(x: LocalX, token_file: Dict[str, Any]) -> None:
    """Its parameters then hold a pair that the file has long outlived."""
    saved: List[Result] = []
    first, second = Twitter(token_file, on_tokens=saved.append), Twitter(token_file)
    first.refresh_token()
    assert first.parameters["access_token"] == saved[0]["access_token"]
    second.refresh_token()
    x.control("access_tokens", method="DELETE")
    for client in (first, second, first):
        assert client.get_me()["data"]["id"] == x.credentials["user_id"]
    if os.name == "posix":
        assert os.stat(token_file["token_file"]).st_mode & 0o777 == 0o600


def test_a_token_file_that_is_none_is_left_alone(x: LocalX, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes", encoding="utf-8")
    with pytest.raises(twitter_native.FileError) as failure:
        Twitter(x.oauth2(), token_file=str(file)).create_text_tweet(f"Never {time.time()}")
    assert (failure.value.path, failure.value.outcome) == (str(file), "not_sent")
    assert file.read_text(encoding="utf-8") == "my notes"
