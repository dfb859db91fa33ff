"""The account's tokens in a store of the caller's: `Twitter(token_store=…)`."""

from __future__ import annotations

import sys
from typing import Any, Callable, ContextManager, List, Optional, Protocol

from ._library import TokenStoreFunctions


class LockedTokens(Protocol):
    """What the context manager of `TokenStore.lock` gives: the tokens while they are locked."""

    def load(self) -> Optional[str]:
        """The text, as it is under the lock; None or "" where there is none yet."""

    def save(self, text: str) -> object:
        """Keeps the text. It has to be safe when the context manager has ended without an exception."""


class TokenStore(Protocol):
    """An account's tokens in a store of yours, such as a row of a database. Its methods run in the thread that calls.
    They may be called by several threads at once. docs/tokens.md says what the library does with it."""

    def load(self) -> Optional[str]:
        """The text; None or "" where there is none yet."""

    def lock(self) -> ContextManager[LockedTokens]:
        """A context manager that holds the store's lock, as a transaction with SELECT … FOR UPDATE does. At its end
        without an exception what was saved is safe.

        It may take `timeout`: how many seconds it may wait for the lock; after them, and at once with 0, it raises."""


class StoreCall:
    """The functions of one call's store, as the library calls them."""

    def __init__(self, store: TokenStore) -> None:
        self._store = store
        self._lock: Optional[ContextManager[LockedTokens]] = None
        self._locked: Optional[LockedTokens] = None
        #: What the store raised last.
        self.fault: Optional[Exception] = None
        #: What is to end the program, such as KeyboardInterrupt.
        self.raised: List[BaseException] = []
        self.functions = TokenStoreFunctions(self._load, self._save, self._release)

    def _load(self, for_update: bool, timeout_ms: int, give: Callable[[bytes], None]) -> int:
        def load() -> None:
            text = self._lock_and_load(timeout_ms / 1000) if for_update else self._store.load()
            if text:
                give(text.encode("utf-8"))

        return self._tried(load)

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
            lock, locked = self._taken()
            try:
                locked.save(text.decode("utf-8"))
            except BaseException:
                lock.__exit__(*sys.exc_info())
                raise
            lock.__exit__(None, None, None)

        return self._tried(save)

    def _release(self) -> None:
        def release() -> None:
            lock, _ = self._taken()
            lock.__exit__(None, None, None)

        self._tried(release)

    def _taken(self) -> Any:
        lock, locked = self._lock, self._locked
        self._lock = self._locked = None
        return lock, locked

    def _tried(self, function: Callable[[], None]) -> int:
        try:
            function()
        except Exception as error:
            self.fault = error
            return 1
        except BaseException as error:
            self.raised.append(error)
            return 1
        return 0


def _takes_timeout(store: Any) -> bool:
    # Here, because few programs need it.
    from inspect import signature

    return "timeout" in signature(store.lock).parameters
