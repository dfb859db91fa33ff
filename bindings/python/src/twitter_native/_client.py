"""Twitter, the class that people use, and what the module's functions stand on."""

from __future__ import annotations

import os
import sys
import threading
import weakref
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Tuple, Type

from . import _library
from ._errors import error_of
from ._functions import Functions, R
from ._media import Lender
from ._results import Result, result_of
from ._types import ParametersLike, Progress, Stage

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._functions import ParameterFields

#: The fields that hold files (contract: "A file is a path string, …"); generate.py checks that there are no others.
FILE_FIELDS = ("file", "files")
#: Functions that sign a user in.
SIGN_IN = (
    "get_token",
    "refresh_token",
    "handle_incoming_request_after_authorization",
    "wait_for_authorization",
    "oauth1_access_token",
)
#: The one of them that waits for a person: the others of the same client can't wait for that.
WAITS = "wait_for_authorization"
#: The fields of their results that are parameters from then on.
TOKENS = ("access_token", "refresh_token", "oauth_token", "oauth_token_secret")

_STAGES: Dict[int, Stage] = {int(stage): stage for stage in (Stage.WAITING, Stage.UPLOADING, Stage.PROCESSING)}
#: The library's levels as those of `logging`.
_LEVELS = {1: 40, 2: 30, 3: 20, 4: 10}
_DEBUG = 10
_logger: Any = None


def _encode(value: object) -> str:
    """JSON of this, by _json.encode, which takes this function's place from the first call on."""
    _import_json()
    return _encode(value)


def _decode(text: str) -> Any:
    _import_json()
    return _decode(text)


def _import_json() -> None:
    global _encode, _decode
    from ._json import decode, encode

    _encode, _decode = encode, decode  # type: ignore[assignment]


def _log() -> Optional[Callable[[int, bytes], object]]:
    """Hands the library's lines to the logger `twitter_native` where that wants everything. While nobody has imported
    `logging` nobody has enabled it, and importing it here would be a fifth of this package's import."""
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


def call(function: str, fields: Mapping[str, object], parameters: str, progress: Optional[Progress]) -> Any:
    """Any function of the library; `parameters` is JSON already. None is a field that is left out."""
    given = {name: value for name, value in fields.items() if value is not None}
    log = _log()
    if progress or not given.keys().isdisjoint(FILE_FIELDS):
        with Lender() as lender:
            for name in FILE_FIELDS:
                if name in given:
                    given[name] = lender.name_files(given[name])
            request = _request(given, parameters)
            answer = _library.call(function.encode("ascii"), request, lender.bytes, _staged(progress), log)
    else:
        answer = _library.call(function.encode("ascii"), _request(given, parameters), (), None, log)
    envelope = _decode(answer.decode("utf-8"))
    http = envelope.get("http")
    if envelope["ok"]:
        return result_of(envelope["result"], http)
    raise error_of(envelope["error"], http)


def _request(given: Mapping[str, object], parameters: str) -> bytes:
    if not given:
        return f'{{"parameters":{parameters}}}'.encode("ascii")
    return f'{{"parameters":{parameters},{_encode(given)[1:]}'.encode("ascii")


def _staged(progress: Optional[Progress]) -> Optional[Callable[[int, int, int], object]]:
    if progress is None:
        return None
    tell = progress
    # The known ones are always the same objects, so that `stage is Stage.UPLOADING` works.
    return lambda stage, done, total: tell(_STAGES.get(stage) or Stage(stage), done, total)


def read_parameters(given: Optional[ParametersLike]) -> Dict[str, Any]:
    """Parameters as a dict: of a mapping, of JSON text, or of the JSON file at a path."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return dict(given)
    text = os.fsdecode(given)
    try:
        if text.lstrip().startswith("{"):
            read = _decode(text)
        else:
            with open(text, encoding="utf-8-sig") as file:
                read = _decode(file.read())
    except (OSError, ValueError):
        # The library says better what is wrong with it, and raises; should it know better still, it has read them.
        return dict(call("get_standard_parameters", {}, _encode(text), None))
    return dict(read)


class ModuleFunctions(Functions):
    """Functions without a client: each call has its own parameters, and no token is kept."""

    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
    ) -> R:
        result: R = call(function, fields, _encode(read_parameters(parameters)), progress)
        return result

    def __reduce__(self) -> str:
        # The module's one instance, so that its methods can be sent to other processes.
        return "module_functions"


module_functions = ModuleFunctions()

_clients: weakref.WeakSet[Twitter] = weakref.WeakSet()


class Twitter(Functions):
    """X for one application and account.

    Arguments:
        parameters: settings and credentials, as a mapping, as JSON text, or as the path of a JSON file.
        on_tokens: called with the result of each call that gets new tokens (`access_token`, `refresh_token`,
            `expires_at`, …; by OAuth 1.0a `oauth_token`, `oauth_token_secret`), when the client has taken them over:
            store them there. A refresh token is good for once.
        **more: single parameters, laid over `parameters`: `Twitter("twitter.json", deadline_seconds=30)`.
            `ParameterFields` lists them with their meanings.

    A client may be used by any number of threads at once, and in children after fork(). Every method takes
    `parameters=` as well, for that one call, and `progress=`, any callable that takes (stage, done, total).
    Failures are TwitterErrors; see there.
    """

    def __init__(
        self,
        parameters: Optional[ParametersLike] = None,
        /,
        *,
        on_tokens: Optional[Callable[[Result], object]] = None,
        **more: Unpack[ParameterFields],
    ) -> None:
        self.on_tokens = on_tokens
        self._adopt({**read_parameters(parameters), **more})
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
        return _restore, (self.parameters, self.on_tokens)

    def _make_lock(self) -> None:
        # Reentrant: on_tokens may use the client.
        self._sign_in_lock = threading.RLock()

    def _adopt(self, parameters: Dict[str, Any]) -> None:
        # One assignment of both forms, so that threads see either the old tokens or the new ones.
        self._parameters = (parameters, _encode(parameters))

    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
    ) -> R:
        result: R
        if function in SIGN_IN and function != WAITS:
            # One at a time: two threads with the same refresh token would make X revoke both.
            with self._sign_in_lock:
                result = call(function, fields, self._laid_over(parameters), progress)
                self._take_over(result)
                return result
        result = call(function, fields, self._laid_over(parameters), progress)
        if function == WAITS:
            self._take_over(result)
        return result

    def _take_over(self, result: object) -> None:
        if isinstance(result, Result):
            with self._sign_in_lock:
                tokens = {name: result[name] for name in TOKENS if name in result}
                self._adopt({**self._parameters[0], **tokens})
                if self.on_tokens is not None:
                    self.on_tokens(result)

    def _laid_over(self, parameters: Optional[ParametersLike]) -> str:
        if parameters is None:
            return self._parameters[1]
        return _encode({**self._parameters[0], **read_parameters(parameters)})


def _restore(parameters: Dict[str, Any], on_tokens: Optional[Callable[[Result], object]]) -> Twitter:
    return Twitter(parameters, on_tokens=on_tokens)


def _renew_locks() -> None:
    """In a child after fork() nobody is left to release a lock that another thread held."""
    for client in list(_clients):
        client._make_lock()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_renew_locks)
