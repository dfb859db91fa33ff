"""Servers for the tests: started on free ports, each with a folder of its own, and ended with this process."""

import ctypes
import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

START_SECONDS = 60
#: prctl(PR_SET_PDEATHSIG): a child gets a signal when its parent ends, however that ends.
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
#: The user that PostgreSQL runs as if this program runs as root: PostgreSQL refuses to run as root.
USERS = ("postgres", "nobody")


class Missing(Exception):
    """A program that isn't installed."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ending_with_us(number):
    """For Popen's preexec_fn: the child gets this signal when this process ends."""
    return lambda: LIBC.prctl(PR_SET_PDEATHSIG, number)


def until(condition, seconds, what):
    """Waits until `condition` returns something true, and returns that. `what` makes the text of the error."""
    started = time.monotonic()
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() - started < seconds, "%s: not after %d seconds" % (what(), seconds)
        time.sleep(0.02)


class Postgres:
    """A PostgreSQL with a cluster of its own. The programs are those of Debian's package `postgresql`."""

    def __init__(self, folder, driver):
        self._programs, self._driver = self._find(), driver
        self._folder, self._port, self._process = Path(folder), free_port(), None
        self._password = secrets.token_hex(16)
        self._make()
        self.start()
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE accounts (id INTEGER PRIMARY KEY, tokens TEXT NOT NULL DEFAULT '')")
        self._accounts = itertools.count(1)

    @staticmethod
    def _find():
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        on_path = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
        for folder in [*reversed(versions), *on_path]:
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                return folder
        raise Missing("no PostgreSQL; install it by: apt-get install postgresql")

    def _as_whom(self):
        """Arguments of Popen for a user that PostgreSQL runs as."""
        if os.getuid() != 0:
            return {}
        import pwd

        for name in USERS:
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        raise Missing("PostgreSQL does not run as root, and there is no user postgres or nobody")

    def _make(self):
        whom = self._as_whom()
        self._folder.mkdir(parents=True)
        if whom:
            os.chown(self._folder, whom["user"], whom["group"])
        secret = self._folder / "password"
        secret.write_text(self._password)
        secret.chmod(0o600)
        if whom:
            os.chown(secret, whom["user"], whom["group"])
        made = subprocess.run(
            [str(self._programs / "initdb"), "-D", str(self._folder / "data"), "-U", "tester", "--no-locale",
             "-E", "UTF8", "-A", "md5", "--pwfile", str(secret)],
            cwd=str(self._folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **whom,
        )
        if made.returncode:
            raise Missing("initdb says: %s" % made.stdout.strip())

    def start(self):
        """Tries again for a while: after a crash it starts only when all processes of the earlier server have ended."""
        started = time.monotonic()
        while True:
            with open(self._folder / "log", "a") as log:
                self._process = subprocess.Popen(
                    [str(self._programs / "postgres"), "-D", str(self._folder / "data"), "-p", str(self._port),
                     "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400"],
                    cwd=str(self._folder), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    preexec_fn=ending_with_us(signal.SIGQUIT), **self._as_whom(),
                )
            while self._process.poll() is None:
                if self._answers():
                    return
                time.sleep(0.05)
            if time.monotonic() - started > START_SECONDS:
                raise AssertionError((self._folder / "log").read_text()[-2000:])
            time.sleep(0.1)

    def _answers(self):
        try:
            self.connect().close()
        except self._driver.OperationalError:
            return False
        return True

    def crash(self, number):
        """Ends the server by SIGKILL, as the system may do it, or by SIGQUIT, as `pg_ctl stop -m immediate` does it."""
        self._process.send_signal(number)
        self._process.wait(START_SECONDS)

    def close(self):
        if self._process is not None and self._process.poll() is None:
            self.crash(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def address(self):
        return "host=127.0.0.1 port=%d user=tester password=%s dbname=postgres" % (self._port, self._password)

    @property
    def csharp_address(self):
        return "Host=127.0.0.1;Port=%d;Username=tester;Password=%s;Database=postgres" % (self._port, self._password)

    def connect(self):
        return self._driver.connect(self.address)

    def account(self):
        """Adds a row for an account and returns its number."""
        account = next(self._accounts)
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("INSERT INTO accounts (id) VALUES (%s)", (account,))
        return account

    def tokens(self, table, key, account):
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT tokens FROM %s WHERE %s = %%s" % (table, key), (account,))
                return cursor.fetchone()[0]
        finally:
            connection.close()


class Redis:
    """A Redis (Debian's package `redis-server`) that replies only when a change is on the disk."""

    def __init__(self, folder):
        program = shutil.which("redis-server")
        if not program:
            raise Missing("no redis-server; install it by: apt-get install redis-server")
        Path(folder).mkdir(parents=True)
        port = free_port()
        self.address = "redis://127.0.0.1:%d/0" % port
        self._process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "",
             "--appendonly", "yes", "--appendfsync", "always"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=ending_with_us(signal.SIGKILL),
        )
        until(lambda: self._answers(port), START_SECONDS, lambda: "redis-server answers")

    @staticmethod
    def _answers(port):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    def close(self):
        self._process.kill()
        self._process.wait()
