"""Errors, one class for each kind of the library's. See the tree in TwitterError."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, Dict, List, Mapping, Optional, Tuple, Type


class TwitterError(Exception):
    """A call failed. Catch this one for all of them; a kind that this version doesn't know is this class itself.

        TwitterError
        ├── InvalidRequest (ValueError)     a field is missing, unknown or out of range; nothing was sent
        ├── MissingCredentials              a key is empty; nothing was sent
        ├── AuthorizationError              a person has to sign in (again), or the keys are wrong: `reason`
        ├── FileError (OSError)             a file can't be read, or changed while it was read: `path`, `errno`
        │   ├── FileNotFound (FileNotFoundError)
        │   └── FileNotAllowed (PermissionError)
        ├── NetworkError (ConnectionError)  no connection, or a broken one: `outcome`
        ├── TimedOut (TimeoutError)         connecting, silence, or the deadline: `outcome`
        ├── Canceled                        by `cancel`, or by shutdown(): `outcome`
        ├── RateLimited                     X's limit, for longer than max_wait_seconds: `retry_after`
        ├── ApiError                        X says no: `status`, `problem`, `details`
        │   ├── Duplicate                   the same text was posted before
        │   ├── OutOfCredits                the account has no credits left, or reached its spend cap
        │   ├── NotPermitted                a scope, the application's permission or the access level is missing
        │   └── NotFound                    what the call is about does not exist, or can't be seen
        ├── MediaFailed                     X could not process the media, or not in time: `media_id`, `state`
        ├── UnexpectedResponse              X's success can't be read: `outcome`
        └── InternalError                   a bug in twitter_native, caught

    `str()` is one plain sentence that says what happened and what to do. What doesn't apply is None, or empty.
    """

    message: str
    """What happened and what to do."""
    kind: str
    """The kind, as the library names it: `rate_limited`."""
    retryable: bool
    """True only where the same call again can't act twice."""
    outcome: Optional[str]
    """Of a call that writes: `not_sent`, `rejected` (X did not act) or `unknown` (look before you repeat it)."""
    status: Optional[int]
    """The HTTP status, where X answered."""
    code: Optional[str]
    """X's own code of the error."""
    title: Optional[str]
    """X's title of the error."""
    details: Any
    """X's answer: JSON, or text where it isn't JSON."""
    problem: Optional[str]
    """`duplicate`, `credits`, `spend_cap`, `missing_scope`, `app_permissions`, `access_level`, `not_found`, or X's."""
    field: Optional[str]
    """The argument that is wrong, as a path: `files[1]`."""
    suggestion: Optional[str]
    """What was probably meant."""
    missing: List[str]
    """The parameters that are empty."""
    reason: Optional[str]
    """Of an AuthorizationError: `denied`, `state`, `state_expired`, `code`, `refresh_token`, `access_token`,
    `keys`, `clock`."""
    path: Optional[str]
    """The file."""
    os_error: Optional[int]
    """The system's number, where a file can't be read: `errno`, on Windows `winerror`."""
    retry_after: Optional[int]
    """Seconds until X's limit is over."""
    media_id: Optional[str]
    """The media that failed."""
    media_ids: List[str]
    """What is at X already, and need not be uploaded again."""
    state: Optional[str]
    """How far X came with the media."""
    step: Optional[str]
    """What failed: `upload`, `metadata` or `tweet`."""
    posted: Optional[List[Dict[str, Any]]]
    """Of a thread: X's answers to the tweets that are posted."""
    next: Optional[int]
    """Of a thread: the index of the tweet that failed. Go on from there, in answer to the last of `posted`."""
    http: Optional[Dict[str, Any]]
    """The last request, as in `Result.http`; None where nothing was sent."""
    error: Dict[str, Any]
    """The library's error object as it came, with fields that this version doesn't know."""

    def __init__(self, error: Mapping[str, Any], http: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(error.get("message", ""))
        self.error = dict(error)
        self.http = http
        self.message = error.get("message", "")
        self.kind = error.get("kind", "")
        self.retryable = error.get("retryable", False)
        for name in _OPTIONAL:
            setattr(self, name, error.get(name))
        for name in _LISTS:
            setattr(self, name, list(error.get(name, ())))

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        shown = [repr(self.message)]
        # `details` is X's whole answer: too long to help here.
        shown += [
            f"{name}={value!r}" for name, value in self.error.items() if name not in ("message", "kind", "details")
        ]
        if type(self) is TwitterError:
            shown.insert(1, f"kind={self.kind!r}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.error, self.http)


_OPTIONAL = (
    "outcome", "status", "code", "title", "details", "problem", "field", "suggestion", "reason", "path",
    "os_error", "retry_after", "media_id", "state", "step", "posted", "next",
)  # fmt: skip
_LISTS = ("missing", "media_ids")


class InvalidRequest(TwitterError, ValueError):
    """A field is missing, unknown or out of range; nothing was sent. See `field` and `suggestion`."""


class MissingCredentials(TwitterError):
    """A key that the call needs is empty; nothing was sent. See `missing`."""


class AuthorizationError(TwitterError):
    """A person has to sign in (again), or the keys are wrong. See `reason`."""


class FileError(TwitterError, OSError):
    """A file can't be read or written, or changed while it was read. See `path`; `filename` is the same, and `errno`
    and `strerror` are those of any OSError, None where it isn't the system that refused the file."""

    def __init__(self, error: Mapping[str, Any], http: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(error, http)
        self.filename = self.path
        number = error.get("os_error")
        if number is not None:
            self.errno = _errno(number)
            self.strerror = os.strerror(self.errno)
            if sys.platform == "win32":
                self.winerror = number


class FileNotFound(FileError, FileNotFoundError):
    """There is no file of that name."""


class FileNotAllowed(FileError, PermissionError):
    """The system doesn't let this program read or write the file."""


class NetworkError(TwitterError, ConnectionError):
    """Name look-up, connection, TLS or proxy failed, or the connection broke. See `outcome`."""


class TimedOut(TwitterError, TimeoutError):
    """Connecting took too long, X was silent for too long, or the deadline passed. See `outcome`."""


class Canceled(TwitterError):
    """The call was ended by its `cancel`, or by `shutdown`. See `outcome`: what was sent may have been carried out.
    What a progress callback raises comes out itself instead."""


class RateLimited(TwitterError):
    """X's limit is reached for longer than `max_wait_seconds`. See `retry_after`."""


class ApiError(TwitterError):
    """X answered with an error. See `status`, `problem`, `details`."""


class Duplicate(ApiError):
    """The account posted the same before (`problem` is `duplicate`)."""


class OutOfCredits(ApiError):
    """No credits are left, or the spend cap is reached (`problem` is `credits` or `spend_cap`)."""


class NotPermitted(ApiError):
    """`problem` is `missing_scope`, `app_permissions` or `access_level`; the message says what to change where."""


class NotFound(ApiError):
    """What the call is about does not exist, or can't be seen (`problem` is `not_found`)."""


class MediaFailed(TwitterError):
    """X could not process the media, or did not finish in time. See `media_id` and `state`."""


class UnexpectedResponse(TwitterError):
    """X said success in a way that can't be read. See `outcome`."""


class InternalError(TwitterError):
    """A bug in twitter_native, caught. Please report it."""


KINDS: Dict[str, Type[TwitterError]] = {
    "invalid_request": InvalidRequest,
    "missing_credentials": MissingCredentials,
    "authorization": AuthorizationError,
    "io": FileError,
    "network": NetworkError,
    "timeout": TimedOut,
    "canceled": Canceled,
    "rate_limited": RateLimited,
    "api": ApiError,
    "media_failed": MediaFailed,
    "unexpected_response": UnexpectedResponse,
    "internal": InternalError,
}
#: Subclasses by errno, for `except FileNotFoundError` and `except PermissionError`.
_FILES: Dict[Optional[int], Type[FileError]] = {
    errno.ENOENT: FileNotFound,
    errno.EACCES: FileNotAllowed,
    errno.EPERM: FileNotAllowed,
}
_PROBLEMS: Dict[Optional[str], Type[TwitterError]] = {
    "duplicate": Duplicate,
    "credits": OutOfCredits,
    "spend_cap": OutOfCredits,
    "missing_scope": NotPermitted,
    "app_permissions": NotPermitted,
    "access_level": NotPermitted,
    "not_found": NotFound,
}


def error_of(error: Mapping[str, Any], http: Optional[Dict[str, Any]]) -> TwitterError:
    """The exception of an envelope's `error`."""
    known = KINDS.get(error.get("kind", ""), TwitterError)
    if known is ApiError:
        known = _PROBLEMS.get(error.get("problem"), ApiError)
    elif known is FileError and "os_error" in error:
        known = _FILES.get(_errno(error["os_error"]), FileError)
    return known(error, http)


def _errno(os_error: int) -> int:
    """The errno of a system error. On Windows the library gives a number of Windows, which Python translates."""
    if sys.platform == "win32":
        return OSError(0, "", None, os_error).errno or 0
    return os_error


def unreadable(path: str, error: OSError) -> TwitterError:
    """The error of a file that Python, not the library, could not read."""
    message = f"The file {printable(path)} can't be read: {error.strerror or error}."
    said = {"kind": "io", "message": message, "path": path, "outcome": "not_sent"}
    number = getattr(error, "winerror", None) or error.errno
    return error_of(said if number is None else {**said, "os_error": number}, None)


def not_utf8(field: str, path: str) -> TwitterError:
    """The error of a path that is not UTF-8."""
    message = f"`{field}` ({printable(path)}) is a name that isn't UTF-8, and the library takes no other: rename it."
    return error_of({"kind": "invalid_request", "message": message, "field": field, "outcome": "not_sent"}, None)


def printable(path: str) -> str:
    """A path as printable text. Bytes that aren't UTF-8 are shown as escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
