"""The examples do what they say."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Dict

import pytest
from local_x import MEDIA, ROOT, LocalX

EXAMPLES = ROOT / "examples" / "python"


@pytest.fixture
def keys(x: LocalX, tmp_path: Path) -> str:
    file = tmp_path / "twitter.json"
    file.write_text(json.dumps(x.oauth1()), encoding="utf-8")
    return str(file)


def example(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(EXAMPLES / name), *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)


def test_post(x: LocalX, keys: str) -> None:
    text = f"An example {time.time()}"
    done = example("post.py", text, keys)
    assert x.tweet(done.stdout.strip())["text"] == text
    assert example("post.py", text, keys).stderr == "You said that before.\n"


def test_image(x: LocalX, keys: str) -> None:
    picture = str(MEDIA / "picture.png")
    done = example("image.py", keys, f"Pictures {time.time()}", picture, "One", picture, "Another")
    media = x.tweet(done.stdout.strip())["media_ids"]
    assert [x.control(f"media/{media_id}")["alt_text"] for media_id in media] == ["One", "Another"]


def test_video_with_progress(x: LocalX, keys: str) -> None:
    pytest.importorskip("tqdm")
    done = example("video_with_progress.py", keys, f"A video {time.time()}", str(MEDIA / "video.mp4"))
    assert done.returncode == 0, done.stderr
    assert x.tweet(done.stdout.strip())["media_ids"]
    assert "Uploading: 100%" in done.stderr
    assert "X is processing" in done.stderr


def test_async_upload(x: LocalX, keys: str) -> None:
    done = example("async_upload.py", keys, f"From asyncio {time.time()}", str(MEDIA / "video.mp4"))
    assert done.returncode == 0, done.stderr
    assert x.tweet(done.stdout.strip())["media_ids"]


#: How each of them is called, but for what is wrong here.
ARGUMENTS = {
    "post.py": ["text", "KEYS"],
    "image.py": ["KEYS", "text", "FILE", "description"],
    "video_with_progress.py": ["KEYS", "text", "FILE"],
    "async_upload.py": ["KEYS", "text", "FILE"],
    "export_likes.py": ["KEYS", "FILE"],
    "oauth_login.py": ["KEYS"],
    "tokens_in_database.py": ["KEYS", "text", "FILE", "7"],
}
#: Tried by the step `token-stores` of cargo xtask test, which has a Redis.
ELSEWHERE = "tokens_in_redis.py"


@pytest.mark.parametrize("name", ARGUMENTS)
def test_each_says_what_went_wrong_without_a_traceback(x: LocalX, keys: str, tmp_path: Path, name: str) -> None:
    nothing = tmp_path / "no" / "such file.json"
    broken = tmp_path / "broken.json"
    broken.write_text('{"access_token": ', encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({**x.oauth1(), "oauth_token_secret": "wrong"}), encoding="utf-8")
    picture = str(MEDIA / ("picture.png" if name == "image.py" else "video.mp4"))
    for keys_given, file in ((nothing, picture), (broken, picture), (wrong, picture), (keys, nothing)):
        if name in ("post.py", "oauth_login.py") and file == nothing:
            continue
        if name == "export_likes.py":
            file = str(tmp_path / "likes.jsonl") if file == picture else file
        given = {"KEYS": str(keys_given), "FILE": str(file)}
        done = example(name, *[given.get(argument, argument) for argument in ARGUMENTS[name]])
        assert done.returncode == 1, (done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        assert done.stderr.strip()
    assert example(name).stdout.strip().startswith(inspect.cleandoc(docstring(name)).splitlines()[0])


def docstring(name: str) -> str:
    return ast.get_docstring(ast.parse((EXAMPLES / name).read_text(encoding="utf-8"))) or ""


def test_every_example_is_tried() -> None:
    programs = {file.name for file in EXAMPLES.glob("*.py")}
    assert programs == {*ARGUMENTS, "flask_redirect.py", ELSEWHERE}


def test_tokens_in_database(x: LocalX, tmp_path: Path) -> None:
    pair, application = tmp_path / "twitter.json", tmp_path / "application.json"
    pair.write_text(json.dumps(x.oauth2()), encoding="utf-8")
    application.write_text(json.dumps(x.application()), encoding="utf-8")
    name, database = "tokens_in_database.py", str(tmp_path / "tokens.sqlite")
    # Without the row it is said what to do.
    assert "no such table" in example(name, str(pair), "Nowhere", database, "7").stderr
    first = example(name, "--create", str(pair), f"Kept {time.time()}", database, "7")
    assert first.returncode == 0, first.stderr
    assert "insert its row first" in example(name, str(application), "No row", database, "8").stderr
    # The tokens are those of the row from then on, and are renewed there.
    x.control("access_tokens", method="DELETE")
    second = example(name, str(application), f"Renewed {time.time()}", database, "7")
    assert second.returncode == 0, second.stderr


def test_export_likes(x: LocalX, keys: str, tmp_path: Path) -> None:
    user_id = x.credentials["user_id"]

    def like(number: int) -> None:
        x.act("likes", x.control("tweets", {"text": f"«Liked» {number}"})["id"], user_id=user_id)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(like, range(104)))
    file, path = tmp_path / "likes.jsonl", f"/2/users/{user_id}/liked_tweets"
    x.fault(path, {"Status": {"status": 429, "headers": {"retry-after": "900"}}}, skip=1, times=1)
    stopped = example("export_likes.py", keys, str(file))
    assert stopped.returncode == 1, stopped.stderr
    assert len(file.read_text(encoding="utf-8").splitlines()) == 100
    token = stopped.stderr.split()[-1]
    assert example("export_likes.py", keys, str(file), token).returncode == 0
    tweets = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [tweet["text"] for tweet in tweets if tweet["text"].startswith("«Liked»")]
    assert sorted(texts) == sorted(f"«Liked» {number}" for number in range(104))
    assert all(tweet["created_at"] for tweet in tweets)


def test_oauth_login(x: LocalX, tmp_path: Path) -> None:
    file = tmp_path / "twitter.json"
    address = f"http://127.0.0.1:{free_port()}/callback"
    x.control("redirect_uris", {"url": address})
    file.write_text(json.dumps({**x.application(), "redirect_uri": address}), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(EXAMPLES / "oauth_login.py"), str(file)],
        env={**os.environ, "BROWSER": "true"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            link = re.search(r"http\S+", line)
            if link:
                break
        assert link is not None
        visit(x.control("consent", {"url": link[0]})["redirect"])
        said, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert "Signed in" in said
    kept: Dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert kept["access_token"]
    assert kept["refresh_token"]
    assert example("post.py", f"Signed in {time.time()}", str(file)).returncode == 0


def free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def visit(address: str) -> None:
    """As a browser would, a moment later: the example may not listen yet."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(50):
        try:
            direct.open(address, timeout=10).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("nobody listens")


def test_flask_redirect(x: LocalX, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("flask")
    file = tmp_path / "twitter.json"
    file.write_text(json.dumps(x.application()), encoding="utf-8")
    monkeypatch.setenv("TWITTER_PARAMETERS", str(file))
    monkeypatch.syspath_prepend(str(EXAMPLES))
    flask_redirect = importlib.import_module("flask_redirect")
    saved = []
    monkeypatch.setattr(flask_redirect, "save", lambda *tokens: saved.append(tokens))
    browser, stranger = flask_redirect.app.test_client(), flask_redirect.app.test_client()
    link = browser.get("/sign-in").headers["Location"]
    query = x.control("consent", {"url": link})["redirect"].partition("?")[2]
    assert stranger.get(f"/callback?{query}").status_code == 403
    x.fault("/2/oauth2/token", {"Status": {"status": 503}}, times=1)
    assert browser.get(f"/callback?{query}").status_code == 502
    assert browser.get(f"/callback?{query}").status_code == 200
    ((_, access, refresh),) = saved
    assert access != refresh
