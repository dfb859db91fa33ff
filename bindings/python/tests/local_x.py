"""The simulator of X as a process, and its control endpoints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any, Dict, List, Optional

ROOT = Path(__file__).resolve().parents[3]
MEDIA = ROOT / "tests" / "media"
SCOPES = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"]


def simulator() -> str:
    """The program: the one that TWITTER_SIMULATOR names, else that of this tree."""
    return os.environ.get("TWITTER_SIMULATOR") or str(ROOT / "target" / "debug" / "twitter-simulator")


class LocalX:
    def __init__(self, *options: str) -> None:
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
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=10) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def fault(self, path: str, kind: object, **more: object) -> None:
        self.control("faults", {"path": path, "kind": kind, **more})

    def clear(self) -> None:
        self.control("faults", method="DELETE")
        self.control("requests", method="DELETE")

    def tweet(self, tweet_id: str) -> Dict[str, Any]:
        tweets: List[Dict[str, Any]] = self.control("tweets")
        return next(tweet for tweet in tweets if tweet["id"] == tweet_id)

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
