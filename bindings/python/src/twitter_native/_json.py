"""Encodes and decodes JSON for the library.

The first call imports this module, not the package: importing `json` takes longer than the rest of the package.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence, Set
from typing import Any

from ._errors import InvalidRequest

_encode = json.JSONEncoder(ensure_ascii=True, check_circular=False, allow_nan=False, separators=(",", ":")).encode
decode = json.JSONDecoder().decode


def encode(value: object, where: str = "") -> str:
    """JSON of a value.

    Arguments:
        value: what `json` can encode, and any mapping, sequence, set, path or number.
        where: the path of the value in the request, for errors.
    """
    try:
        return _encode(value)
    except (TypeError, ValueError):
        return _encode_any(value, where)


def _encode_any(value: Any, where: str) -> str:
    """JSON of what the encoder of `json` refuses: any mapping, sequence or set, paths, and numbers of other types, with
    all their digits."""
    if value is None or isinstance(value, (str, int)):
        return _encode(value)
    if isinstance(value, float):
        return _encode(value) if math.isfinite(value) else _refuse_number(value, where)
    if isinstance(value, Mapping):
        members = (f"{_key(key, where)}:{_encode_any(item, _below(where, key))}" for key, item in value.items())
        return f"{{{','.join(members)}}}"
    if isinstance(value, os.PathLike):
        return _encode(os.fsdecode(value))
    if isinstance(value, (Sequence, Set)) and not isinstance(value, (bytes, bytearray, memoryview)):
        return f"[{','.join(_encode_any(item, f'{where}[{index}]') for index, item in enumerate(value))}]"
    if hasattr(value, "__index__"):
        return str(value.__index__())
    from decimal import Decimal

    if isinstance(value, Decimal):
        return str(value) if value.is_finite() else _refuse_number(value, where)
    hint = ": decode it first" if isinstance(value, (bytes, bytearray, memoryview)) else ""
    raise TypeError(f"{where or 'the request'} can't be sent as {type(value).__name__}{hint}")


def _key(key: object, where: str) -> str:
    if isinstance(key, str):
        return _encode(key)
    if key is None or isinstance(key, (int, float)):
        return _encode(_encode(key))
    raise TypeError(f"a name in {where or 'the request'} is text, not {type(key).__name__}")


def _below(where: str, key: object) -> str:
    return f"{where}.{key}" if where else str(key)


def _refuse_number(value: object, where: str) -> str:
    message = f"`{where}` is {value}, which is no number in JSON."
    raise InvalidRequest({"kind": "invalid_request", "message": message, "field": where, "outcome": "not_sent"})
