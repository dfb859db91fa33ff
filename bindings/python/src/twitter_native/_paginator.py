"""Lists of X's, page by page."""

from __future__ import annotations

from typing import Any, Callable, Dict, Iterator, Mapping, Optional

from ._errors import error_of
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

    Arguments:
        function: any method of a client, or function of the module, that takes `max_pages`.
        *arguments, query, **more: what that function takes.
        max_pages: how many pages are read at the most; all of them unless given.

    An error of a page comes out of the iteration. After it `next(paginator)`, or another `for` loop over the same
    paginator, asks for that page again; nothing is lost and nothing read twice. To go on in another process, keep
    `next_token` and give it as `query={"pagination_token": next_token}`.
    """

    next_token: Optional[str]
    """The token of the page that comes next; None before the first and after the last one."""

    def __init__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        query: Optional[Mapping[str, Any]] = None,
        max_pages: Optional[int] = None,
        **more: Any,
    ) -> None:
        if max_pages is not None and max_pages < 1:
            raise ValueError("max_pages is at least 1")
        self._function = function
        self._arguments = arguments
        self._query: Dict[str, Any] = dict(query or {})
        self._more = more
        self._left = max_pages
        self._ended = False
        self.next_token = None

    def __next__(self) -> Result:
        if self._ended:
            raise StopIteration
        page: Result = self._function(*self._arguments, query=self._query or None, max_pages=1, **self._more)
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
        if token:
            others = {name: value for name, value in self._query.items() if name not in _TOKENS}
            self._query = {**others, self._name_of_token(): token}

    def _name_of_token(self) -> str:
        """X's document: every list takes `pagination_token`, apart from one search."""
        given = (*self._arguments, *self._more.values())
        return "next_token" if any(map(_is_search_of_users, given)) else "pagination_token"


def _is_search_of_users(value: object) -> bool:
    return isinstance(value, str) and value.partition("?")[0].rstrip("/").endswith("/2/users/search")
