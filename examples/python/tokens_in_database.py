"""Keeps an account's tokens in a database, for all processes and machines that use the account.

python tokens_in_database.py twitter.json "Hello" "host=db dbname=app" 7     # a row of PostgreSQL, by psycopg2
python tokens_in_database.py twitter.json "Hello" tokens.sqlite 7            # a row of SQLite
python tokens_in_database.py --create …                                     # makes table and row first

The table: CREATE TABLE accounts (id INTEGER PRIMARY KEY, tokens TEXT NOT NULL DEFAULT ''). The row has to be there
before it can be locked. Let no role but the program's own read the column: whoever reads it can use the account.
"""

import sqlite3
import sys
from contextlib import closing, contextmanager
from typing import Any, Callable, Iterator, Optional

from twitter_native import Twitter, TwitterError

TABLE = "CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, tokens TEXT NOT NULL DEFAULT '')"
ROW = "INSERT INTO accounts (id) VALUES ({}) ON CONFLICT DO NOTHING"


class PostgresTokens:
    """A row of PostgreSQL, under `SELECT … FOR UPDATE`.

    `connect` gives a new connection of DB-API 2.0 that is not in autocommit mode, as psycopg2.connect and
    psycopg.connect do. Closing it has to roll back. Each call of the library uses one for some milliseconds, and a
    refresh holds one while X answers. A pool saves the time to connect.

    The lock ends with the process. If the whole machine ends, PostgreSQL does not hear of it: set tcp_keepalives_idle
    and tcp_keepalives_interval there, so that the lock ends after a minute and not after hours.
    """

    def __init__(self, connect: Callable[[], Any], account: int) -> None:
        self.connect, self.account = connect, account

    def load(self) -> Optional[str]:
        with closing(self.connect()) as connection, closing(connection.cursor()) as cursor:
            return self._select(cursor, "")

    @contextmanager
    def lock(self, timeout: float = 60) -> Iterator["LockedRow"]:
        with closing(self.connect()) as connection, closing(connection.cursor()) as cursor:
            # 0 would mean no limit. The setting and the lock end with the transaction.
            limit = f"{max(1, int(timeout * 1000))}ms"
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", (limit,))
            yield LockedRow(lambda: self._select(cursor, " FOR UPDATE"), lambda text: self._update(cursor, text))
            connection.commit()  # Not reached after an exception: closing rolls back.

    def _select(self, cursor: Any, how: str) -> Optional[str]:
        cursor.execute(f"SELECT tokens FROM accounts WHERE id = %s{how}", (self.account,))
        return _only(cursor.fetchone(), self.account)

    def _update(self, cursor: Any, text: str) -> None:
        cursor.execute("UPDATE accounts SET tokens = %s WHERE id = %s", (text, self.account))


class SqliteTokens:
    """A row of SQLite, for the processes of one machine.

    SQLite locks the whole file: nobody else can write to it while X answers. So keep the tokens in a file of their own,
    and not on a network drive.
    """

    def __init__(self, path: str, account: int) -> None:
        self.path, self.account = path, account

    def load(self) -> Optional[str]:
        with closing(self._connect(60)) as connection:
            return self._select(connection)

    @contextmanager
    def lock(self, timeout: float = 60) -> Iterator["LockedRow"]:
        with closing(self._connect(timeout)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield LockedRow(lambda: self._select(connection), lambda text: self._update(connection, text))
            connection.execute("COMMIT")

    def _connect(self, timeout: float) -> sqlite3.Connection:
        # Without Python's own transactions, which begin too late.
        return sqlite3.connect(self.path, timeout=timeout, isolation_level=None)

    def _select(self, connection: sqlite3.Connection) -> Optional[str]:
        found = connection.execute("SELECT tokens FROM accounts WHERE id = ?", (self.account,))
        return _only(found.fetchone(), self.account)

    def _update(self, connection: sqlite3.Connection, text: str) -> None:
        connection.execute("UPDATE accounts SET tokens = ? WHERE id = ?", (text, self.account))


class LockedRow:
    """The row while it is locked."""

    def __init__(self, load: Callable[[], Optional[str]], save: Callable[[str], None]) -> None:
        self.load, self.save = load, save


def _only(row: Any, account: int) -> Optional[str]:
    if row is None:
        raise LookupError(f"there is no account {account}: insert its row first, with empty tokens")
    text: Optional[str] = row[0]
    return text


def create(connect: Callable[[], Any], row: str, account: int) -> None:
    with closing(connect()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(TABLE)
        cursor.execute(row, (account,))
        connection.commit()


def main() -> int:
    arguments = [argument for argument in sys.argv[1:] if argument != "--create"]
    if len(arguments) != 4:
        print(__doc__)
        return 2
    parameters, text, database, account = arguments[0], arguments[1], arguments[2], int(arguments[3])
    store: Any
    if "=" in database:
        import psycopg2

        connect, row = (lambda: psycopg2.connect(database)), ROW.format("%s")
        store = PostgresTokens(connect, account)
    else:
        connect, row = (lambda: sqlite3.connect(database)), ROW.format("?")
        store = SqliteTokens(database, account)
    if "--create" in sys.argv:
        create(connect, row, account)
    try:
        tweet = Twitter(parameters, token_store=store).create_text_tweet(text)
    except TwitterError as error:
        # `__cause__` is what the database driver raised.
        print(error, f"({error.__cause__!r})" if error.__cause__ else "", file=sys.stderr)
        return 1
    print(tweet["data"]["id"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
