"""Reads X's lists page by page."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, Iterator, Mapping, Optional, Set, Union

from ._errors import error_of
from ._operations import Operations
from ._results import Result

#: The query's names of a page's token.
_TOKENS = ("pagination_token", "next_token")


class Paginator(Iterator[Result]):
    """Reads a list page by page. Each page is a call of its own, made when it is asked for, so no more than one page is
    in memory.

        for page in Paginator(twitter.get_liked_tweets, query={"max_results": 100}):
            for tweet in page.get("data", ()):
                print(tweet["text"])

        for tweet in Paginator(twitter.get_liked_tweets).flatten(limit=250):
            print(tweet["text"])

        for post in Paginator(twitter.search_posts_recent, query="rust lang:en").flatten(limit=250):
            print(post["text"])

    Arguments:
        function: any method of a client, or function of the module, that takes `max_pages`; operations of X's too.
        *arguments, query, **more: what that function takes.
        max_pages: how many pages are read at the most; all of them unless given.

    An error of a page comes out of the iteration. After it `next(paginator)`, or another `for` loop over the same
    paginator, asks for that page again; nothing is lost and nothing read twice. To go on in another process, keep
    `next_token` and give it as `query={"pagination_token": next_token}`, to an operation as `pagination_token=`.
    """

    next_token: Optional[str]
    """The token of the page that comes next; None before the first and after the last one."""

    def __init__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        query: Union[Mapping[str, Any], str, None] = None,
        max_pages: Optional[int] = None,
        **more: Any,
    ) -> None:
        if max_pages is not None and max_pages < 1:
            raise ValueError("max_pages is at least 1")
        self._function = function
        self._arguments = arguments
        #: Those of an operation, where a `query` is X's own field and a token stands beside it; None otherwise.
        self._fields = _fields_of(function)
        if self._fields is not None:
            more.update({} if query is None else {"query": query})
            query = None
        elif isinstance(query, str):
            raise TypeError("query is a mapping of X's query values; operations alone take a text")
        self._query: Dict[str, Any] = dict(query or {})
        self._more = more
        self._left = max_pages
        self._ended = False
        self.next_token = None

    def __next__(self) -> Result:
        if self._ended:
            raise StopIteration
        query = {} if self._fields is not None else {"query": self._query or None}
        page: Result = self._function(*self._arguments, max_pages=1, **query, **self._more)
        self._go_on_behind(page)
        return page

    def flatten(self, limit: Optional[int] = None) -> Iterator[Any]:
        """The elements of the pages' `data`, one after the other; `limit` of them at the most."""
        left = limit
        if left == 0:
            return
        for page in self:
            for item in page.get("data", ()) if isinstance(page, dict) else page:
                yield item
                if left is not None:
                    left -= 1
                    if left == 0:
                        return

    def _go_on_behind(self, page: object) -> None:
        meta = page.get("meta") if isinstance(page, dict) else None
        token = meta.get("next_token") if isinstance(meta, dict) else None
        if token and token == self.next_token:
            message = "X gives the page that was just read as the next one: the list would have no end."
            raise error_of({"kind": "unexpected_response", "message": message}, getattr(page, "http", None))
        self.next_token = token or None
        if self._left is not None:
            self._left -= 1
        self._ended = self.next_token is None or self._left == 0
        if token and self._fields is not None:
            self._more = {**_without_tokens(self._more), self._name_of_token(): token}
        elif token:
            self._query = {**_without_tokens(self._query), self._name_of_token(): token}

    def _name_of_token(self) -> str:
        """X's document: every list takes `pagination_token`, apart from one search."""
        if self._fields is not None:
            return next(name for name in _TOKENS if name in self._fields or name == _TOKENS[-1])
        given = (*self._arguments, *self._more.values())
        return "next_token" if any(map(_is_search_of_users, given)) else "pagination_token"


def _fields_of(function: object) -> Optional[Set[str]]:
    """The fields of an operation of X's, of its method; None of any other function."""
    method = function.func if isinstance(function, partial) else None
    client = getattr(method, "__self__", None)
    if not isinstance(client, Operations) or getattr(method, "__name__", "") != "_operate":
        return None
    return set(client.describe(name=function.args[0])[0]["request"]["properties"])  # type: ignore[attr-defined]


def _without_tokens(values: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _TOKENS}


def _is_search_of_users(value: object) -> bool:
    return isinstance(value, str) and value.partition("?")[0].rstrip("/").endswith("/2/users/search")
