"""Files from Python objects. A path is given to the library as a path, everything else as memory."""

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


# The only way of ctypes to the memory of a read-only object other than bytes. `from_buffer` wants a writable one.
_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = [ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int]
_get_buffer.restype = ctypes.c_int
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = [ctypes.POINTER(_Buffer)]
_release_buffer.restype = None
_SIMPLE = 0  # PyBUF_SIMPLE: one piece of memory, to be read
#: A file that can't be named to the library is read into memory to this size, with its name for the type. Larger ones
#: are those of pictures and videos, whose content says what they are.
_SMALL = 8 << 20


def has_utf8_name(path: str) -> bool:
    """Whether the library, which takes UTF-8, finds this file by its name."""
    try:
        return os.fsencode(path) == path.encode("utf-8")
    except UnicodeEncodeError:
        return False


def open_without_waiting(path: str, flags: int) -> int:
    """An opener for `open`: a pipe that nobody writes to is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class Lender:
    """The memory and open files that a call lends to the library. They stay valid to the end of the `with` block."""

    def __init__(self) -> None:
        self.bytes: List[Bytes] = []
        self._held: List[_Buffer] = []
        self._opened: List[io.BufferedReader] = []
        #: Paths that stand for files whose names the library can't take, and those names.
        self._stand_ins: Dict[str, str] = {}

    def __enter__(self) -> Lender:
        return self

    def __exit__(self, *_: object) -> None:
        while self._held:
            _release_buffer(self._held.pop())
        while self._opened:
            self._opened.pop().close()

    def explain(self, error: Dict[str, Any]) -> None:
        """Replaces stand-in paths in the library's error by the paths that the caller gave."""
        import re

        for stand_in, path in self._stand_ins.items():
            # A longer number is another file.
            parts = re.split(re.escape(stand_in) + r"(?!\d)", error["message"])
            error["message"] = printable(path).join(parts)
            if error.get("path") == stand_in:
                error["path"] = path
        if re.match(r"(tweets\[\d+\]\.)?file", error.get("field", "")) and any(map(_may_be_path, self._held)):
            error["message"] += " Bytes are a file's content: for a path in bytes give os.fsdecode(path)."

    def name_files(self, files: object) -> object:
        """One file or several, as a request names them."""
        if isinstance(files, (str, bytes, bytearray)) or not _is_iterable_of_files(files):
            return self.name_file(files)
        return [self.name_file(file) for file in files]  # type: ignore[attr-defined]

    def name_files_of_each(self, tweets: object) -> object:
        """One tweet or several, the files of each as a request names them."""
        if isinstance(tweets, Mapping):
            files = tweets.get("files")
            return tweets if files is None else {**tweets, "files": self.name_files(files)}
        if isinstance(tweets, (str, bytes)) or not hasattr(tweets, "__iter__"):
            return tweets
        return [self.name_files_of_each(tweet) for tweet in tweets]

    def name_file(self, file: object) -> object:
        if isinstance(file, (str, os.PathLike)):
            return self._name_path(os.fsdecode(file))
        if isinstance(file, Mapping):
            return self._name_mapping(file)
        view = _buffer(file)
        if view is not None:
            return self._lend(view)
        name = _name_of(file)
        if name and _is_that_file(file, name):
            return self._name_path(name)
        return self._lend(_read(file), printable(os.path.basename(name)))

    def _name_mapping(self, file: Mapping[str, Any]) -> object:
        """The library's own way: `{"path"}`, `{"bytes", "name"}` or `{"base64", "name"}`. The bytes are an object here,
        and may have a name to tell their type by."""
        named = dict(file)
        path, content = named.get("path"), named.get("bytes")
        if isinstance(path, (str, os.PathLike)):
            found = self._name_path(os.fsdecode(path))
            return found if isinstance(found, dict) else {**named, "path": found}
        if content is None or isinstance(content, int):
            return named
        view = _buffer(content)
        return {**named, **self._lend(_read(content) if view is None else view)}

    def _name_path(self, path: str) -> object:
        if has_utf8_name(path):
            return path
        try:
            opened = open(path, "rb", opener=open_without_waiting)  # noqa: SIM115
        except OSError as error:
            raise unreadable(path, error) from None
        except ValueError:  # No path on this system: the library names what is wrong with it.
            return path
        self._opened.append(opened)
        described = os.fstat(opened.fileno())
        if not stat.S_ISREG(described.st_mode):
            raise unreadable(path, OSError("only a regular file can be uploaded"))
        stand_in = _path_of(opened.fileno())
        if stand_in is None or described.st_size <= _SMALL:
            return self._lend(opened.read(), printable(os.path.basename(path)))
        self._stand_ins[stand_in] = path
        return stand_in

    def _lend(self, content: Union[bytes, bytearray, memoryview], name: str = "") -> Dict[str, object]:
        held = _Buffer()
        try:
            _get_buffer(content, held, _SIMPLE)
        except BufferError:  # In several pieces, such as a view with a step: copied into one.
            content = bytes(content)
            _get_buffer(content, held, _SIMPLE)
        self._held.append(held)
        self.bytes.append(Bytes(held.buf, held.len))
        named: Dict[str, object] = {"bytes": len(self.bytes) - 1}
        if name:
            named["name"] = name
        return named


def _may_be_path(lent: _Buffer) -> bool:
    """No control character is in a path, and some are in every picture and video."""
    return 0 < lent.len < 4096 and min(ctypes.string_at(lent.buf, lent.len)) >= 32


def _buffer(file: object) -> Optional[memoryview]:
    try:
        return memoryview(file)  # type: ignore[arg-type]
    except TypeError:
        return None


def _name_of(file: object) -> str:
    """The path that a file object was opened by, as far as it tells."""
    name = getattr(file, "name", None)
    return os.fsdecode(name) if isinstance(name, (str, bytes)) else ""


def _read(file: object) -> Union[bytes, bytearray, memoryview]:
    """What a file object holds, from where it stands."""
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
    """A path of ASCII for an open file, where the system has such."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        path = f"{folder}/{descriptor}"
        try:
            if os.path.samestat(os.stat(path), os.fstat(descriptor)):
                return path
        except OSError:
            pass
    return None


def _is_iterable_of_files(files: object) -> bool:
    """A list, tuple or other collection; file objects are iterable too, by lines."""
    if isinstance(files, (list, tuple)):
        return True
    if isinstance(files, (os.PathLike, Mapping)) or hasattr(files, "read") or not hasattr(files, "__iter__"):
        return False
    return _buffer(files) is None


def _is_that_file(file: Any, name: str) -> bool:
    """Whether reading the file at this path gives what reading this object would: then it is named to the library and
    streamed, so that its size does not matter. A gzip file, for one, has a name and a descriptor too, but reads
    something else: only what `open` and `tempfile` return will do."""
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
