"""Files: whatever they are called and however they are given, and what is said where they can't be read."""

from __future__ import annotations

import copy
import errno
import io
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Callable, Iterator, List

import pytest
from local_x import MEDIA, LocalX, run
from test_posting import CONTENT, PICTURE, SHA256

import twitter_native
from twitter_native import FileError, FileNotAllowed, FileNotFound, InvalidRequest, Twitter, TwitterError
from twitter_native import _media as media

posix = pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="a file system that takes any bytes as names")

#: "Привет" in Windows' Cyrillic code page, as old archives have it.
NAME = b"\xcf\xf0\xe8\xe2\xe5\xf2"


@pytest.fixture
def folder(tmp_path: Path) -> bytes:
    return os.fsencode(tmp_path)


def written(folder: bytes, name: bytes, content: bytes) -> bytes:
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


class BytesPath:
    """A path of bytes, as `os.scandir(b".")` gives it."""

    def __init__(self, path: bytes) -> None:
        self.path = path

    def __fspath__(self) -> bytes:
        return self.path


GIVEN: List[Callable[[bytes], Any]] = [
    os.fsdecode, lambda path: Path(os.fsdecode(path)), BytesPath, lambda path: {"path": os.fsdecode(path)},
    lambda path: {"path": Path(os.fsdecode(path))}, lambda path: open(path, "rb"),  # noqa: SIM115
    lambda path: next(entry for entry in os.scandir(os.path.dirname(path)) if entry.path == path),
]  # fmt: skip


@linux
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("give", GIVEN)
def test_names_that_are_not_utf8(
    x: LocalX,
    twitter: Twitter,
    folder: bytes,
    give: Callable[[bytes], Any],
    large: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if large:
        monkeypatch.setattr(media, "_SMALL", 100)
    path = written(folder, NAME + b".png", CONTENT)
    file = give(path)
    uploaded = twitter.upload_media_file(file)
    assert x.sha256(uploaded["media_id"]) == SHA256
    getattr(file, "close", lambda: None)()


@linux
def test_a_large_file_of_such_a_name_is_not_read_into_memory(x: LocalX, folder: bytes, monkeypatch: Any) -> None:
    path = os.fsdecode(written(folder, NAME + b".png", CONTENT))
    monkeypatch.setattr(media, "_SMALL", 100)
    before = set(os.listdir("/proc/self/fd"))
    with media.CallFiles() as files:
        named = files.refer_to_file(path)
        assert isinstance(named, str)
        assert named.isascii()
        assert Path(named).read_bytes() == CONTENT
        assert files.bytes == []
    assert set(os.listdir("/proc/self/fd")) == before


@linux
def test_a_small_one_keeps_its_ending_for_the_type(x: LocalX, twitter: Twitter, folder: bytes) -> None:
    path = written(folder, NAME + b".srt", b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    with media.CallFiles() as files:
        named = files.refer_to_file(os.fsdecode(path))
    assert isinstance(named, dict)
    assert named["name"].endswith(".srt")


@linux
def test_errors_of_such_files_name_them(twitter: Twitter, folder: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = os.fsdecode(os.path.join(folder, NAME + b".png"))
    with pytest.raises(FileNotFound) as failure:
        twitter.upload_media_file(missing)
    error = failure.value
    assert (error.path, error.filename, error.errno) == (missing, missing, errno.ENOENT)
    assert error.outcome == "not_sent"
    assert "\\udccf" in str(error)
    str(error).encode("utf-8")
    # Through the library, which knows the file by another name.
    monkeypatch.setattr(media, "_SMALL", 1)
    text = os.fsdecode(written(folder, NAME + b".txt", b"no picture at all"))
    with pytest.raises(InvalidRequest) as refusal:
        twitter.upload_media_file(text)
    assert "/fd/" not in str(refusal.value)
    for special in (b"folder", b"pipe"):
        path = os.path.join(folder, NAME + special)
        os.mkdir(path) if special == b"folder" else os.mkfifo(path)
        with pytest.raises(FileError) as irregular:
            twitter.upload_media_file(os.fsdecode(path))
        assert irregular.value.path == os.fsdecode(path)
        assert "\\udccf" in str(irregular.value)


@linux
def test_parameters_in_a_file_of_such_a_name(folder: bytes) -> None:
    path = written(folder, NAME + b".json", b'\xef\xbb\xbf{"access_token": "one"}')
    for given in (os.fsdecode(path), Path(os.fsdecode(path)), BytesPath(path)):
        assert Twitter(given).parameters == {"access_token": "one"}
    with pytest.raises(FileNotFound) as failure:
        Twitter(os.fsdecode(path + b".missing"))
    assert failure.value.path == os.fsdecode(path + b".missing")


@linux
def test_a_parameter_that_is_such_a_name_is_refused_by_its_field(folder: bytes) -> None:
    path = os.fsdecode(os.path.join(folder, NAME))
    for name in ("ca_file", "operations_file", "token_file"):
        given: Any = {name: path}
        for refused in (
            lambda given=given: Twitter(access_token="a", **given),
            lambda given=given: Twitter(access_token="a").get_me(parameters=given),
            lambda given=given: twitter_native.get_me(parameters={"access_token": "a", **given}),
        ):
            with pytest.raises(InvalidRequest, match=r"isn't UTF-8.*rename it") as failure:
                refused()
            assert failure.value.field == f"parameters.{name}"
            assert failure.value.outcome == "not_sent"


def test_paths_are_taken_for_parameters_too(x: LocalX, tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    twitter = Twitter(x.oauth2(), token_file=file)
    twitter.get_me()
    assert file.exists()
    assert twitter.parameters["token_file"] == str(file)
    assert twitter.get_standard_parameters(parameters={"token_file": file})["token_file"] == str(file)


def test_errno_is_that_of_the_system(tmp_path: Path) -> None:
    twitter = Twitter(access_token="a")
    missing = tmp_path / "nothing.png"
    calls: List[Callable[[], object]] = [
        lambda: twitter.upload_media_file(missing),
        lambda: twitter.create_image_tweet("x", [PICTURE, missing]),
        lambda: Twitter(missing),
        lambda: twitter_native.get_me(parameters=str(missing)),
        lambda: Twitter(access_token="a", ca_file=missing, api_url="https://127.0.0.1:1", max_retries=0).get_me(),
    ]
    for call in calls:
        with pytest.raises(FileNotFoundError) as failure:
            call()
        error = failure.value
        assert isinstance(error, FileNotFound)
        assert isinstance(error, FileError)
        assert (error.errno, error.filename) == (errno.ENOENT, str(missing))
        assert error.strerror == os.strerror(errno.ENOENT)
        assert str(error) == error.message
        for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(other) is FileNotFound
            assert (other.errno, other.strerror, other.filename) == (error.errno, error.strerror, error.filename)
            assert (str(other), repr(other)) == (str(error), repr(error))


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="becomes another user")
def test_what_may_not_be_read_is_a_permission_error(tmp_path: Path) -> None:
    for folder in (tmp_path, *list(tmp_path.parents)[:-2]):
        folder.chmod(0o755)
    file = tmp_path / "secret.png"
    file.write_bytes(CONTENT)
    file.chmod(0o600)
    program = "import os, sys, twitter_native as t; t.describe(); os.setgid(65534); os.setuid(65534)\n"
    program += "try: t.upload_media_file(sys.argv[1], parameters={'access_token': 'a'})\n"
    program += "except PermissionError as error: print(type(error).__name__, error.errno, error.filename)"
    done = run(program, str(file))
    assert done.stdout.split() == [FileNotAllowed.__name__, str(errno.EACCES), str(file)], done.stderr


def test_what_the_library_says_by_itself_has_no_errno(tmp_path: Path) -> None:
    with pytest.raises(FileError) as failure:
        Twitter(access_token="a").upload_media_file(tmp_path)
    assert type(failure.value) is FileError
    assert (failure.value.errno, failure.value.filename) == (None, str(tmp_path))


def returns_in_time(function: Callable[[], object]) -> bool:
    """Whether it returns within ten seconds, and raises nothing."""
    failures: List[BaseException] = []

    def run_it() -> None:
        try:
            function()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run_it, daemon=True)
    thread.start()
    thread.join(10)
    return not thread.is_alive() and not failures


@posix
def test_parameters_are_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(1 << 34)
    lists = tmp_path / "list.json"
    lists.write_text('[["access_token", "one"]]', encoding="utf-8")
    for path, kind in (
        (pipe, FileError), ("/dev/zero", FileError), (huge, FileError), (tmp_path, FileError), (lists, InvalidRequest),
    ):  # fmt: skip

        def read(path: Any = path, kind: "type[TwitterError]" = kind) -> None:
            with pytest.raises(kind):
                Twitter(path)

        assert returns_in_time(read), path


def test_a_key_in_the_place_of_a_path_is_not_shown() -> None:
    key = "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0"
    program = "import sys, twitter_native\ntwitter_native.Twitter(sys.argv[1])"
    for given in (key, '{"access_token": "' + key + '"', '["' + key + '"]'):
        done = run(program, given)
        assert done.returncode == 1
        assert key not in done.stderr, given


@posix
def test_streams_that_cannot_seek(x: LocalX, twitter: Twitter) -> None:
    def write(descriptor: int) -> None:
        with open(descriptor, "wb") as file:
            file.write(CONTENT)

    def piped() -> Iterator[Any]:
        for buffering in (-1, 0):
            reading, writing = os.pipe()
            threading.Thread(target=write, args=(writing,)).start()
            yield open(reading, "rb", buffering=buffering)  # noqa: SIM115
        process = subprocess.Popen(["cat", str(PICTURE)], stdout=subprocess.PIPE)
        yield process.stdout
        process.wait()

    for stream in piped():
        with stream:
            assert x.sha256(twitter.upload_media_file(stream)["media_id"]) == SHA256


def test_file_objects_are_read_from_where_they_stand(x: LocalX, twitter: Twitter, tmp_path: Path) -> None:
    file = tmp_path / "with a head"
    file.write_bytes(b"head" + CONTENT)
    for opened in (file.open("rb"), file.open("rb", buffering=0), file.open("r+b"), io.BytesIO(b"head" + CONTENT)):
        with opened as stream:
            stream.seek(4)
            assert x.sha256(twitter.upload_media_file(stream)["media_id"]) == SHA256
    with open(os.fsencode(PICTURE), "rb") as by_bytes, media.CallFiles() as files:
        assert files.refer_to_file(by_bytes) == str(PICTURE)


def test_a_path_in_bytes_is_content_and_the_error_says_so(twitter: Twitter) -> None:
    """Content may come from anywhere: taking it for a path would let strangers post this machine's files."""
    calls: List[Callable[[], object]] = [
        lambda: twitter.upload_media_file(os.fsencode(PICTURE)),
        lambda: twitter.create_image_tweet("a", [CONTENT, os.fsencode(PICTURE)]),
    ]
    for call in calls:
        with pytest.raises(InvalidRequest, match=r"os\.fsdecode\(path\)"):
            call()
    with pytest.raises(InvalidRequest) as failure:
        twitter.upload_media_file(b"\x00\x01 something else")
    assert "fsdecode" not in str(failure.value)


def test_bytes_with_a_name(x: LocalX, twitter: Twitter) -> None:
    for content in (CONTENT, memoryview(CONTENT), io.BytesIO(CONTENT), PICTURE.open("rb")):
        uploaded = twitter.upload_media_file({"bytes": content, "name": "picture.png"})
        assert x.sha256(uploaded["media_id"]) == SHA256
    with media.CallFiles() as files, PICTURE.open("rb") as opened:
        assert files.refer_to_file({"bytes": opened, "name": "a.srt"}) == {"bytes": 0, "name": "a.srt"}
    ids = twitter.upload_attachments_array([{"bytes": CONTENT}, {"path": PICTURE}, MEDIA / "picture.png"])
    assert {x.sha256(media_id) for media_id in ids} == {SHA256}
