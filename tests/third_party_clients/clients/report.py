"""How a client's program talks with run.py: it writes lines of JSON; run.py's answers come on standard input."""

import contextlib
import json
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace

# Whatever the libraries print must not get between the lines.
_out, sys.stdout = sys.stdout, sys.stderr

SCOPES = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"]
# Characters that only a right percent-encoding brings over.
HARD = "Привет, «мир»! 100% + ☃ 🐦 = a/b?c&d~e*'()"

_settings = json.loads(sys.stdin.readline())
keys = SimpleNamespace(**_settings["credentials"])
callback = _settings["callback"]
consumer = (keys.oauth_consumer_key, keys.oauth_consumer_secret)


def media(name):
    return str(Path(_settings["media"]) / name)


def _say(**values):
    _out.write(json.dumps(values) + "\n")
    _out.flush()


# What was posted in the check under way.
_posted = []


@contextlib.contextmanager
def check(name):
    _posted.clear()
    try:
        yield
    except Exception as problem:
        last = traceback.extract_tb(problem.__traceback__)
        place = " < ".join("%s:%s" % (Path(frame.filename).name, frame.lineno) for frame in reversed(last[-4:]))
        _say(check=name, problem="%s: %s (%s)" % (type(problem).__name__, problem, place))
    else:
        _say(check=name)
        for values in _posted:
            _say(**values)


def posted(name, tweet_id, text, *files):
    """Lets run.py look whether this arrived; each file is a dict of id, file and what else to compare."""
    _posted.append({"check": name, "posted": {"id": str(tweet_id), "text": text, "media": list(files)}})


def consent(address):
    """The person agrees; gives the address that the browser is sent to, or the PIN."""
    _say(consent=address)
    return json.loads(sys.stdin.readline())


def expect(actual, expected):
    if actual != expected:
        raise AssertionError("%r, not %r" % (actual, expected))


@contextlib.contextmanager
def refused(kind, words=""):
    """The block must end by this exception, whose text holds these words."""
    try:
        yield
    except kind as problem:
        if words not in str(problem):
            raise AssertionError("refused by other words: %s" % problem) from problem
    else:
        raise AssertionError("it was not refused")


def finished():
    _say(finished=True)
