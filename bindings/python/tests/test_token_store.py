"""The account's tokens in a store of the caller's."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from typing import Callable, Iterator, List, Optional

import pytest
from local_x import LocalX

from twitter_native import FileError, MissingCredentials, Twitter


class Row:
    """A row of a database: a text and a lock."""

    def __init__(self) -> None:
        self.text: Optional[str] = None
        self._lock = threading.Lock()
        self.broken = False

    def load(self) -> Optional[str]:
        if self.broken:
            raise RuntimeError("the database is gone")
        return self.text

    def save(self, text: str) -> None:
        self.text = text

    @contextmanager
    def lock(self) -> Iterator[Row]:
        with self._lock:
            yield self


def test_a_store_keeps_and_renews_the_tokens(x: LocalX, text: Callable[[], str]) -> None:
    row = Row()
    first = Twitter({**x.application(), **x.oauth2()}, token_store=row)
    first.create_text_tweet(text())
    assert row.text is not None
    assert '"refresh_token"' in row.text
    twitter = Twitter(x.application(), token_store=row)
    before = row.text
    x.control("access_tokens", method="DELETE")
    failures: List[BaseException] = []

    def post() -> None:
        try:
            twitter.get_me()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert row.text != before


def test_what_the_store_raises_is_behind_the_error(x: LocalX) -> None:
    row = Row()
    row.broken = True
    with pytest.raises(FileError) as failure:
        Twitter(x.application(), token_store=row).get_me()
    assert isinstance(failure.value.__cause__, RuntimeError)


def test_a_lock_that_takes_a_timeout_is_told_how_long(x: LocalX, text: Callable[[], str]) -> None:
    class Timed(Row):
        def __init__(self) -> None:
            super().__init__()
            self.timeouts: List[float] = []

        @contextmanager
        def lock(self, timeout: float = -1) -> Iterator[Row]:
            self.timeouts.append(timeout)
            if not self._lock.acquire(timeout=timeout):
                raise TimeoutError("locked")
            try:
                yield self
            finally:
                self._lock.release()

    row = Timed()
    Twitter({**x.application(), **x.oauth2()}, token_store=row).create_text_tweet(text())
    assert row.timeouts
    assert all(59 < timeout <= 60 for timeout in row.timeouts)
    # Shortly before its end a token is used while another one has the lock.
    assert row.text is not None
    content = json.loads(row.text)
    row.text = json.dumps({**content, "expires_at": int(time.time()) + 20, "expires_in": 7200})
    with row._lock:
        Twitter(x.application(), token_store=row).create_text_tweet(text())
    assert row.timeouts[-1] == 0
    x.control("access_tokens", method="DELETE")
    with row._lock, pytest.raises(FileError) as failure:
        Twitter(x.application(), token_store=row, timeout_seconds=1).get_me()
    assert isinstance(failure.value.__cause__, TimeoutError)


def test_what_the_store_raised_is_not_behind_an_error_of_xs(x: LocalX) -> None:
    row = Row()
    with pytest.raises(MissingCredentials) as failure:
        Twitter(x.application(), token_store=row).get_me()
    assert failure.value.__cause__ is None
