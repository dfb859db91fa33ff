"""What calls return: X's JSON, with what was sent and answered beside it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Union

Http = Dict[str, Any]


class Result(Dict[str, Any]):
    """A JSON object, as X sent it. Empty where X sent nothing."""

    http: Optional[Http] = None
    """The last request of the call: `status`, `requests` and `attempts` of the call, `auth`, `transaction_id`,
    `rate_limit` (`limit`, `remaining`, `reset`). None where nothing was sent."""


class ResultList(List[Any]):
    """A JSON array."""

    http: Optional[Http] = None
    """The last request of the call, as in `Result`."""


def result_of(value: object, http: Optional[Http]) -> Union[Result, ResultList]:
    """X's JSON as a result. Functions return objects and arrays; null is an empty body."""
    result = ResultList(value) if isinstance(value, list) else Result(value or {})  # type: ignore[call-overload]
    if http is not None:
        result.http = http
    return result
