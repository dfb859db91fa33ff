"""Finds, checks and calls the shared library by its C ABI. What the functions mean is not known here."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from typing import Any, Callable, Generator, List, Optional, Protocol, Sequence

ABI_VERSION = 1
VARIABLE = "TWITTER_NATIVE_LIBRARY"


class LibraryNotFound(ImportError):
    """The shared library of twitter_native is missing, can't be loaded, or has another ABI than this package needs."""


class Cancel(Protocol):
    """Ends a call from another thread: a `threading.Event`, or any other object with `is_set()`. Once that is true, the
    call sends nothing more and raises Canceled within a quarter of a second."""

    def is_set(self) -> bool: ...


class Bytes(ctypes.Structure):
    """`twitter_bytes`."""

    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Options(ctypes.Structure):
    """`twitter_options`."""

    _fields_ = [
        ("size", ctypes.c_size_t),
        ("bytes", ctypes.POINTER(Bytes)),
        ("bytes_count", ctypes.c_size_t),
        ("progress", ctypes.c_void_p),
        ("log", ctypes.c_void_p),
        ("context", ctypes.c_void_p),
        ("token_store", ctypes.c_void_p),
    ]


_Give = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)
_StoreLoad = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p
)
_StoreSave = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_char_p)
_StoreRelease = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _TokenStore(ctypes.Structure):
    """`twitter_token_store`."""

    _fields_ = [("size", ctypes.c_size_t), ("load", _StoreLoad), ("save", _StoreSave), ("release", _StoreRelease)]


class TokenStoreFunctions:
    """`twitter_token_store` by three Python functions. It has to live as long as the call."""

    def __init__(
        self,
        load: Callable[[bool, int, Callable[[bytes], None]], int],
        save: Callable[[bytes], int],
        release: Callable[[], None],
    ) -> None:
        def on_load(context: object, for_update: int, timeout_ms: int, sink: Optional[int], give: int) -> int:
            give_text = _Give(give)
            return load(bool(for_update), timeout_ms, lambda text: give_text(sink, text))

        self._struct = _TokenStore(
            ctypes.sizeof(_TokenStore),
            _StoreLoad(on_load),
            _StoreSave(lambda context, text: save(text)),
            _StoreRelease(lambda context: release()),
        )

    @property
    def address(self) -> int:
        return ctypes.addressof(self._struct)


def _load() -> ctypes.CDLL:
    """Loads the library beside this file, or the one that the environment variable names. Its path is absolute, so that
    the system does not search for it."""
    name = {"win32": "twitter_native.dll", "darwin": "libtwitter_native.dylib"}.get(
        sys.platform, "libtwitter_native.so"
    )
    named = os.environ.get(VARIABLE)
    path = os.path.abspath(named or os.path.join(os.path.dirname(os.path.abspath(__file__)), name))
    origin = f"named by {VARIABLE}" if named else f"beside the package; {VARIABLE} can name another one"
    try:
        library = ctypes.CDLL(path)  # A CDLL, unlike a PyDLL, releases the GIL during calls.
        library.twitter_abi_version.restype = ctypes.c_uint32
        version = library.twitter_abi_version()
    except (OSError, AttributeError) as error:
        raise LibraryNotFound(
            f"the library of twitter_native can't be loaded: {error}. Tried: {path} ({origin})", path=path
        ) from error
    if version != ABI_VERSION:
        raise LibraryNotFound(
            f"the library has ABI version {version}, this package needs {ABI_VERSION}. Tried: {path} ({origin})",
            path=path,
        )
    library.twitter_version.restype = ctypes.c_char_p
    library.twitter_call.restype = ctypes.c_void_p  # c_char_p would lose the address, which has to be freed.
    library.twitter_call.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    library.twitter_free.restype = None
    library.twitter_free.argtypes = [ctypes.c_void_p]
    library.twitter_shutdown.restype = None
    return library


_library = _load()
_call = _library.twitter_call
_free = _library.twitter_free

#: Exceptions that signal handlers raised while the main thread was inside the library.
_raised: List[BaseException] = []


def _handle_signals() -> Generator[None, None, None]:
    """Runs pending signal handlers and keeps the exceptions that they raise. Each `next` runs them once.

    Python runs signal handlers at the first instruction of the next function in the main thread. If that function is a
    callback, its `try` has not begun yet, and ctypes would print a KeyboardInterrupt and lose it. A generator is
    resumed inside its `try`, so it can catch the exception.
    """
    while True:
        try:
            while True:
                yield
        except GeneratorExit:
            return
        except BaseException as error:
            _raised.append(error)


_signals = _handle_signals()
next(_signals)


class _Context(ctypes.c_void_p):
    """The first argument of a callback in the main thread. ctypes makes the arguments before it calls the function.
    Making this one resumes the generator, directly from C, with no Python function in between."""

    __init__ = _signals.__next__


def _progress_type(context: Any) -> Any:
    return ctypes.CFUNCTYPE(ctypes.c_int32, context, ctypes.c_uint32, ctypes.c_uint64, ctypes.c_uint64)


def _log_type(context: Any) -> Any:
    return ctypes.CFUNCTYPE(None, context, ctypes.c_uint32, ctypes.c_char_p)


_MainProgress, _MainLog = _progress_type(_Context), _log_type(_Context)
_Progress, _Log = _progress_type(ctypes.c_void_p), _log_type(ctypes.c_void_p)


@_MainProgress  # type: ignore[untyped-decorator,unused-ignore]
def _stop_when_raised(context: object, stage: int, done: int, total: int) -> int:
    return 1 if _raised else 0


def _address(callback: object) -> Optional[int]:
    return ctypes.cast(callback, ctypes.c_void_p).value  # type: ignore[arg-type]


# While a call waits, the library calls the progress function at least every 250 ms, so a signal can end the call. The
# struct is made once, so that a call without options needs none of its own.
_PLAIN_IN_MAIN = Options(ctypes.sizeof(Options), None, 0, _address(_stop_when_raised), None, None, None)
_PLAIN_IN_MAIN_REFERENCE = ctypes.addressof(_PLAIN_IN_MAIN)


def call(
    function: bytes,
    request: bytes,
    contents: Sequence[Bytes] = (),
    progress: Optional[Callable[[int, int, int], object]] = None,
    log: Optional[Callable[[int, bytes], object]] = None,
    cancel: Optional[Cancel] = None,
    store: Optional[TokenStoreFunctions] = None,
) -> bytes:
    """Calls `twitter_call`.

    Arguments:
        function: the name of the function.
        request: the request, as JSON.
        contents: files in memory, to which the request refers by their index.
        progress: called as `progress(stage, done, total)`.
        log: called as `log(level, line)`.
        cancel: ends the call from another thread.
        store: the caller's token store.

    Returns:
        The envelope, as JSON. What a callback or a signal handler raises cancels the call and is raised instead.
    """
    in_main = threading.get_ident() == threading.main_thread().ident
    if not (contents or progress or log) and cancel is None and store is None:
        return _finish(_call(function, request, _PLAIN_IN_MAIN_REFERENCE if in_main else None), [], in_main)
    raised: List[BaseException] = []

    # This frame keeps both functions and the contents alive as long as the call lasts.
    def on_progress(context: object, stage: int, done: int, total: int) -> int:
        try:
            if raised or (in_main and _raised) or (cancel is not None and cancel.is_set()):
                return 1
            if progress:
                progress(stage, done, total)
        except BaseException as error:
            raised.append(error)
        return 1 if raised or (in_main and _raised) else 0

    def on_log(context: object, level: int, line: bytes) -> None:
        try:
            if log:
                log(level, line)
        except BaseException as error:
            raised.append(error)

    on_progress_c = (_MainProgress if in_main else _Progress)(on_progress)
    on_log_c = (_MainLog if in_main else _Log)(on_log) if log else None
    array = (Bytes * len(contents))(*contents)
    options = Options(
        ctypes.sizeof(Options),
        array,
        len(contents),
        _address(on_progress_c),
        _address(on_log_c) if on_log_c else None,
        None,
        store.address if store is not None else None,
    )
    return _finish(_call(function, request, ctypes.addressof(options)), raised, in_main)


def _finish(answer: int, raised: List[BaseException], in_main: bool) -> bytes:
    try:
        envelope = ctypes.string_at(answer)
    finally:
        _free(answer)
    if in_main and _raised:
        raised[:] = [_raised[-1]]
        _raised.clear()
    if raised:
        try:
            raise raised[0]
        finally:
            # The traceback refers to this frame, and the list in this frame to the exception: a reference cycle.
            raised.clear()
    return envelope


def version() -> str:
    """The version of the library: the package's own, unless TWITTER_NATIVE_LIBRARY names another one."""
    text: bytes = _library.twitter_version()
    return text.decode("ascii")


def shutdown() -> None:
    """Ends all running calls, in every thread, as `Canceled`, and closes idle connections. Later calls work as before.
    Don't call it from a progress callback."""
    _library.twitter_shutdown()
