"""Files from Python objects: a path stays a path, everything else is lent to the library from memory."""

from __future__ import annotations

import ctypes
import io
import os
import stat
import sys
from typing import IO, TYPE_CHECKING, Any, Dict, List, Optional, Union

from ._library import Bytes

if TYPE_CHECKING:
    from typing_extensions import Buffer
elif sys.version_info >= (3, 12):
    from collections.abc import Buffer
else:
    Buffer = Any  # Any object with the buffer interface: bytes, bytearray, memoryview, mmap, a numpy array.

PathLike = Union[str, os.PathLike[str], os.PathLike[bytes]]
File = Union[PathLike, Buffer, IO[bytes], Dict[str, Any]]


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


class Lender:
    """What one call lends: `with Lender() as lender` keeps the memory in its place to the end of the block."""

    def __init__(self) -> None:
        self.bytes: List[Bytes] = []
        self._held: List[_Buffer] = []

    def __enter__(self) -> Lender:
        return self

    def __exit__(self, *_: object) -> None:
        while self._held:
            _release_buffer(self._held.pop())

    def name_files(self, files: object) -> object:
        """One file or several, as a request names them."""
        if isinstance(files, (str, bytes, bytearray, dict)) or not _is_iterable_of_files(files):
            return self.name_file(files)
        return [self.name_file(file) for file in files]  # type: ignore[attr-defined]

    def name_file(self, file: object) -> object:
        if isinstance(file, (str, dict)):
            return file
        if isinstance(file, os.PathLike):
            return os.fsdecode(file)
        try:
            view = memoryview(file)  # type: ignore[arg-type]
        except TypeError:
            return self._name_file_object(file)
        return self._lend(view)

    def _lend(self, content: Union[bytes, bytearray, memoryview], name: Optional[str] = None) -> Dict[str, object]:
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

    def _name_file_object(self, file: Any) -> object:
        """A file object is read into memory from where it stands, unless it is a file of the disk at its beginning:
        that one is given by its path, so that its size does not matter."""
        read = getattr(file, "read", None)
        if read is None or isinstance(file, io.TextIOBase):
            raise TypeError(
                "a file is a path, bytes or another buffer, or a file object opened in binary mode, "
                f"not {type(file).__name__}"
            )
        name = getattr(file, "name", None)
        if isinstance(name, str) and _is_that_file(file, name):
            return name
        content = read()
        if not isinstance(content, (bytes, bytearray, memoryview)):
            raise TypeError(f"read() of {type(file).__name__} gave {type(content).__name__} instead of bytes")
        return self._lend(content, os.path.basename(name) if isinstance(name, str) else None)


def _is_iterable_of_files(files: object) -> bool:
    """A list, tuple or other collection; file objects are iterable too, by lines."""
    if isinstance(files, (list, tuple)):
        return True
    if isinstance(files, os.PathLike) or hasattr(files, "read") or not hasattr(files, "__iter__"):
        return False
    try:
        memoryview(files)  # type: ignore[arg-type]
    except TypeError:
        return True
    return False


def _is_that_file(file: Any, name: str) -> bool:
    """Whether reading the file at this path gives what reading this object would. A gzip file, for one, has a name and
    a descriptor too, but reads something else: only what `open` and `tempfile` return will do."""
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
