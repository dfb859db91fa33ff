"""Values of Python's many types arrive as they are written, and what can't be sent is named."""

from __future__ import annotations

import enum
import math
from collections import OrderedDict, deque
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Callable

import pytest

from twitter_native import InvalidRequest, Twitter
from twitter_native._json import encode

Text = Callable[[], str]


class Colour(str, enum.Enum):
    RED = "red"


class Number(enum.IntEnum):
    TWO = 2


class Index:
    """As numpy's integers are: no int, but a whole number."""

    def __index__(self) -> int:
        return 7


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12345678901234567890123, "12345678901234567890123"),
        (Decimal("1.10"), "1.10"),
        (Decimal("12345678901234567890.50"), "12345678901234567890.50"),
        (Decimal("1E+3"), "1E+3"),
        (1.5, "1.5"),
        (True, "true"),
        (Colour.RED, '"red"'),
        (Number.TWO, "2"),
        (Index(), "7"),
        (MappingProxyType({"a": Decimal("0.10")}), '{"a":0.10}'),
        (OrderedDict(b=1, a=(1, 2)), '{"b":1,"a":[1,2]}'),
        ({1: {2.5: {None: {True: Decimal(1)}}}}, '{"1":{"2.5":{"null":{"true":1}}}}'),
        (deque([1, range(2)]), "[1,[0,1]]"),
        ({"ids": {7}}, '{"ids":[7]}'),
        ({"a": {}.keys(), "b": None}, '{"a":[],"b":null}'),
        ("\ud83d\ude00 \ud800", '"\\ud83d\\ude00 \\ud800"'),
    ],
)
def test_json_of_many_types(value: Any, expected: str) -> None:
    assert encode(value) == expected
    assert encode({"x": [value, Decimal("0.0")]}) == f'{{"x":[{expected},0.0]}}'


def test_what_cannot_be_sent_is_named(twitter: Twitter) -> None:
    refused: "list[tuple[Any, str]]" = [
        (lambda: twitter.create_text_tweet(b"bytes"), "text can't be sent as bytes: decode it first"),  # type: ignore[arg-type]
        (lambda: twitter.get_me(query={"a": [1, Fraction(1, 2)]}), r"query.a\[1\] can't be sent as Fraction"),
        (lambda: twitter.get_me(query={(1, 2): 1}), "a name in query is text, not tuple"),  # type: ignore[dict-item]
        (lambda: Twitter(access_token=b"a"), "parameters.access_token can't be sent as bytes"),  # type: ignore[arg-type]
        (lambda: twitter.get_me(parameters={"client_id": object()}), "parameters.client_id can't be sent as object"),
    ]
    for call, message in refused:
        with pytest.raises(TypeError, match=message):
            call()
    for number in (math.nan, math.inf, Decimal("NaN"), Decimal("-Infinity")):
        with pytest.raises(InvalidRequest, match="no number in JSON") as failure:
            twitter.request("POST", "/2/tweets", json={"a": [number]})
        assert (failure.value.field, failure.value.outcome) == ("json.a[0]", "not_sent")
