"""Finds, checks and calls the shared library. It knows the C ABI, but not what the functions mean."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from typing import Any, Callable, Generator, List, Optional, Protocol, Sequence

ABI_VERSION = 1
VARIABLE = "TWITTER_NATIVE_LIBRARY"


class LibraryNotFound(ImportError):
    """The shared library of twitter_native is missing, or is not the one that this package was made for."""


class Cancel(Protocol):
    """What ends a call from another thread: a `threading.Event`, or anything else with its `is_set()`. Once that is
    true, the call ends within a quarter of a second as Canceled, and nothing more is sent."""

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
    """The three functions of a token store, as C calls them."""

    def __init__(
        self,
        load: Callable[[bool, int, Callable[[bytes], None]], int],
        save: Callable[[bytes], int],
        release: Callable[[], None],
    ) -> None:
        def on_load(context: object, for_update: int, timeout_ms: int, sink: Optional[int], give: int) -> int:
            hand_over = _Give(give)
            return load(bool(for_update), timeout_ms, lambda text: hand_over(sink, text))

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
    """The library beside this file, or the one that the environment variable names: by its absolute path, so that
    no search path of the system can put another one in its place."""
    name = {"win32": "twitter_native.dll", "darwin": "libtwitter_native.dylib"}.get(
        sys.platform, "libtwitter_native.so"
    )
    named = os.environ.get(VARIABLE)
    path = os.path.abspath(named or os.path.join(os.path.dirname(os.path.abspath(__file__)), name))
    origin = f"named by {VARIABLE}" if named else f"beside the package; {VARIABLE} can name another one"
    try:
        library = ctypes.CDLL(path)  # A CDLL, unlike a PyDLL, lets go of the GIL during calls.
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
    library.twitter_call.restype = ctypes.c_void_p  # c_char_p would copy the text and lose what is to be freed.
    library.twitter_call.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    library.twitter_free.restype = None
    library.twitter_free.argtypes = [ctypes.c_void_p]
    library.twitter_shutdown.restype = None
    return library


_library = _load()
_call = _library.twitter_call
_free = _library.twitter_free

#: What signal handlers raised while the main thread was inside the library.
_raised: List[BaseException] = []


def _handle_signals() -> Generator[None, None, None]:
    """Runs pending signal handlers and keeps the exceptions that they raise. Each `next` runs them once.

    Python runs signal handlers at the first instruction of whatever function comes next in the main thread. Where
    that is a callback, its own `try` has not begun yet: ctypes would print a KeyboardInterrupt and lose it. A
    generator is resumed in the middle of its `try`, so here it is caught.
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
    """The first argument of a callback in the main thread. ctypes makes the arguments before it calls the function,
    and here making one resumes the generator: all in C, with no Python function between."""

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


# While a call waits, the library calls the progress function at least every 250 ms. Then a signal can end the call. The
# struct is made once, so a call that does not wait costs nothing more.
_PLAIN_IN_MAIN = Options(ctypes.sizeof(Options), None, 0, _address(_stop_when_raised), None, None, None)
_PLAIN_IN_MAIN_REFERENCE = ctypes.addressof(_PLAIN_IN_MAIN)


def call(
    function: bytes,
    request: bytes,
    lent: Sequence[Bytes] = (),
    progress: Optional[Callable[[int, int, int], object]] = None,
    log: Optional[Callable[[int, bytes], object]] = None,
    cancel: Optional[Cancel] = None,
    store: Optional[TokenStoreFunctions] = None,
) -> bytes:
    """The envelope of a call. What `progress` or a signal handler raises cancels the call and is raised here."""
    in_main = threading.get_ident() == threading.main_thread().ident
    if not (lent or progress or log) and cancel is None and store is None:
        return _finish(_call(function, request, _PLAIN_IN_MAIN_REFERENCE if in_main else None), [], in_main)
    raised: List[BaseException] = []

    # Both are closures of this frame, which keeps them and the lent bytes alive for as long as the call lasts.
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
    array = (Bytes * len(lent))(*lent)
    options = Options(
        ctypes.sizeof(Options),
        array,
        len(lent),
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
            # The traceback holds this frame, and the frame the error: a cycle without this.
            raised.clear()
    return envelope


def version() -> str:
    """The version of the library: the package's own, unless TWITTER_NATIVE_LIBRARY names another one."""
    text: bytes = _library.twitter_version()
    return text.decode("ascii")


def shutdown() -> None:
    """Ends the calls under way as `Canceled`, in whatever thread, and closes idle connections. A later call starts
    afresh. Not to be called from a progress callback."""
    _library.twitter_shutdown()
