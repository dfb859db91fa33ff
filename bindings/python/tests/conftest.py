"""What the tests share: a local X, and a client that may do everything there."""

from __future__ import annotations

import itertools
import signal
from typing import Callable, Iterator

import pytest
from local_x import LocalX

from twitter_native import Twitter

# A shell starts what it runs in the background with Ctrl-C ignored, and programs inherit that: a handler here gives
# those that the tests start the usual one.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def _running_x() -> Iterator[LocalX]:
    running = LocalX("--processing-seconds", "1", "--any-content")
    yield running
    running.close()


@pytest.fixture
def x(_running_x: LocalX) -> LocalX:
    _running_x.clear()
    return _running_x


@pytest.fixture
def twitter(x: LocalX) -> Twitter:
    return Twitter(x.oauth1())


_numbers = itertools.count(1)


@pytest.fixture
def text() -> Callable[[], str]:
    """A text that was not posted yet: X refuses duplicates."""
    return lambda: f"Number {next(_numbers)} of {id(_numbers)}"
