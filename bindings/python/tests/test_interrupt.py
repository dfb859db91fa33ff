"""Ctrl-C ends any call within a quarter of a second, and so does whatever a signal handler raises."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from local_x import MEDIA, LocalX, run

if sys.platform == "win32":
    pytest.skip("signals of POSIX", allow_module_level=True)

#: Makes a call that would take long, and sends itself a signal after the request has arrived at X. Prints the
#: exception, how long the call went on after the signal, and how many progress reports there were.
PROGRAM = """
import json, os, signal, sys, threading, time, urllib.request
import twitter_native
parameters, call, number = json.loads(sys.argv[1]), sys.argv[2], int(sys.argv[3])
twitter = twitter_native.Twitter(parameters)
sent = []
requests = parameters["api_url"] + "/_simulator/requests"
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
def interrupt():
    while not json.load(direct.open(requests)):
        time.sleep(0.01)
    # Longer than the library waits between two reports of progress.
    time.sleep(0.3)
    sent.append(time.monotonic())
    os.kill(os.getpid(), number)
class Alarm(Exception): pass
def on_alarm(*_):
    raise Alarm
signal.signal(signal.SIGALRM, on_alarm)
heard = []
threading.Thread(target=interrupt).start()
try:
    eval(call)
    print("the call ended by itself")
except (KeyboardInterrupt, Alarm) as error:
    print(json.dumps([type(error).__name__, time.monotonic() - sent[0], len(heard)]))
print(twitter_native.create_authorization_header_v2(parameters={"access_token": "after"})["Authorization"])
"""
STALL = {"StallBeforeAnswer": {"seconds": 30}}
TEXT = 'twitter.create_text_tweet("interrupted " + str(os.getpid())'


@pytest.mark.parametrize(
    ("path", "kind", "call"),
    [
        ("/2/tweets", STALL, TEXT + ")"),
        ("/2/tweets", STALL, TEXT + ", progress=lambda *report: heard.append(report))"),
        ("/2/tweets", STALL, TEXT + ", cancel=threading.Event())"),
        ("/2/tweets", {"Status": {"status": 429, "headers": {"retry-after": "30"}}}, TEXT + ")"),
        ("/2/media/*", {"Slow": {"bytes_per_second": 2000}}, f'twitter.upload_media_file("{MEDIA / "video.mp4"}")'),
    ],
    ids=["waiting", "with progress", "with cancel", "before a retry", "uploading"],
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGALRM])
def test_a_signal_ends_a_call(x: LocalX, path: str, kind: object, call: str, number: int) -> None:
    x.fault(path, kind)
    done = run(PROGRAM, json.dumps(x.oauth1()), call, str(int(number)))
    assert done.stderr == ""
    first, second = done.stdout.splitlines()
    name, seconds, heard = json.loads(first)
    assert name == ("KeyboardInterrupt" if number == signal.SIGINT else "Alarm")
    assert seconds < 0.25
    assert (heard > 0) == ("progress" in call)
    assert second == "Bearer after"


def test_a_signal_handler_that_raises_nothing_does_not_end_a_call(x: LocalX, twitter: Any) -> None:
    seen = []
    before = signal.signal(signal.SIGALRM, lambda *_: seen.append(time.monotonic()))
    x.fault("/2/tweets", {"Delay": {"milliseconds": 600}}, times=1)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        twitter.create_text_tweet(f"In spite of a signal {time.time()}")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen


def test_ctrl_c_at_the_terminal(x: LocalX) -> None:
    x.fault("/2/tweets", STALL)
    program = "import json, sys, twitter_native; print(1, flush=True)\n"
    program += 'twitter_native.create_text_tweet("never", parameters=json.loads(sys.argv[1]))'
    process = subprocess.Popen(
        [sys.executable, "-c", program, json.dumps(x.oauth1())], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    x.wait_for_request("/2/tweets")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=10)
    assert process.returncode == -signal.SIGINT
    assert said.decode().strip().endswith("KeyboardInterrupt")
