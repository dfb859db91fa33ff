"""What the package may cost: importing, calling, memory."""

from __future__ import annotations

import gc
import os
import sys
import sysconfig
import timeit
from pathlib import Path
from typing import Any

import pytest
from local_x import MEDIA, LocalX, run

import twitter_native
from twitter_native import InvalidRequest, Twitter, _library

CALLS = 1_000_000 if os.environ.get("TWITTER_NATIVE_LONG_TESTS") else 50_000


def hold(taken: float, limit: float) -> None:
    """The limit is that of a machine with time for us: where more runs than it has processors, a miss says nothing."""
    if taken >= limit and hasattr(os, "getloadavg") and os.getloadavg()[0] > (os.cpu_count() or 1) + 1:
        pytest.skip(f"{taken:.1f} instead of {limit}, but the machine is busy: load {os.getloadavg()[0]:.1f}")
    assert taken < limit


def processor_milliseconds(program: str) -> float:
    """Of one run. Processor time, so that a busy machine counts less than with a clock."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run(program).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of POSIX")
def test_importing_takes_less_than_30_milliseconds() -> None:
    bare, importing = [], []
    # The least of many: what other programs take is only ever added.
    for _ in range(20):
        bare.append(processor_milliseconds("pass"))
        importing.append(processor_milliseconds("import twitter_native"))
    taken = min(importing) - min(bare)
    print(f"import: {taken:.1f} ms")
    hold(taken, 30)


def test_a_call_costs_less_than_20_microseconds_more_than_in_c() -> None:
    """Against the bare C function with the same request, which is all that a C program would do."""
    client = Twitter(access_token="token")
    request = b'{"parameters":{"access_token":"token"}}'

    def bare() -> None:
        _library._free(_library._call(b"create_authorization_header_v2", request, None))

    def best(function: Any) -> float:
        return min(timeit.repeat(function, number=500, repeat=20)) / 500 * 1e6

    taken, in_c = best(client.create_authorization_header_v2), best(bare)
    print(f"a call: {taken:.1f} µs, the C function {in_c:.1f} µs, difference {taken - in_c:.1f} µs")
    hold(taken - in_c, 20)


def resident_kilobytes() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


@pytest.mark.costly
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's /proc")
def test_calls_leak_nothing() -> None:
    """Successes, failures, lent bytes and callbacks, each a share of the calls."""
    client = Twitter(access_token="token")
    content = bytearray(1000)

    def some(count: int) -> None:
        for number in range(count):
            client.create_authorization_header_v2()
            if number % 10 == 0:
                with pytest.raises(InvalidRequest):
                    client.create_text_tweet("x", media_ids="no id", files=[content, bytes(content)], progress=print)

    some(5_000)
    gc.collect()
    before = resident_kilobytes()
    some(CALLS)
    gc.collect()
    grown = resident_kilobytes() - before
    print(f"{CALLS} calls: {grown} kB more")
    # Without the GIL, Python's own heap takes some 2 MB before it stays as it is.
    assert grown < (5_000 if sysconfig.get_config_var("Py_GIL_DISABLED") else 2_000)
    assert sys.getrefcount(content) < 10


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's /proc")
def test_uploads_leak_nothing(x: LocalX, twitter: Twitter) -> None:
    content = (MEDIA / "picture.png").read_bytes()

    def some(count: int) -> None:
        for _ in range(count):
            twitter_native.upload_media_file(content, parameters=twitter.parameters, progress=lambda *_: None)

    some(20)
    gc.collect()
    before = resident_kilobytes()
    some(60)
    gc.collect()
    assert resident_kilobytes() - before < 2_000
