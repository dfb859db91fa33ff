"""Threads, forks, and asyncio."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import List

import pytest
from local_x import MEDIA, LocalX

import twitter_native
from twitter_native import Canceled, Result, Twitter

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")


def post(twitter: Twitter, text: str) -> str:
    return str(twitter.create_text_tweet(text)["data"]["id"])


@forks
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_children_of_a_process_that_used_the_library(x: LocalX, twitter: Twitter) -> None:
    post(twitter, f"The parent {time.time()}")
    with multiprocessing.get_context("fork").Pool(4) as pool:
        texts = [f"Child {number} {time.time()}" for number in range(12)]
        ids = pool.starmap(post, [(twitter, text) for text in texts])
    assert [x.tweet(tweet_id)["text"] for tweet_id in ids] == texts
    post(twitter, f"The parent again {time.time()}")


@forks
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_prefork_while_other_threads_are_in_calls(x: LocalX) -> None:
    """As gunicorn does it, and worse: a thread holds the client's lock, in a sign-in call, when another forks."""
    twitter = Twitter(x.oauth2())
    x.fault("/2/oauth2/token", {"Delay": {"milliseconds": 700}}, times=1)
    refresh = threading.Thread(target=twitter.refresh_token)
    refresh.start()
    x.wait_for_request("/2/oauth2/token")
    child = os.fork()
    if child == 0:
        try:
            twitter.get_authorization_link(session="child")
            post(twitter, f"From the child {os.getpid()}")
            with pytest.raises(twitter_native.AuthorizationError):
                twitter.handle_incoming_request_after_authorization("https://client.example/?state=a&code=b")
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
    _, status = os.waitpid(child, 0)
    refresh.join()
    assert status == 0
    post(twitter, f"The parent after {child}")


def test_uploads_in_threads_overlap(x: LocalX, twitter: Twitter) -> None:
    """The GIL is free during calls: each thread sees the other's upload begin before its own has ended."""
    x.fault("/2/media/*", {"Delay": {"milliseconds": 400}}, times=20)
    times: List[List[float]] = [[], []]

    def upload(number: int) -> None:
        times[number].append(time.monotonic())
        twitter.upload_media_file(MEDIA / "picture.png")
        times[number].append(time.monotonic())

    started = time.monotonic()
    ticks = 0
    with ThreadPoolExecutor(2) as pool:
        uploads = [pool.submit(upload, number) for number in range(2)]
        while not all(upload.done() for upload in uploads):
            ticks += 1
            time.sleep(0.005)
    for upload_done in uploads:
        upload_done.result()
    taken = time.monotonic() - started
    (first, first_end), (second, second_end) = times
    assert max(first, second) < min(first_end, second_end)
    assert taken < (first_end - first) + (second_end - second) - 0.2
    assert ticks > 20, "other threads stood still"


def test_asyncio(x: LocalX, twitter: Twitter) -> None:
    async def post_all() -> List[Result]:
        posts = (asyncio.to_thread(twitter.create_text_tweet, f"Task {n} {time.time()}") for n in range(5))
        return await asyncio.gather(*posts)

    results = asyncio.run(post_all())
    assert len({result["data"]["id"] for result in results}) == 5


def test_progress_is_told_in_the_thread_that_calls(twitter: Twitter) -> None:
    heard = set()
    thread = threading.Thread(
        target=lambda: twitter.upload_media_file(
            MEDIA / "picture.png", progress=lambda *_: heard.add(threading.get_ident())
        )
    )
    thread.start()
    ident = thread.ident
    thread.join()
    assert heard == {ident}


def test_shutdown_cancels_what_runs(x: LocalX, twitter: Twitter) -> None:
    x.fault("/2/tweets", {"StallBeforeAnswer": {"seconds": 20}}, times=1)
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(post, twitter, f"Shut down {time.time()}")
        x.wait_for_request("/2/tweets")
        twitter_native.shutdown()
        with pytest.raises(Canceled):
            call.result(timeout=5)
    post(twitter, f"Afresh {time.time()}")
