"""Keeps an account's tokens in Redis, for all processes and machines that use the account.

python tokens_in_redis.py twitter.json "Hello" redis://localhost:6379/0 account:7

The lock is a key that expires, so it ends some seconds after its process. While the process lives, a thread extends it.
A text is saved only if the lock is still one's own, in one step. So a process that was stopped for longer than the lock
lasts overwrites nothing when it goes on.

What this does not promise:
- A process may stand still for longer than the lock lasts, just while X answers. Another one then takes the refresh
  over, with the same refresh token, which X takes once. That costs a sign-in.
- Redis says that it has a text before a replica has it, and usually before the disk has it. Set `appendonly yes` and
  `appendfsync always`. If a replica takes over, it may lack the last text, or the lock: that costs a sign-in too. If
  that is too much, keep the tokens in a database (tokens_in_database.py).
- With the keys of OAuth 1.0a and `client_id` in the parameters, neither costs a sign-in: the tokens are exchanged anew.
"""

import sys
import threading
from contextlib import contextmanager, suppress
from typing import Any, Iterator, Optional

import redis
from redis.exceptions import LockError

from twitter_native import Twitter, TwitterError

#: Writes the text only if the caller still holds the lock.
SAVE = "if redis.call('get', KEYS[2]) ~= ARGV[2] then return 0 end redis.call('set', KEYS[1], ARGV[1]) return 1"


class RedisTokens:
    """The key `name`, under the lock `name:lock`, which lasts for `seconds` after its process has ended."""

    def __init__(self, client: Any, name: str, seconds: float = 15) -> None:
        self.client, self.name, self.seconds = client, name, seconds
        self._save = client.register_script(SAVE)

    def load(self) -> Optional[str]:
        text = self.client.get(self.name)
        return None if text is None else str(text, "utf-8")

    @contextmanager
    def lock(self, timeout: float = 60) -> Iterator["LockedKey"]:
        # With thread_local=True, another thread could not extend the lock.
        lock = self.client.lock(f"{self.name}:lock", timeout=self.seconds, sleep=0.05, thread_local=False)
        if not lock.acquire(blocking=timeout > 0, blocking_timeout=timeout or None):
            raise TimeoutError(f"another process holds {self.name}:lock")
        ended = threading.Event()
        threading.Thread(target=self._extend, args=(lock, ended), daemon=True).start()
        try:
            yield LockedKey(self, lock.local.token)
        finally:
            ended.set()
            # If the lock has expired or Redis can't be reached, the lock ends by itself.
            with suppress(LockError, redis.ConnectionError):
                lock.release()

    def _extend(self, lock: Any, ended: threading.Event) -> None:
        while not ended.wait(self.seconds / 3):
            # If this fails, the next try may come in time. If the lock has expired, saving says so.
            with suppress(LockError, redis.RedisError):
                lock.reacquire()

    def save(self, text: str, token: bytes) -> None:
        if not self._save(keys=[self.name, f"{self.name}:lock"], args=[text, token]):
            raise TimeoutError(f"{self.name}:lock has expired: the process stood still, or Redis was away")


class LockedKey:
    """The key while it is locked."""

    def __init__(self, tokens: RedisTokens, token: bytes) -> None:
        self._tokens, self._token = tokens, token

    def load(self) -> Optional[str]:
        return self._tokens.load()

    def save(self, text: str) -> None:
        self._tokens.save(text, self._token)


def main() -> int:
    if len(sys.argv) != 5:
        print(__doc__)
        return 2
    parameters, text, address, name = sys.argv[1:]
    store = RedisTokens(redis.Redis.from_url(address), name)
    try:
        tweet = Twitter(parameters, token_store=store).create_text_tweet(text)
    except TwitterError as error:
        # `__cause__` is what the Redis client raised.
        print(error, f"({error.__cause__!r})" if error.__cause__ else "", file=sys.stderr)
        return 1
    print(tweet["data"]["id"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
