"""Files from Python objects. The library gets a path as a path, and everything else as bytes in memory."""

from __future__ import annotations

import ctypes
import io
import os
import stat
import sys
from typing import IO, TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Union

from ._errors import printable, unreadable
from ._library import Bytes

if TYPE_CHECKING:
    from typing_extensions import Buffer
elif sys.version_info >= (3, 12):
    from collections.abc import Buffer
else:
    Buffer = Any  # Any object with the buffer interface: bytes, bytearray, memoryview, mmap, a numpy array.

PathLike = Union[str, os.PathLike[str], os.PathLike[bytes]]
File = Union[PathLike, Buffer, IO[bytes], Mapping[str, Any]]


class _Buffer(ctypes.Structure):
    """CPython's Py_buffer, part of its stable ABI."""

    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_void_p),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
    ]


# `from_buffer` of ctypes needs a writable object. The memory of a read-only one can only be had by the C API.
_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = [ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int]
_get_buffer.restype = ctypes.c_int
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = [ctypes.POINTER(_Buffer)]
_release_buffer.restype = None
_SIMPLE = 0  # PyBUF_SIMPLE: contiguous memory, for reading
#: Up to this size in bytes, a file whose path is not UTF-8 is read into memory, and its name tells the type. Larger
#: files are pictures and videos, whose content tells the type.
_SMALL = 8 << 20


def has_utf8_name(path: str) -> bool:
    """Whether the path is UTF-8 on disk. The library can open no other."""
    try:
        return os.fsencode(path) == path.encode("utf-8")
    except UnicodeEncodeError:
        return False


def open_without_waiting(path: str, flags: int) -> int:
    """An opener for `open` that does not wait if the path is a pipe that nobody writes to."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class CallFiles:
    """The files of one call: memory and open files. They stay valid until the end of the `with` block."""

    def __init__(self) -> None:
        #: The contents, by their index in the request.
        self.bytes: List[Bytes] = []
        self._buffers: List[_Buffer] = []
        self._opened: List[io.BufferedReader] = []
        #: Substitute paths, such as /proc/self/fd/7, and the paths of the files, which are not UTF-8.
        self._substitutes: Dict[str, str] = {}

    def __enter__(self) -> CallFiles:
        return self

    def __exit__(self, *_: object) -> None:
        while self._buffers:
            _release_buffer(self._buffers.pop())
        while self._opened:
            self._opened.pop().close()

    def explain(self, error: Dict[str, Any]) -> None:
        """Replaces substitute paths in the library's error by the caller's. Adds a hint if bytes look like a path."""
        import re

        for substitute, path in self._substitutes.items():
            # /proc/self/fd/71 is another file than /proc/self/fd/7.
            parts = re.split(re.escape(substitute) + r"(?!\d)", error["message"])
            error["message"] = printable(path).join(parts)
            if error.get("path") == substitute:
                error["path"] = path
        if re.match(r"(tweets\[\d+\]\.)?file", error.get("field", "")) and any(map(_may_be_path, self._buffers)):
            error["message"] += " Bytes are a file's content: for a path in bytes give os.fsdecode(path)."

    def refer_to_files(self, files: object) -> object:
        """What a request has for a file, or a list for several files."""
        if isinstance(files, (str, bytes, bytearray)) or not _is_iterable_of_files(files):
            return self.refer_to_file(files)
        return [self.refer_to_file(file) for file in files]  # type: ignore[attr-defined]

    def refer_to_files_of_tweets(self, tweets: object) -> object:
        """One tweet or several, with the `files` of each as a request has them."""
        if isinstance(tweets, Mapping):
            files = tweets.get("files")
            return tweets if files is None else {**tweets, "files": self.refer_to_files(files)}
        if isinstance(tweets, (str, bytes)) or not hasattr(tweets, "__iter__"):
            return tweets
        return [self.refer_to_files_of_tweets(tweet) for tweet in tweets]

    def refer_to_file(self, file: object) -> object:
        """What a request has for a file: its path, or `{"bytes": index, "name"}`."""
        if isinstance(file, (str, os.PathLike)):
            return self._refer_to_path(os.fsdecode(file))
        if isinstance(file, Mapping):
            return self._refer_to_mapping(file)
        view = _buffer(file)
        if view is not None:
            return self._refer_to_bytes(view)
        name = _name_of(file)
        if name and _is_that_file(file, name):
            return self._refer_to_path(name)
        return self._refer_to_bytes(_read(file), printable(os.path.basename(name)))

    def _refer_to_mapping(self, file: Mapping[str, Any]) -> object:
        """A file in the library's form: `{"path"}`, `{"bytes", "name"}` or `{"base64", "name"}`. Here `bytes` may be an
        object with the content, not only an index."""
        named = dict(file)
        path, content = named.get("path"), named.get("bytes")
        if isinstance(path, (str, os.PathLike)):
            found = self._refer_to_path(os.fsdecode(path))
            return found if isinstance(found, dict) else {**named, "path": found}
        if content is None or isinstance(content, int):
            return named
        view = _buffer(content)
        return {**named, **self._refer_to_bytes(_read(content) if view is None else view)}

    def _refer_to_path(self, path: str) -> object:
        if has_utf8_name(path):
            return path
        try:
            opened = open(path, "rb", opener=open_without_waiting)  # noqa: SIM115
        except OSError as error:
            raise unreadable(path, error) from None
        except ValueError:  # No path on this system. The library's error says why.
            return path
        self._opened.append(opened)
        described = os.fstat(opened.fileno())
        if not stat.S_ISREG(described.st_mode):
            raise unreadable(path, OSError("only a regular file can be uploaded"))
        substitute = _path_of(opened.fileno())
        if substitute is None or described.st_size <= _SMALL:
            return self._refer_to_bytes(opened.read(), printable(os.path.basename(path)))
        self._substitutes[substitute] = path
        return substitute

    def _refer_to_bytes(self, content: Union[bytes, bytearray, memoryview], name: str = "") -> Dict[str, object]:
        buffer = _Buffer()
        try:
            _get_buffer(content, buffer, _SIMPLE)
        except BufferError:  # Not contiguous, such as a memoryview with a step.
            content = bytes(content)
            _get_buffer(content, buffer, _SIMPLE)
        self._buffers.append(buffer)
        self.bytes.append(Bytes(buffer.buf, buffer.len))
        reference: Dict[str, object] = {"bytes": len(self.bytes) - 1}
        if name:
            reference["name"] = name
        return reference


def _may_be_path(buffer: _Buffer) -> bool:
    """Whether these bytes may be a path: a path has no control characters, and every picture and video has some."""
    return 0 < buffer.len < 4096 and min(ctypes.string_at(buffer.buf, buffer.len)) >= 32


def _buffer(file: object) -> Optional[memoryview]:
    try:
        return memoryview(file)  # type: ignore[arg-type]
    except TypeError:
        return None


def _name_of(file: object) -> str:
    """The path that a file object was opened with; "" if it has none."""
    name = getattr(file, "name", None)
    return os.fsdecode(name) if isinstance(name, (str, bytes)) else ""


def _read(file: object) -> Union[bytes, bytearray, memoryview]:
    """The content of a file object, from its position on."""
    read = getattr(file, "read", None)
    if read is None or isinstance(file, io.TextIOBase):
        raise TypeError(
            "a file is a path, bytes or another buffer, or a file object opened in binary mode, "
            f"not {type(file).__name__}"
        )
    content = read()
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(f"read() of {type(file).__name__} gave {type(content).__name__} instead of bytes")
    return content


def _path_of(descriptor: int) -> Optional[str]:
    """A path in ASCII for an open file; None if the system has no such paths."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        path = f"{folder}/{descriptor}"
        try:
            if os.path.samestat(os.stat(path), os.fstat(descriptor)):
                return path
        except OSError:
            pass
    return None


def _is_iterable_of_files(files: object) -> bool:
    """Whether this is a list, a tuple or another collection. File objects are iterable too, by lines, but are no
    collections."""
    if isinstance(files, (list, tuple)):
        return True
    if isinstance(files, (os.PathLike, Mapping)) or hasattr(files, "read") or not hasattr(files, "__iter__"):
        return False
    return _buffer(files) is None


def _is_that_file(file: Any, name: str) -> bool:
    """Whether the file at this path has the content that reading the object would give.

    The library then streams the file from its path, so its size does not matter. A gzip file has a name and a
    descriptor too, but another content. So only objects that `open` and `tempfile` return are accepted.
    """
    file = getattr(file, "file", file)
    raw = getattr(file, "raw", file)
    if not isinstance(file, (io.BufferedReader, io.BufferedRandom, io.FileIO)) or not isinstance(raw, io.FileIO):
        return False
    try:
        if file.tell() != 0:
            return False
        if file.writable():
            file.flush()
        there = os.fstat(file.fileno())
        return stat.S_ISREG(there.st_mode) and os.path.samestat(there, os.stat(name))
    except (AttributeError, OSError, ValueError):
        return False
