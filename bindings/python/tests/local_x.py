"""The simulator of X as a process, and its control endpoints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "tests" / "media"
#: Where cargo builds.
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
SCOPES = [
    "tweet.read", "tweet.write", "users.read", "media.write", "like.read", "like.write", "timeline.read",
    "offline.access",
]  # fmt: skip

#: Made once: it reads the system's certificates.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def simulator() -> str:
    """The program: the one that TWITTER_SIMULATOR names, else that of this tree."""
    return os.environ.get("TWITTER_SIMULATOR") or str(TARGET / "debug" / "twitter-simulator")


class Person(NamedTuple):
    """Another account of the same application, with its keys of OAuth 1.0a and its tokens of OAuth 2.0."""

    user_id: str
    keys: Dict[str, str]
    tokens: Dict[str, str]


class LocalX:
    def __init__(self, *options: str) -> None:
        self._accounts = 0
        self._process = subprocess.Popen(
            [simulator(), "--print-credentials", "--until-stdin-closes", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        self.credentials: Dict[str, str] = json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=10)

    def control(self, name: str, body: Optional[object] = None, method: Optional[str] = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_simulator/{name}", data, method=method)
        request.add_header("content-type", "application/json")
        with _DIRECT.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def fault(self, path: str, kind: object, **more: object) -> None:
        self.control("faults", {"path": path, "kind": kind, **more})

    def clear(self) -> None:
        self.control("faults", method="DELETE")
        self.control("requests", method="DELETE")

    def wait_for_request(self, path: str) -> None:
        """Returns when a request to the path has arrived."""
        until = time.monotonic() + 20
        while all(request["path"] != path for request in self.control("requests")):
            assert time.monotonic() < until, f"no request to {path} has arrived within 20 s"
            time.sleep(0.01)

    def tweet(self, tweet_id: str) -> Dict[str, Any]:
        tweets: List[Dict[str, Any]] = self.control("tweets")
        return next(tweet for tweet in tweets if tweet["id"] == tweet_id)

    def others_tweet(self, text: str) -> str:
        """The id of a new tweet of somebody else's."""
        author = self.control("accounts", {"screen_name": f"user{self._accounts}"})
        self._accounts += 1
        return str(self.control("tweets", {"text": text, "user_id": author["user_id"]})["id"])

    def act(self, what: str, tweet_id: str, **who: object) -> Any:
        """`retweets` or `likes` of a tweet: by `people`, so many of them, or by `user_id`."""
        return self.control(what, {"tweet_id": tweet_id, **who})

    def last_request(self) -> Dict[str, Any]:
        requests: List[Dict[str, Any]] = self.control("requests")
        return requests[-1]

    def sha256(self, media_id: str) -> str:
        return str(self.control(f"media/{media_id}")["sha256"])

    def application(self) -> Dict[str, Any]:
        names = ("client_id", "client_secret", "redirect_uri")
        return {"api_url": self.url, **{name: self.credentials[name] for name in names}}

    def oauth1(self) -> Dict[str, Any]:
        names = ("oauth_consumer_key", "oauth_consumer_secret", "oauth_token", "oauth_token_secret")
        return {"api_url": self.url, **{name: self.credentials[name] for name in names}}

    def oauth2(self) -> Dict[str, Any]:
        tokens: Dict[str, str] = self.control("tokens", {"scopes": SCOPES})
        return {**self.application(), **tokens}

    def somebody_else(self) -> "Person":
        account = self.control("accounts", {"screen_name": f"user{self._accounts}"})
        self._accounts += 1
        tokens: Dict[str, str] = self.control("tokens", {"scopes": SCOPES, "user_id": account["user_id"]})
        names = ("oauth_token", "oauth_token_secret")
        return Person(account["user_id"], {name: account[name] for name in names}, tokens)


def run(program: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A Python program in a process of its own, which may die without harm to the tests."""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=120,
    )
