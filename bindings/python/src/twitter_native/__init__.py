"""X (Twitter) for Python: tweets, pictures and big videos, by the library twitter-native.

    from twitter_native import Twitter

    twitter = Twitter("twitter.json")
    twitter.create_video_tweet("Look", "video.mp4", progress=print)

Each function of the library is a method of Twitter, and a function here that takes `parameters=`. They block, and let
go of the GIL; failures are TwitterErrors.
"""

from . import _exports
from ._client import Twitter
from ._errors import (
    ApiError,
    AuthorizationError,
    Canceled,
    Duplicate,
    FileError,
    FileNotAllowed,
    FileNotFound,
    InternalError,
    InvalidRequest,
    MediaFailed,
    MissingCredentials,
    NetworkError,
    NotFound,
    NotPermitted,
    OutOfCredits,
    RateLimited,
    TimedOut,
    TwitterError,
    UnexpectedResponse,
)
from ._exports import *  # noqa: F403
from ._functions import MediaCategory, ParameterFields, ReplySettings
from ._library import Cancel, LibraryNotFound, shutdown, version
from ._paginator import Paginator
from ._results import Result, ResultList
from ._token_store import LockedTokens, TokenStore
from ._types import File, Id, ParametersLike, Progress, Stage

__version__ = version()

__all__ = [
    "ApiError",
    "AuthorizationError",
    "Cancel",
    "Canceled",
    "Duplicate",
    "File",
    "FileError",
    "FileNotAllowed",
    "FileNotFound",
    "Id",
    "InternalError",
    "InvalidRequest",
    "LibraryNotFound",
    "LockedTokens",
    "MediaCategory",
    "MediaFailed",
    "MissingCredentials",
    "NetworkError",
    "NotFound",
    "NotPermitted",
    "OutOfCredits",
    "Paginator",
    "ParameterFields",
    "ParametersLike",
    "Progress",
    "RateLimited",
    "ReplySettings",
    "Result",
    "ResultList",
    "Stage",
    "TimedOut",
    "TokenStore",
    "Twitter",
    "TwitterError",
    "UnexpectedResponse",
    "shutdown",
    "version",
]
__all__ += _exports.__all__
