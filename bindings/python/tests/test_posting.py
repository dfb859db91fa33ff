"""Tweets and media from everything that Python calls a file, and what comes back."""

from __future__ import annotations

import gzip
import hashlib
import io
import logging
import mmap
import pickle
import tempfile
from pathlib import Path
from typing import Any, Callable, List, Tuple

import pytest
from local_x import MEDIA, LocalX

import twitter_native
from twitter_native import FileNotFound, InvalidRequest, Result, ResultList, Stage, Twitter
from twitter_native._media import CallFiles

PICTURE = MEDIA / "picture.png"
CONTENT = PICTURE.read_bytes()
SHA256 = hashlib.sha256(CONTENT).hexdigest()

Text = Callable[[], str]


def test_posts_text_and_tells_what_was_sent(x: LocalX, twitter: Twitter, text: Text) -> None:
    said = text()
    result = twitter.create_text_tweet(said)
    assert isinstance(result, Result)
    assert isinstance(result, dict)
    assert x.tweet(result["data"]["id"])["text"] == said
    assert result.http is not None
    assert (result.http["status"], result.http["requests"]) == (201, 1)
    again = pickle.loads(pickle.dumps(result))
    assert (again, again.http) == (result, result.http)


def test_functions_of_the_module_take_parameters(x: LocalX, text: Text, tmp_path: Path) -> None:
    said = text() + " «ё» 𝒳"
    result = twitter_native.create_text_tweet(said, parameters=x.oauth1())
    assert x.tweet(result["data"]["id"])["text"] == said
    file = tmp_path / "twitter.json"
    file.write_text('{"access_token": "one"}', encoding="utf-8")
    for given in (file, str(file), '{"access_token": "one"}', {"access_token": "one"}):
        header = twitter_native.create_authorization_header_v2(parameters=given)
        assert header == {"Authorization": "Bearer one"}
        client = Twitter(given, client_id="two")
        assert client.parameters == {"access_token": "one", "client_id": "two"}
        assert client.create_authorization_header_v2(parameters={"access_token": "three"})["Authorization"] == (
            "Bearer three"
        )
    send = pickle.loads(pickle.dumps(twitter_native.create_authorization_header_v2))
    assert send(parameters={"access_token": "four"}) == {"Authorization": "Bearer four"}


def test_what_is_wrong_with_a_file_of_parameters_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFound) as failure:
        Twitter(tmp_path / "missing.json")
    assert failure.value.path == str(tmp_path / "missing.json")
    with pytest.raises(InvalidRequest):
        Twitter('{"client_id": ')
    with pytest.raises(InvalidRequest) as failure_of_call:
        Twitter(api_key="x").create_authorization_header_v2()  # type: ignore[call-arg]
    assert failure_of_call.value.suggestion == "oauth_consumer_key"


def open_later(file: Path) -> Any:
    return file.open("rb")


def mapped(file: Path) -> Any:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


def at_its_second_half(file: Path) -> Any:
    stream = io.BytesIO(b"something else" + file.read_bytes())
    stream.seek(len(b"something else"))
    return stream


def temporary(file: Path) -> Any:
    stream = tempfile.NamedTemporaryFile()  # noqa: SIM115
    stream.write(file.read_bytes())
    stream.seek(0)
    return stream


def compressed(file: Path) -> Any:
    packed = io.BytesIO(gzip.compress(file.read_bytes()))
    return gzip.open(packed)


MEDIA_OBJECTS: List[Callable[[Path], Any]] = [
    str, Path, Path.read_bytes, lambda file: bytearray(file.read_bytes()), lambda file: memoryview(file.read_bytes()),
    lambda file: memoryview(bytearray(file.read_bytes()) * 2)[: len(CONTENT)],
    lambda file: memoryview(bytes(byte for value in file.read_bytes() for byte in (value, 0)))[::2],
    mapped, lambda file: io.BytesIO(file.read_bytes()), open_later, at_its_second_half, temporary, compressed,
    lambda file: {"path": str(file)},
]  # fmt: skip


@pytest.mark.parametrize("make", MEDIA_OBJECTS)
def test_media_come_from_anything(x: LocalX, twitter: Twitter, make: Callable[[Path], Any]) -> None:
    uploaded = twitter.upload_media_file(make(PICTURE))
    assert x.sha256(uploaded["media_id"]) == SHA256


def test_several_media_at_once(x: LocalX, twitter: Twitter, text: Text) -> None:
    files: List[Any] = [PICTURE, CONTENT, io.BytesIO(CONTENT)]
    ids = twitter.upload_attachments_array(files)
    assert isinstance(ids, ResultList)
    assert isinstance(ids, list)
    assert ids.http is not None
    again = pickle.loads(pickle.dumps(ids))
    assert (again, again.http) == (ids, ids.http)
    assert len(ids) == 3
    assert {x.sha256(media_id) for media_id in ids} == {SHA256}
    files[-1] = io.BytesIO(CONTENT)
    posted = twitter.create_image_tweet(text(), (file for file in files), alt_texts=["one", "two"])  # type: ignore[arg-type]
    media_ids = x.tweet(posted["data"]["id"])["media_ids"]
    assert [x.control(f"media/{media_id}")["alt_text"] for media_id in media_ids] == ["one", "two", None]
    one = twitter.create_image_tweet(text(), CONTENT)
    assert len(x.tweet(one["data"]["id"])["media_ids"]) == 1


def test_bytes_are_lent_and_not_copied() -> None:
    content = bytearray(b"0123456789")
    with CallFiles() as files:
        assert files.refer_to_files([content, memoryview(content)[4:]]) == [{"bytes": 0}, {"bytes": 1}]
        assert files.bytes[1].data == files.bytes[0].data + 4
        with pytest.raises(BufferError):
            content.append(1)
    content.append(1)


def test_a_file_of_the_disk_is_streamed_only_where_it_is_what_reading_gives(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    packed = tmp_path / "file.gz"
    packed.write_bytes(gzip.compress(b"0123456789"))
    with CallFiles() as files:
        with file.open("rb") as opened:
            assert files.refer_to_file(opened) == str(file)
            opened.read(1)
            assert files.refer_to_file(opened) == {"bytes": 0, "name": "file"}
        with gzip.open(packed) as opened_gzip:
            assert files.refer_to_file(opened_gzip) == {"bytes": 1, "name": "file.gz"}
        assert files.bytes[1].length == 10


def test_what_is_no_file_is_refused(twitter: Twitter) -> None:
    for thing in (io.StringIO("text"), 7, object()):
        with pytest.raises(TypeError, match="binary mode"):
            twitter.upload_media_file(thing)  # type: ignore[arg-type]


def test_progress_goes_from_nothing_to_all(twitter: Twitter, text: Text) -> None:
    heard: List[Tuple[Stage, int, int]] = []
    twitter.create_video_tweet(text(), MEDIA / "video.mp4", progress=lambda *report: heard.append(report))
    sent = [done for stage, done, _ in heard if stage is Stage.UPLOADING]
    size = (MEDIA / "video.mp4").stat().st_size
    assert sent[0] == 0
    assert sent[-1] == size
    assert sent == sorted(sent)
    assert Stage.PROCESSING in [stage for stage, _, _ in heard]
    assert repr(Stage.UPLOADING) == "Stage.UPLOADING"
    assert (Stage.UPLOADING, repr(Stage(9))) == (2, "Stage(9)")


def test_an_exception_in_progress_cancels_and_comes_out(x: LocalX, twitter: Twitter, text: Text) -> None:
    class Mine(Exception):
        pass

    def refuse(stage: Stage, done: int, total: int) -> None:
        raise Mine(stage)

    before = len(x.control("tweets"))
    with pytest.raises(Mine) as failure:
        twitter.create_video_tweet(text(), MEDIA / "video.mp4", progress=refuse)
    assert "refuse" in [entry.name for entry in failure.traceback]
    assert len(x.control("tweets")) == before


def test_a_progress_callback_may_call_the_library(twitter: Twitter) -> None:
    client = Twitter(access_token="inner")
    heard = []

    def ask(stage: Stage, done: int, total: int) -> None:
        heard.append(client.create_authorization_header_v2()["Authorization"])

    twitter.upload_media_file(PICTURE, progress=ask)
    assert set(heard) == {"Bearer inner"}


def test_lines_go_to_the_logger_when_it_wants_them(twitter: Twitter, caplog: pytest.LogCaptureFixture) -> None:
    twitter.upload_media_file(PICTURE)
    assert not caplog.records
    with caplog.at_level(logging.DEBUG, "twitter_native"):
        twitter.upload_media_file(PICTURE)
    assert caplog.records
    assert twitter.parameters["oauth_token_secret"] not in caplog.text


def test_a_thread_takes_files_of_every_kind_in_each_of_its_tweets(x: LocalX, twitter: Twitter, text: Text) -> None:
    said = [text() for _ in range(3)]
    result = twitter.create_thread(
        [
            {"text": said[0], "files": [PICTURE, CONTENT], "alt_texts": ["one", "two"]},
            {"text": said[1], "files": io.BytesIO(CONTENT)},
            {"text": said[2]},
        ]
    )
    assert isinstance(result, ResultList)
    posted = [x.tweet(answer["id"]) for answer in result]
    assert [tweet["text"] for tweet in posted] == said
    assert [tweet["in_reply_to"] for tweet in posted] == [None, result[0]["id"], result[1]["id"]]
    assert [[x.sha256(media_id) for media_id in tweet["media_ids"]] for tweet in posted] == [
        [SHA256, SHA256], [SHA256], [],
    ]  # fmt: skip
    # One tweet stands for a list of one.
    more = twitter.create_thread({"text": text(), "files": PICTURE}, in_reply_to_tweet_id=result[-1]["id"])
    assert x.tweet(more[0]["id"])["in_reply_to"] == result[-1]["id"]


def test_a_thread_that_stops_says_where(x: LocalX, twitter: Twitter, text: Text) -> None:
    tweets = [{"text": text()} for _ in range(3)]
    x.fault("/2/tweets", {"EmptyBody": {"status": 403}}, skip=2)
    with pytest.raises(twitter_native.TwitterError) as failure:
        twitter.create_thread(tweets)
    error = failure.value
    assert (error.next, error.outcome, error.retryable) == (2, "rejected", False)
    assert error.posted is not None
    assert [answer["text"] for answer in error.posted] == [tweet["text"] for tweet in tweets[:2]]
    rest = twitter.create_thread(tweets[error.next :], in_reply_to_tweet_id=error.posted[-1]["id"])
    assert x.tweet(rest[0]["id"])["in_reply_to"] == error.posted[-1]["id"]
    with pytest.raises(InvalidRequest) as refused:
        twitter.create_thread([{"text": "a"}, {"files": bytes(range(32, 127))}])
    assert refused.value.field == "tweets[1].files[0]"
    assert "os.fsdecode(path)" in str(refused.value)
    assert (refused.value.posted, refused.value.next) == (None, None)
