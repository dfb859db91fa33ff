"""X's operations as methods of a client. Types are in _operations.pyi, which is made from the library's table."""

from __future__ import annotations

import keyword
from functools import partial
from typing import Any, Callable, List, Optional, Set

from ._errors import InvalidRequest
from ._functions import Functions
from ._results import Result, ResultList
from ._types import Cancel, ParametersLike, Progress

#: Arguments of every call. A field of that name gets an underscore at its end, as a field that is a keyword of Python.
_TAKEN = ("parameters", "progress", "cancel")


class Operations(Functions):
    """Each operation of X's OpenAPI document is a method by its operationId in snake_case:

        twitter.search_posts_recent(query="rust lang:en", max_results=50, post_fields=["created_at"])

    The fields of path, query and body are keyword arguments; `post_fields` is X's `post.fields`. The library checks
    them before anything is sent.
    """

    def __getattr__(self, name: str) -> Callable[..., Result]:
        if name.startswith("_") or not self._is_operation(name):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}, and X no such operation")
        return partial(self._operate, name)

    def __dir__(self) -> List[str]:
        listed = self._call(ResultList, "describe", {"operations": True}, None, None, None)
        return sorted({*super().__dir__(), *(operation["name"] for operation in listed)})

    def _is_operation(self, name: str) -> bool:
        known: Set[str] = self.__dict__.setdefault("_known_operations", set())
        if name not in known:
            try:
                self._call(ResultList, "describe", {"name": name}, None, None, None)
            except InvalidRequest:
                return False
            known.add(name)
        return True

    def _operate(
        self,
        name: str,
        /,
        *,
        parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
        **fields: Any,
    ) -> Result:
        given = {_field(argument): value for argument, value in fields.items()}
        return self._call(Result, name, given, parameters, progress, cancel)


def _field(argument: str) -> str:
    """X's name for an argument."""
    bare = argument[:-1]
    return bare if argument.endswith("_") and (keyword.iskeyword(bare) or bare in _TAKEN) else argument
