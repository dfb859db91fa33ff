"""The account's tokens in a store of the caller's: `Twitter(token_store=…)`."""

from __future__ import annotations

import sys
from typing import Any, Callable, ContextManager, List, Optional, Protocol

from ._library import TokenStoreFunctions


class LockedTokens(Protocol):
    """The locked tokens, which the context manager of `TokenStore.lock` gives."""

    def load(self) -> Optional[str]:
        """The text, read under the lock; None or "" if there is none yet."""

    def save(self, text: str) -> object:
        """Saves the text. It has to be durable when the context manager has exited without an exception."""


class TokenStore(Protocol):
    """Keeps an account's tokens, for example in a row of a database. The methods run in the thread that made the call.
    Several threads may call them at once. docs/tokens.md says what the library does with the store."""

    def load(self) -> Optional[str]:
        """The text; None or "" if there is none yet."""

    def lock(self) -> ContextManager[LockedTokens]:
        """A context manager that holds the store's lock, as a transaction with SELECT … FOR UPDATE does. When it has
        exited without an exception, what was saved is durable.

        The method may take `timeout`: for how many seconds it may wait for the lock. If it does not get the lock in
        that time, or at once if it is 0, it raises an exception."""


class TokenStoreCallbacks:
    """The three functions of `twitter_token_store` for one call, by the caller's `TokenStore`."""

    def __init__(self, store: TokenStore) -> None:
        self._store = store
        self._lock: Optional[ContextManager[LockedTokens]] = None
        self._locked: Optional[LockedTokens] = None
        #: What the store raised last; None if it raised nothing.
        self.error: Optional[Exception] = None
        #: What the store raised that is no Exception, such as KeyboardInterrupt. The call raises it.
        self.raised: List[BaseException] = []
        self.functions = TokenStoreFunctions(self._load, self._save, self._release)

    def _load(self, for_update: bool, timeout_ms: int, give: Callable[[bytes], None]) -> int:
        def load() -> None:
            text = self._lock_and_load(timeout_ms / 1000) if for_update else self._store.load()
            if text:
                give(text.encode("utf-8"))

        return self._result_of(load)

    def _lock_and_load(self, timeout: float) -> Optional[str]:
        store: Any = self._store
        lock = store.lock(timeout=timeout) if _takes_timeout(store) else store.lock()
        locked = lock.__enter__()
        try:
            text: Optional[str] = locked.load()
        except BaseException:
            lock.__exit__(*sys.exc_info())
            raise
        self._lock, self._locked = lock, locked
        return text

    def _save(self, text: bytes) -> int:
        def save() -> None:
            lock, locked = self._take_lock()
            try:
                locked.save(text.decode("utf-8"))
            except BaseException:
                lock.__exit__(*sys.exc_info())
                raise
            lock.__exit__(None, None, None)

        return self._result_of(save)

    def _release(self) -> None:
        def release() -> None:
            lock, _ = self._take_lock()
            lock.__exit__(None, None, None)

        self._result_of(release)

    def _take_lock(self) -> Any:
        """The context manager of the lock and what it gave. This object forgets them."""
        lock, locked = self._lock, self._locked
        self._lock = self._locked = None
        return lock, locked

    def _result_of(self, function: Callable[[], None]) -> int:
        """What the library gets: 0, or 1 if the function raised. An exception must not reach the library."""
        try:
            function()
        except Exception as error:
            self.error = error
            return 1
        except BaseException as error:
            self.raised.append(error)
            return 1
        return 0


def _takes_timeout(store: Any) -> bool:
    # Imported here, because few programs need it.
    from inspect import signature

    return "timeout" in signature(store.lock).parameters
