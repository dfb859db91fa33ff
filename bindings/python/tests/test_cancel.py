"""`cancel=`: another thread ends a call."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, List, Tuple

import pytest
from local_x import MEDIA, LocalX

import twitter_native
from twitter_native import Canceled, Result, Stage, Twitter

STALL = {"StallBeforeAnswer": {"seconds": 20}}
LIMITED = {"Status": {"status": 429, "headers": {"retry-after": "30"}}}
#: A call is promised to end within a quarter of a second; a busy machine may take longer.
SOON = 1.0

Call = Callable[[Twitter, threading.Event], object]


def ends_soon(call: Callable[[threading.Event], object], after: Callable[[], bool]) -> Canceled:
    """Cancels the call once `after` is true, and returns its error."""
    cancel = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(call, cancel)
        until = time.monotonic() + 10
        while not after():
            assert time.monotonic() < until
            time.sleep(0.02)
        canceled = time.monotonic()
        cancel.set()
        with pytest.raises(Canceled) as failure:
            running.result(timeout=10)
        assert time.monotonic() - canceled < SOON
    return failure.value


@pytest.mark.parametrize(
    ("path", "kind", "call", "outcome"),
    [
        ("/2/tweets", STALL, lambda twitter, cancel: twitter.create_text_tweet("lost", cancel=cancel), "unknown"),
        ("/2/tweets", LIMITED, lambda twitter, cancel: twitter.create_text_tweet("never", cancel=cancel), "rejected"),
        (
            "/2/media/*", {"Slow": {"bytes_per_second": 2000}},
            lambda twitter, cancel: twitter.create_video_tweet("never", MEDIA / "video.mp4", cancel=cancel), "not_sent",
        ),
        ("/2/users/me", STALL, lambda twitter, cancel: twitter.get_me(cancel=cancel), None),
    ],
    ids=["waiting", "before a retry", "uploading", "reading"],
)  # fmt: skip
def test_a_call_ends_wherever_it_is(x: LocalX, path: str, kind: object, call: Call, outcome: str) -> None:
    x.fault(path, kind)
    twitter, before = Twitter(x.oauth1()), len(x.control("tweets"))
    error = ends_soon(lambda cancel: call(twitter, cancel), lambda: bool(x.control("requests")))
    assert (error.kind, error.outcome, error.retryable) == ("canceled", outcome, False)
    assert "canceled by its caller" in str(error)
    if outcome in ("not_sent", "rejected"):
        assert not posted_since(x, before)


def posted_since(x: LocalX, before: int) -> List[Any]:
    posted: List[Any] = x.control("tweets")
    return posted[before:]


def test_a_call_that_is_canceled_beforehand_sends_nothing(x: LocalX, twitter: Twitter) -> None:
    cancel = threading.Event()
    cancel.set()
    calls: List[Callable[[], object]] = [
        lambda: twitter.create_text_tweet("never", cancel=cancel),
        lambda: twitter.create_video_tweet("never", MEDIA / "video.mp4", cancel=cancel),
        lambda: twitter.retweet("1", cancel=cancel),
        lambda: Twitter(x.oauth2()).refresh_token(cancel=cancel),
        lambda: twitter_native.create_text_tweet("never", parameters=x.oauth1(), cancel=cancel),
    ]
    for call in calls:
        with pytest.raises(Canceled) as failure:
            call()
        assert failure.value.outcome == "not_sent"
        assert failure.value.http is None
    assert x.control("requests") == []


def test_an_event_that_is_not_set_does_nothing(twitter: Twitter, text: Callable[[], str]) -> None:
    heard: List[Tuple[Stage, int, int]] = []
    cancel = threading.Event()
    result = twitter.create_video_tweet(
        text(), MEDIA / "video.mp4", cancel=cancel, progress=lambda *report: heard.append(report)
    )
    assert result["data"]["id"]
    assert heard


def test_anything_with_is_set_will_do_and_what_it_raises_comes_out(twitter: Twitter, text: Callable[[], str]) -> None:
    class Closed(Exception):
        pass

    class Window:
        def is_set(self) -> bool:
            raise Closed

    with pytest.raises(Closed):
        twitter.create_text_tweet(text(), cancel=Window())


def test_progress_is_not_called_any_more(x: LocalX, twitter: Twitter) -> None:
    x.fault("/2/tweets", STALL)
    cancel = threading.Event()
    heard: List[bool] = []

    def progress(*_: object) -> None:
        heard.append(cancel.is_set())
        if len(heard) == 3:
            cancel.set()

    with pytest.raises(Canceled):
        twitter.create_text_tweet("never", progress=progress, cancel=cancel)
    assert heard == [False] * 3


def test_a_sign_in_that_waits_for_another_one_can_be_canceled(x: LocalX) -> None:
    twitter = Twitter(x.oauth2())
    x.fault("/2/oauth2/token", {"Delay": {"milliseconds": 2000}}, times=1)
    first = threading.Thread(target=twitter.refresh_token)
    first.start()
    heard: List[Stage] = []
    error = ends_soon(
        lambda cancel: twitter.refresh_token(cancel=cancel, progress=lambda stage, *_: heard.append(stage)),
        lambda: len(heard) > 2,
    )
    assert (error.outcome, set(heard)) == ("not_sent", {Stage.WAITING})
    first.join()
    twitter.refresh_token()


async def cancelable(function: Callable[..., Result], *arguments: Any, **more: Any) -> Result:
    """The README's recipe: a call in a thread that ends with its task."""
    cancel = threading.Event()
    call = asyncio.ensure_future(asyncio.to_thread(function, *arguments, cancel=cancel, **more))
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        cancel.set()
        await asyncio.wait([call])
        raise


def test_a_task_of_asyncio_takes_its_call_along(x: LocalX, twitter: Twitter) -> None:
    x.fault("/2/tweets", STALL, times=1)
    threads = threading.active_count()

    async def main() -> None:
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(cancelable(twitter.create_text_tweet, "never"), 0.5)
        assert (await cancelable(twitter.create_text_tweet, f"In time {time.time()}"))["data"]["id"]

    started = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - started < 0.5 + SOON + 1
    assert threading.active_count() == threads
