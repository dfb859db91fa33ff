"""The account's tokens in a store of the caller's."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Callable, Iterator, List, Optional

import pytest
from local_x import LocalX

from twitter_native import FileError, Twitter


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
