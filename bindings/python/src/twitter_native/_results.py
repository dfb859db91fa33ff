"""What calls return: X's JSON, with what was sent and answered beside it."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Union

Http = Dict[str, Any]


class Result(Dict[str, Any]):
    """A JSON object, as X sent it. Empty where X sent nothing."""

    http: Optional[Http] = None
    """The last request of the call: `status`, `requests` and `attempts` of the call, `auth`, `transaction_id`,
    `rate_limit` (`limit`, `remaining`, `reset`), and `already` where X says that an earlier attempt of this call did
    it. None where nothing was sent."""


class ResultList(List[Any]):
    """A JSON array."""

    http: Optional[Http] = None
    """The last request of the call, as in `Result`."""


def result_of(value: Any, http: Optional[Http]) -> Any:
    """X's JSON as a result; null is an empty body. Functions give objects and arrays. An endpoint may also answer
    `request` with text, a number or a boolean, which has no place for `http` and is returned as it is."""
    if value is not None and not isinstance(value, (dict, list)):
        return value
    result: Union[Result, ResultList] = ResultList(value) if isinstance(value, list) else Result(value or {})
    if http is not None:
        result.http = http
    return result
