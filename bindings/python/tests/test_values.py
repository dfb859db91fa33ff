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
from local_x import LocalX

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


def test_numbers_keep_their_digits_as_text(x: LocalX, twitter: Twitter) -> None:
    for number, expected in (
        (12345678901234567890123, "12345678901234567890123"),
        (Decimal("1.10"), "1.10"),
        (Decimal("98765432109876543210.5"), "98765432109876543210.5"),
        (2.5, "2.5"),
    ):
        posted = twitter.create_text_tweet(number)  # type: ignore[arg-type]
        assert x.tweet(posted["data"]["id"])["text"] == expected


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


def test_half_a_character_is_named_with_its_field(x: LocalX, twitter: Twitter) -> None:
    """What is left where a text was cut in the middle of an emoji."""
    calls: "list[tuple[Callable[[], object], str]]" = [
        (lambda: twitter.create_text_tweet("a \ud83d"), "text"),
        (lambda: twitter.create_poll_tweet("a", ["b", "\ude00"], 60), "poll_options[1]"),
        (lambda: twitter.create_custom_tweet("a", reply={"in_reply_to_tweet_id": "\ud800"}), "reply"),
        (lambda: twitter.request("POST", "/2/tweets", json={"text": "\udc00"}), "json"),
        (lambda: twitter.get_me(query={"a": "\ud800"}), "query"),
        (lambda: Twitter(access_token="\ud800").get_me(), "parameters.access_token"),
    ]
    for call, field in calls:
        with pytest.raises(InvalidRequest) as failure:
            call()
        assert (failure.value.field or "").startswith(field), failure.value
    assert x.control("requests") == []
    whole = twitter.create_text_tweet("\ud83d\ude00 whole, though of two halves")
    assert x.tweet(whole["data"]["id"])["text"] == "😀 whole, though of two halves"
