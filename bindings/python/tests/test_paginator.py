"""Lists page by page: every function that takes `max_pages`, one page a call."""

from __future__ import annotations

import gc
import itertools
import pickle
import threading
import weakref
from typing import Any, Callable, Dict, List

import pytest
from local_x import LocalX

import twitter_native
from twitter_native import Canceled, Paginator, RateLimited, Result, Twitter, UnexpectedResponse

TEN = {"max_results": 10}
LIMITED = {"Status": {"status": 429, "headers": {"retry-after": "900"}}}


@pytest.fixture
def signed_in(x: LocalX) -> Twitter:
    return Twitter(x.oauth2(), max_wait_seconds=0)


@pytest.fixture
def popular(x: LocalX, text: Callable[[], str]) -> str:
    tweet_id = x.control("tweets", {"text": text()})["id"]
    x.act("retweets", tweet_id, people=25)
    return str(tweet_id)


def ids(pages: Any) -> List[str]:
    return [item["id"] for page in pages for item in page.get("data", ())]


def test_each_page_is_one_call_when_it_is_asked_for(x: LocalX, signed_in: Twitter, popular: str) -> None:
    x.clear()
    pages = Paginator(signed_in.get_retweeted_by, popular, query=TEN)
    assert x.control("requests") == []
    found = []
    for number, page in enumerate(pages, 1):
        assert isinstance(page, Result)
        assert page.http is not None
        assert page.http["requests"] == 1
        assert len(x.control("requests")) == number
        found += [user["id"] for user in page["data"]]
        assert (pages.next_token is None) == (number == 3)
    assert len(set(found)) == len(found) == 25
    assert list(pages) == []
    whole = signed_in.get_retweeted_by(popular, query=TEN, max_pages=10)
    assert [user["id"] for user in whole["data"]] == found


def test_one_page_is_in_memory(signed_in: Twitter, popular: str) -> None:
    seen: List["weakref.ref[Result]"] = []
    for page in Paginator(signed_in.get_retweeted_by, popular, query=TEN):
        seen.append(weakref.ref(page))
        gc.collect()
        assert [number for number, other in enumerate(seen) if other() is not None] == [len(seen) - 1]
    assert len(seen) == 3


def test_every_function_with_pages(x: LocalX, signed_in: Twitter, popular: str) -> None:
    me = x.credentials["user_id"]
    for number in range(12):
        x.act("likes", x.others_tweet(f"Page me {number} {popular}"), user_id=me)
    with_pages = {
        function["name"] for function in twitter_native.describe() if "max_pages" in function["request"]["properties"]
    }
    arguments: Dict[str, Any] = {
        "get_retweets": (popular,),
        "get_retweeted_by": (popular,),
        "get_liking_users": (popular,),
        "get_reposts_of_me": (),
        "get_liked_tweets": (),
        "request": ("GET", f"/2/users/{me}/liked_tweets"),
    }
    assert set(arguments) == with_pages
    for name, given in arguments.items():
        ask: Dict[str, Any] = {} if name == "get_liking_users" else {"query": TEN}
        joined = getattr(signed_in, name)(*given, **ask, max_pages=100)
        assert ids(Paginator(getattr(signed_in, name), *given, **ask)) == ids([joined]), name
        module = Paginator(getattr(twitter_native, name), *given, **ask, parameters=signed_in.parameters)
        assert ids(module) == ids([joined]), name
        if name not in ("get_liking_users", "get_reposts_of_me"):
            assert len(ids([joined])) > 10, name


def test_operations_of_x_are_read_page_by_page(x: LocalX, signed_in: Twitter, popular: str, text: Any) -> None:
    me = x.credentials["user_id"]
    for _ in range(12):
        signed_in.create_text_tweet(text())
    users: Any = Paginator(signed_in.get_posts_reposted_by, id=popular, max_results=10)
    assert len(set(ids(users))) == 25
    pages = Paginator(signed_in.get_users_posts, id=me, max_results=5)
    found = [post["id"] for post in next(pages)["data"]]
    rest = Paginator(signed_in.get_users_posts, id=me, max_results=5, pagination_token=pages.next_token)
    kept = pickle.loads(pickle.dumps(pages))
    assert len(set(found + ids(pages))) >= 12
    assert ids(rest) == ids(kept)
    assert not set(ids(rest)) & set(found)


def test_the_query_of_an_operation_is_its_own() -> None:
    asked: List[Dict[str, Any]] = []
    tokens = itertools.cycle(["a", "b", None])

    class Client(Twitter):
        def _call(self, returns: Any, function: str, fields: Any, *more: Any) -> Any:
            if function == "describe":
                return super()._call(returns, function, fields, *more)
            asked.append(dict(fields))
            token = next(tokens)
            return Result({"data": [], "meta": {"next_token": token} if token else {}})

    client = Client()
    for search, name in ((client.search_posts_recent, "pagination_token"), (client.search_users, "next_token")):
        asked.clear()
        list(Paginator(search, query="cats"))
        list(Paginator(search, query="cats", **{name: "start"}))  # type: ignore[arg-type]
        expected = [{"query": "cats", "max_pages": 1, **({name: token} if token else {})} for token in ("", "a", "b")]
        assert asked[:3] == expected
        assert asked[3:] == [{"query": "cats", "max_pages": 1, name: token} for token in ("start", "a", "b")]
    with pytest.raises(TypeError, match="mapping"):
        Paginator(client.get_liked_tweets, query="cats")


def test_max_pages_and_limits_end_it(signed_in: Twitter, popular: str) -> None:
    pages = Paginator(signed_in.get_retweeted_by, popular, query=TEN, max_pages=2)
    assert len(list(pages)) == 2
    assert pages.next_token is not None
    rest = Paginator(signed_in.get_retweeted_by, popular, query={**TEN, "pagination_token": pages.next_token})
    assert len(ids(rest)) == 5
    for limit, expected in ((0, 0), (1, 1), (10, 10), (12, 12), (None, 25), (99, 25)):
        users = list(Paginator(signed_in.get_retweeted_by, popular, query=TEN).flatten(limit))
        assert len({user["id"] for user in users}) == len(users) == expected
    with pytest.raises(ValueError, match="at least 1"):
        Paginator(signed_in.get_retweeted_by, popular, max_pages=0)


def test_flatten_asks_for_no_page_that_is_not_wanted(x: LocalX, signed_in: Twitter, popular: str) -> None:
    x.clear()
    assert len(list(Paginator(signed_in.get_retweeted_by, popular, query=TEN).flatten(10))) == 10
    assert len(x.control("requests")) == 1


def test_after_an_error_the_same_page_is_asked_for_again(x: LocalX, signed_in: Twitter, popular: str) -> None:
    x.fault(f"/2/tweets/{popular}/retweeted_by", LIMITED, skip=1, times=2)
    pages = Paginator(signed_in.get_retweeted_by, popular, query=TEN)
    found: List[str] = []

    def read_on() -> None:
        for page in pages:
            found.extend(user["id"] for user in page["data"])

    with pytest.raises(RateLimited) as failure:
        read_on()
    assert failure.value.retry_after == 900
    assert len(found) == 10
    with pytest.raises(RateLimited):
        next(pages)
    read_on()
    assert len(set(found)) == len(found) == 25


def test_a_list_that_has_nothing_is_one_page(x: LocalX, signed_in: Twitter) -> None:
    pages = list(Paginator(signed_in.get_retweeted_by, x.others_tweet(f"Nobody's {x.url}")))
    assert [page.get("data") for page in pages] == [None]
    tweet_id = x.others_tweet(f"Older {x.url}")
    old = Twitter(x.oauth1())
    # An array of API 1.1 has no next page.
    found = Paginator(old.request, "GET", "/1.1/statuses/lookup.json", query={"id": tweet_id})
    assert [tweet["id_str"] for tweet in found.flatten()] == [tweet_id]


def test_cancel_parameters_and_pickle(signed_in: Twitter, popular: str) -> None:
    cancel = threading.Event()
    pages = Paginator(signed_in.get_retweeted_by, popular, query=TEN, cancel=cancel, parameters={"max_retries": 0})
    next(pages)
    cancel.set()
    with pytest.raises(Canceled):
        next(pages)
    cancel.clear()
    next(pages)
    kept = Paginator(signed_in.get_retweeted_by, popular, query=TEN)
    next(kept)
    assert len(ids(pickle.loads(pickle.dumps(kept)))) == 15


def test_the_query_that_was_given_stays_as_it_was(signed_in: Twitter, popular: str) -> None:
    query = dict(TEN)
    list(Paginator(signed_in.get_retweeted_by, popular, query=query))
    assert query == TEN


def test_the_name_of_a_token_is_the_endpoint_s_own() -> None:
    asked: List[Dict[str, Any]] = []
    tokens = itertools.cycle(["a", "b", None])

    def answer(*arguments: Any, query: Any = None, max_pages: int, **more: Any) -> Result:
        assert max_pages == 1
        asked.append(dict(query or {}))
        token = next(tokens)
        return Result({"data": [], "meta": {"next_token": token} if token else {}})

    for arguments, name in (
        (("GET", "/2/users/search"), "next_token"),
        (("GET", "/2/tweets/search/recent"), "pagination_token"),
        (("GET", "/2/notes/search/notes_written"), "pagination_token"),
        (("12",), "pagination_token"),
    ):
        asked.clear()
        list(Paginator(answer, *arguments, query={"query": "cats", name: "start"}))
        assert asked == [{"query": "cats", name: token} for token in ("start", "a", "b")]


def test_a_list_without_end_is_ended() -> None:
    def answer(query: Any = None, max_pages: int = 1) -> Result:
        return Result({"data": [1], "meta": {"next_token": "again"}})

    pages = Paginator(answer)
    next(pages)
    with pytest.raises(UnexpectedResponse, match="no end"):
        next(pages)
