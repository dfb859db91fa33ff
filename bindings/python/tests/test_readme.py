"""The README's programs, one after the other, as a reader would type them."""

from __future__ import annotations

import asyncio
import builtins
import json
import re
import shutil
from pathlib import Path
from typing import Any, Dict

import pytest
from local_x import MEDIA, LocalX

import twitter_native

README = Path(__file__).resolve().parent.parent / "README.md"
TEXT = README.read_text(encoding="utf-8")


@pytest.fixture
def reader(x: LocalX, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dict[str, Any]:
    """What the programs have defined, run in a folder with the files that they name."""
    pytest.importorskip("tqdm")
    monkeypatch.chdir(tmp_path)
    Path("twitter.json").write_text(json.dumps({**x.oauth1(), **x.oauth2()}), encoding="utf-8")
    Path("application.json").write_text(json.dumps({**x.application(), **x.oauth1()}), encoding="utf-8")
    for name in ("one.png", "two.png"):
        shutil.copy(MEDIA / "picture.png", name)
    shutil.copy(MEDIA / "video.mp4", "video.mp4")
    x.control("accounts", {"screen_name": "XDevelopers"})
    me = x.credentials["user_id"]
    for number in range(3):
        x.act("likes", x.others_tweet(f"A tweet of the README {number}"), user_id=me)
    # What X would answer to the operations whose state the simulator may not have.
    answer = {"status": 200, "body": "{}", "content_type": "application/json"}
    for path in ("/2/tweets/search/recent", f"/2/users/{me}/timelines/*", "/2/dm_conversations/with/*"):
        x.fault(path, {"Status": answer})
    defined: Dict[str, Any] = {}
    for program in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(compile(program, "README.md", "exec"), defined)
    return defined


def test_its_programs_run(x: LocalX, reader: Dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [tweet["text"] for tweet in x.control("tweets")]
    for text in ("Hello", "A reply", "Tea?", "By any endpoint", "By API 1.1"):
        assert text in texts
    for text in ("Look at this", "Look", "Cats"):
        assert any(posted.startswith(text) for posted in texts), text

    link = reader["sign_in"]("browser 1")
    person, tokens = reader["come_back"](x.control("consent", {"url": link})["redirect"], "browser 1")
    assert person.get_me()["data"]["id"] == x.credentials["user_id"]
    other = x.somebody_else()
    posted = reader["post_as"](other.tokens, "As somebody else")
    assert x.tweet(posted["data"]["id"])["user_id"] == other.user_id
    assert tokens["refresh_token"]

    def answer(question: str) -> str:
        page = re.search(r"http\S+", question)
        assert page is not None
        return str(x.control("consent", {"url": page[0]})["redirect"])

    monkeypatch.setattr(builtins, "input", answer)
    assert reader["sign_in_by_pin"]()["oauth_token"]
    asyncio.run(reader["main"]())


def test_it_promises_no_index() -> None:
    """Not before the package is there."""
    assert "pip install twitter-native" not in TEXT


def test_its_table_of_parameters_knows_real_ones() -> None:
    table = TEXT[TEXT.index("| parameter | |") : TEXT.index("## Signing in")]
    names = [
        name for row in table.splitlines()[2:] for name in re.findall("`([a-z_]+)`", row.split("|")[1] if row else "")
    ]
    assert len(names) > 10
    assert set(names) <= set(twitter_native.ParameterFields.__annotations__)
