"""The class Twitter, and what the functions of the module are made with."""

from __future__ import annotations

import os
import stat
import sys
import threading
import time
import weakref
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Sequence, Tuple, Type

from . import _library
from ._accounts import are_own_tokens, merged_parameters
from ._errors import error_of, not_utf8, unreadable
from ._functions import Functions, ParameterFields, R
from ._media import CallFiles, has_utf8_name, open_without_waiting
from ._operations import Operations
from ._results import Result, result_of
from ._token_store import TokenStore, TokenStoreCallbacks
from ._types import Cancel, ParametersLike, Progress, Stage

if TYPE_CHECKING:
    from typing_extensions import Unpack
elif sys.version_info >= (3, 11):
    from typing import Unpack
else:

    class Unpack:
        """For `typing.get_type_hints`: there the hint is the TypedDict itself."""

        def __class_getitem__(cls, fields: object) -> object:
            return fields


#: The fields that hold files; generate.py checks that there are no others.
FILE_FIELDS = ("file", "files")
#: The field whose objects have files of their own: the tweets of a thread.
TWEETS = "tweets"
#: Functions that get tokens for the client.
SIGN_IN = (
    "get_token",
    "refresh_token",
    "handle_incoming_request_after_authorization",
    "wait_for_authorization",
    "exchange_oauth1_token",
    "oauth1_access_token",
)
#: The one of them that waits for a person. Other sign-ins of the client don't wait for it.
WAITS = "wait_for_authorization"
#: The fields of their results that the client takes over as parameters.
TOKENS = ("access_token", "refresh_token", "oauth_token", "oauth_token_secret")
#: The parameters that are paths. The library takes paths in UTF-8 only.
PATHS = ("ca_file", "operations_file", "token_file")
#: The largest file of parameters, in bytes. The library has the same limit.
_LARGEST_FILE = 1 << 20
#: How often, in seconds, a call that waits for another sign-in of its client checks `cancel` and reports progress.
_CHECK_INTERVAL = 0.1

_STAGES: Dict[int, Stage] = {int(stage): stage for stage in (Stage.WAITING, Stage.UPLOADING, Stage.PROCESSING)}
#: The library's levels as those of `logging`.
_LEVELS = {1: 40, 2: 30, 3: 20, 4: 10}
_DEBUG = 10
_logger: Any = None


def _encode(value: object, where: str = "") -> str:
    """JSON of a value, by `_json.encode`. The first call imports it and replaces this function by it."""
    _import_json()
    return _encode(value, where)


def _decode(text: str) -> Any:
    _import_json()
    return _decode(text)


def _import_json() -> None:
    global _encode, _decode
    from ._json import decode, encode

    _encode, _decode = encode, decode  # type: ignore[assignment]


def _log() -> Optional[Callable[[int, bytes], object]]:
    """Passes the library's log to the logger `twitter_native`; None if DEBUG is not enabled there.

    If no module has imported `logging`, no logger is enabled. Importing it here would be a fifth of the time that
    importing this package takes.
    """
    global _logger
    if _logger is None:
        logging = sys.modules.get("logging")
        if logging is None:
            return None
        _logger = logging.getLogger("twitter_native")
    logger = _logger
    if not logger.isEnabledFor(_DEBUG):
        return None
    return lambda level, line: logger.log(_LEVELS.get(level, _DEBUG), "%s", line.decode("utf-8", "replace"))


def call(
    function: str,
    fields: Mapping[str, object],
    parameters: str,
    progress: Optional[Progress] = None,
    cancel: Optional[Cancel] = None,
    store: Optional[TokenStore] = None,
) -> Any:
    """Calls a function of the library.

    Arguments:
        function: its name.
        fields: the fields of the request. Those that are None are left out.
        parameters: the parameters, as JSON.
        progress, cancel, store: as the methods of `Twitter` have them.

    Returns:
        The result, as `result_of` gives it.

    Raises:
        TwitterError: the call failed. `__cause__` is what the token store raised, if that was the reason.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    callbacks = TokenStoreCallbacks(store) if store is not None else None
    if given.keys().isdisjoint((*FILE_FIELDS, TWEETS)):
        envelope = _envelope(function, given, parameters, (), progress, cancel, callbacks)
    else:
        with CallFiles() as files:
            for name in FILE_FIELDS:
                if name in given:
                    given[name] = files.refer_to_files(given[name])
            if TWEETS in given:
                given[TWEETS] = files.refer_to_files_of_tweets(given[TWEETS])
            envelope = _envelope(function, given, parameters, files.bytes, progress, cancel, callbacks)
            if not envelope["ok"]:
                files.explain(envelope["error"])
    if envelope["ok"]:
        return result_of(envelope["result"], envelope.get("http"))
    error = error_of(envelope["error"], envelope.get("http"))
    if callbacks is not None and callbacks.error is not None and error.kind == "io":
        raise error from callbacks.error
    raise error


def _envelope(
    function: str,
    given: Mapping[str, object],
    parameters: str,
    contents: Sequence[_library.Bytes],
    progress: Optional[Progress],
    cancel: Optional[Cancel],
    callbacks: Optional[TokenStoreCallbacks],
) -> Dict[str, Any]:
    """The library's answer: `{"ok", "result" or "error", "http"}`."""
    fields = f",{_encode(given)[1:]}" if given else "}"
    request = f'{{"parameters":{parameters}{fields}'.encode("ascii")
    store = callbacks.functions if callbacks is not None else None
    name = function.encode("ascii")
    answer = _library.call(name, request, contents, _with_stages(progress), _log(), cancel, store)
    if callbacks is not None and callbacks.raised:
        raise callbacks.raised[0]
    envelope: Dict[str, Any] = _decode(answer.decode("utf-8"))
    return envelope


def _with_stages(progress: Optional[Progress]) -> Optional[Callable[[int, int, int], object]]:
    """The progress function for the library, which gives the stage as a number."""
    if progress is None:
        return None
    report = progress
    # Known stages are always the same objects, so that `stage is Stage.UPLOADING` works.
    return lambda stage, done, total: report(_STAGES.get(stage) or Stage(stage), done, total)


def read_parameters(given: Optional[ParametersLike]) -> Dict[str, Any]:
    """Parameters as a dict, from a mapping, JSON text, or the JSON file at a path. Those that are None are left out.

    Raises:
        InvalidRequest, FileError: they can't be read.
    """
    if given is None:
        return {}
    found = given if isinstance(given, Mapping) else _parameters_of(os.fsdecode(given))
    named = {name: value for name, value in found.items() if value is not None}
    read = {name: os.fsdecode(value) if isinstance(value, os.PathLike) else value for name, value in named.items()}
    for name in PATHS:
        path = read.get(name)
        if isinstance(path, str) and not has_utf8_name(path):
            raise not_utf8(f"parameters.{name}", path)
    return read


def _parameters_of(text: str) -> Mapping[str, Any]:
    """The parameters in JSON text, or in the JSON file at a path."""
    if not text.strip():
        return {}
    read = _read(text)
    if read is None:
        # The library raises an error that says what is wrong. If it can read them all the same, its result is used.
        return Result(call("get_standard_parameters", {}, _encode(text)))
    return read


def _read(text: str) -> Optional[Dict[str, Any]]:
    """The JSON object in the text, or in the file at that path; None if it can't be read, or is no object."""
    refused: Optional[OSError] = None
    read = None
    try:
        if text.lstrip("\ufeff \t\r\n").startswith("{"):
            read = _decode(text.lstrip("\ufeff"))
        else:
            with open(text, "rb", opener=open_without_waiting) as file:
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    content = file.read(_LARGEST_FILE + 1)
                    read = _decode(content.decode("utf-8-sig")) if len(content) <= _LARGEST_FILE else None
    except OSError as error:
        refused = error
    except (ValueError, RecursionError):
        pass
    # Raised here and not in the `except`: Python would show its own error too, with the text, which may be a key.
    if refused is not None and not has_utf8_name(text):
        raise unreadable(text, refused) from None
    return read if isinstance(read, dict) else None


class ModuleFunctions(Functions):
    """The functions of the module. Each call has its own parameters, and no tokens are taken over."""

    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
        cancel: Optional[Cancel],
    ) -> R:
        given = _encode(read_parameters(parameters), "parameters")
        result: R = call(function, fields, given, progress, cancel)
        return result

    def __reduce__(self) -> str:
        # The one instance of the module, so that its methods can be pickled.
        return "module_functions"


module_functions = ModuleFunctions()

_clients: weakref.WeakSet[Twitter] = weakref.WeakSet()


class Twitter(Operations):
    """X for one application and account.

    Arguments:
        parameters: settings and credentials, as a mapping, as JSON text, or as the path of a JSON file.
        on_tokens: called with the result of each call that gets new tokens for the client (`access_token`,
            `refresh_token`, `expires_at`, …; by OAuth 1.0a `oauth_token`, `oauth_token_secret`), when the client has
            taken them over: store them there. A refresh token can be used once.
        token_store: the account's tokens in a store of yours, such as a row of a database, for an account that several
            machines share: see `TokenStore`. The library renews them there. Not together with `token_file`.
        **more: single parameters, laid over `parameters`: `Twitter("twitter.json", deadline_seconds=30)`.
            `ParameterFields` lists them with their meanings.

    A client may be used by any number of threads at once, and in children after fork(). Every method takes

        parameters: laid over the client's for that one call. The client keeps its own account: where they name another
            account (tokens, a `token_file`, an application), none of the client's tokens is used, and the tokens that
            such a call gets are in its result alone.
        progress: any callable that takes (stage, done, total).
        cancel: a `threading.Event`: once another thread has set it, the call ends and raises Canceled.

    Beside them every operation of X's document is a method: see `Operations`.

    Failures are TwitterErrors; see there.
    """

    def __init__(
        self,
        parameters: Optional[ParametersLike] = None,
        *,
        on_tokens: Optional[Callable[[Result], object]] = None,
        token_store: Optional[TokenStore] = None,
        **more: Unpack[ParameterFields],
    ) -> None:
        self.on_tokens = on_tokens
        self.token_store = token_store
        self._adopt({**read_parameters(parameters), **read_parameters(more)})
        self._make_lock()
        _clients.add(self)

    @property
    def parameters(self) -> Dict[str, Any]:
        """A copy of the parameters in use, with the tokens taken over from calls. Secrets are in it."""
        return dict(self._parameters[0])

    def __repr__(self) -> str:
        # Names only: most values are secrets.
        return f"Twitter({', '.join(f'{name}=…' for name in self._parameters[0])})"

    def __reduce__(self) -> Tuple[Any, ...]:
        return _restore, (self.parameters, self.on_tokens, self.token_store)

    def _make_lock(self) -> None:
        # Reentrant, because `on_tokens` may use the client.
        self._sign_in_lock = threading.RLock()

    def _adopt(self, parameters: Dict[str, Any]) -> None:
        # Both forms in one assignment, so that threads see the old tokens or the new ones.
        self._parameters = (parameters, _encode(parameters, "parameters"))

    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
        cancel: Optional[Cancel],
    ) -> R:
        result: R
        given = read_parameters(parameters)
        if function not in SIGN_IN or not are_own_tokens(function, self._parameters[0], given):
            result = call(function, fields, self._merged(given), progress, cancel, self._store_for(given))
            return result
        # One at a time: two calls with the same refresh token would make X revoke both.
        lock = None if function == WAITS else self._wait_for_turn(progress, cancel)
        try:
            result = call(function, fields, self._merged(given), progress, cancel, self._store_for(given))
            self._take_over(result)
        finally:
            if lock is not None:
                lock.release()
        return result

    def _wait_for_turn(self, progress: Optional[Progress], cancel: Optional[Cancel]) -> threading.RLock:
        """Acquires the lock of the client's sign-ins, and returns it."""
        started = time.monotonic()
        lock = self._sign_in_lock
        while not lock.acquire(timeout=_CHECK_INTERVAL if progress or cancel else -1):
            if cancel is not None and cancel.is_set():
                message = "The call was canceled by its caller while it waited for another sign-in of the client."
                raise error_of({"kind": "canceled", "message": message, "outcome": "not_sent"}, None)
            if progress is not None:
                progress(Stage.WAITING, int(time.monotonic() - started), 0)
        return lock

    def _take_over(self, result: object) -> None:
        if isinstance(result, Result):
            with self._sign_in_lock:
                tokens = {name: result[name] for name in TOKENS if name in result}
                self._adopt({**self._parameters[0], **tokens})
                if self.on_tokens is not None:
                    self.on_tokens(result)

    def _store_for(self, given: Mapping[str, Any]) -> Optional[TokenStore]:
        """The client's store, unless the call is for another account."""
        return self.token_store if are_own_tokens("get_token", self._parameters[0], given) else None

    def _merged(self, given: Mapping[str, Any]) -> str:
        own, encoded = self._parameters
        return _encode(merged_parameters(own, given), "parameters") if given else encoded


def _restore(
    parameters: Dict[str, Any], on_tokens: Optional[Callable[[Result], object]], token_store: Optional[TokenStore]
) -> Twitter:
    return Twitter(parameters, on_tokens=on_tokens, token_store=token_store)


def _renew_locks() -> None:
    """In a child after fork(), no thread is left to release a lock that another thread held."""
    for client in list(_clients):
        client._make_lock()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_renew_locks)
