#!/usr/bin/env python3
"""One account, many processes: its tokens in a real PostgreSQL, in SQLite and in Redis, with kills and restarts.

Usage: run.py SIMULATOR LIBRARY FOLDER SEED short|long [C# WORKER ...]
FOLDER has to be empty. What can't be run says SKIPPED, and why.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGE = ROOT / "bindings" / "python"
sys.path[:0] = [str(PACKAGE / "src"), str(PACKAGE / "tests")]

from servers import Missing, Postgres, Redis, ending_with_us, until

TOKEN = "/2/oauth2/token"
PROCESSES, THREADS = 4, 8
#: Seconds that tokens are valid for. The library renews them shortly before that.
SHORT_LIFE, SHORT_LIVES = 4, 5
GROUPS = 10
CRASHES = 6
#: Seconds, enough for a worker on a busy machine to start and to wait until the claim of a killed one is over.
PATIENCE = 90


class Worker:
    """A process of worker.py."""

    #: The function that its threads call to renew the tokens; how long X takes for the response; and within how many
    #: seconds a process is killed.
    RENEWING, ANSWER_SECONDS, KILLED_WITHIN = "refresh_token", 0.1, 0.3
    #: How often tokens expire, and processes are killed, in the short and the long run. A process in C# takes longer to
    #: start, and calls without a pause.
    EXPIRIES = {"short": 50, "long": 50}
    KILLS = {"short": 100, "long": 100}
    #: Seconds that a token is valid for while processes are killed.
    LIFE = 7200

    def __init__(self, task, folder):
        self.failures, self.calls, self.each = [], 0, [0]
        self._process = subprocess.Popen(
            self._command(task, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=ending_with_us(signal.SIGKILL),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @staticmethod
    def store(postgres, account):
        return {"kind": "postgres", "address": postgres.address, "account": account}

    @staticmethod
    def row(postgres, account):
        return postgres.tokens("accounts", "id", account)

    def _command(self, task, folder):
        return [sys.executable, str(HERE / "worker.py"), json.dumps(task)]

    def _read(self):
        for line in self._process.stdout:
            if line.endswith("\n"):  # Else it was killed while it wrote.
                self._hear(json.loads(line))

    def _hear(self, said):
        if "failed" in said:
            self.failures.append(said)
        else:
            self.calls, self.each = said["calls"], said["each"]

    def until_all_have_called(self, before=None):
        """Waits until each thread has made two more successful calls since `before`, which is an earlier `each`."""
        before = before or list(self.each)

        def done():
            assert self._process.poll() is None, "a worker has ended by itself"
            return min(now - (before[at] if at < len(before) else 0) for at, now in enumerate(self.each)) >= 2

        until(done, PATIENCE, lambda: "each thread calls; the last failure is %s" % self.failures[-1:])

    def until_it_calls_or_fails(self):
        until(lambda: self.calls or self.failures or self._process.poll() is not None, PATIENCE, lambda: "a call")
        assert self._process.poll() is None, "a worker has ended by itself"

    def signal(self, number):
        self._process.send_signal(number)

    def kill(self):
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def finish(self):
        self._process.stdin.close()
        code = self._process.wait(PATIENCE)
        self._reader.join()
        assert code == 0, "a worker has ended with %s" % code
        return self


class CSharpWorker(Worker):
    """A process of bindings/csharp/tests/TwitterNative.PostgresWorker. It calls only get_me, until it is killed."""

    RENEWING, ANSWER_SECONDS, KILLED_WITHIN = "get_me", 0.5, 4
    EXPIRIES = {"short": 20, "long": 50}
    KILLS = {"short": 20, "long": 100}
    LIFE = SHORT_LIFE
    PROGRAM = ()
    SECONDS = 3600

    @staticmethod
    def store(postgres, account):
        return {"address": postgres.csharp_address, "account": str(account)}

    @staticmethod
    def row(postgres, account):
        return postgres.tokens("twitter_accounts", "account", str(account))

    def _command(self, task, folder):
        self.each = [0] * len(task["functions"])
        handle, parameters = tempfile.mkstemp(".json", dir=str(folder))
        with open(handle, "w") as file:
            json.dump(task["parameters"], file)
        store, threads = task["store"], str(len(task["functions"]))
        return [*self.PROGRAM, store["address"], parameters, store["account"], threads, str(self.SECONDS)]

    def _hear(self, said):
        if said.get("ok") is False:
            self.failures.append({"failed": said["message"], **said})
        elif "thread" in said:
            self.calls += 1
            self.each[said["thread"]] += 1

    def finish(self):
        self.kill()
        return self


class Workers:
    """The workers of a scenario. They are killed at its end."""

    def __init__(self, kind, folder):
        self._kind, self._folder, self._all = kind, folder, []

    def start(self, parameters, store, functions, pause=0.0):
        task = {"parameters": parameters, "store": store, "functions": functions, "pause": pause}
        self._all.append(self._kind(task, self._folder))
        return self._all[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self._all:
            worker.kill()


class X:
    """A simulated X for one scenario."""

    def __init__(self, *options):
        from local_x import LocalX

        self.x = LocalX("--any-content", "--kept-body-bytes", "0", *options)

    def __enter__(self):
        return self.x

    def __exit__(self, *_):
        self.x.close()


def equal(found, expected):
    assert found == expected, "%r is not %r" % (found, expected)


class Scenarios:
    """The scenarios for one kind of worker. Each returns a text about its result."""

    def __init__(self, kind, folder, seed):
        self.kind, self.folder, self.seed = kind, folder, seed

    def workers(self):
        return Workers(self.kind, self.folder)

    def chance(self, *what):
        return random.Random("%s %s %s" % (self.kind.__name__, self.seed, what))

    def herd(self, store, expiries, processes=PROCESSES, threads=THREADS):
        """Many calls at once while the tokens expire again and again: each refresh token is sent once, every call goes
        well."""
        with X() as x, self.workers() as workers:
            first = workers.start(x.oauth2(), store, ["get_me"])
            first.until_all_have_called()
            equal(first.finish().failures, [])
            herd = [workers.start(x.application(), store, ["get_me"] * threads, 0.3) for _ in range(processes)]

            def granted():
                return x.control("refreshes")["granted"]

            for expiry in range(expiries):
                # After two calls no thread uses an older token any more.
                for worker, before in [(worker, list(worker.each)) for worker in herd]:
                    worker.until_all_have_called(before)
                equal(granted(), expiry)
                if expiry == expiries - 1:
                    x.control("access_tokens", {"lifetime": SHORT_LIFE})
                x.control("access_tokens", method="DELETE")
            until(lambda: granted() >= expiries + SHORT_LIVES, PATIENCE, lambda: "the tokens with a short life")
            for worker in herd:
                worker.finish()
            equal([failure for worker in herd for failure in worker.failures], [])
            refreshes = x.control("refreshes")
            equal((refreshes["requests"], refreshes["spent_again"]), (refreshes["granted"], 0))
            calls = sum(worker.calls for worker in herd)
            return "%d calls, %d refreshes, none failed, no token sent twice" % (calls, refreshes["granted"])

    def kills(self, postgres, count):
        """kill -9 at random: the row can be read each time. After a kill the person may have to sign in again, but not
        if the parameters have the keys of OAuth 1.0a."""
        with X("--access-token-seconds", str(self.kind.LIFE)) as x, ThreadPoolExecutor(GROUPS) as pool:
            # The worst moment for a kill is between X's action and its response. The delay makes that frequent.
            x.fault(TOKEN, {"StallBeforeAnswer": {"seconds": self.kind.ANSWER_SECONDS}}, times=1_000_000)
            people = [x.somebody_else() for _ in range(GROUPS)]
            groups = [
                pool.submit(
                    self._kill_with_keys if group % 2 else self._kill_without_keys,
                    x, person, postgres, count // GROUPS, self.chance("kills", group),
                )
                for group, person in enumerate(people)
            ]
            begun, sign_ins = map(sum, zip(*(group.result() for group in groups)))
            assert begun > 0, "no kill has met a refresh"
            refreshes = x.control("refreshes")
            assert refreshes["spent_again"] <= begun, refreshes
            said = "%d kills, %d within a refresh; %d refreshes; %d of %d without the keys cost a sign-in; %d tokens resent"
            return said % (count, begun, refreshes["granted"], sign_ins, count // 2, refreshes["spent_again"])

    def _kill_with_keys(self, x, person, postgres, count, chance):
        account = postgres.account()
        store = self.kind.store(postgres, account)
        keys, begun = {**x.application(), **x.oauth1(), **person.keys}, 0
        with self.workers() as workers:

            def start():
                return workers.start(keys, store, ["get_me", self.kind.RENEWING])

            pair = [start(), start()]
            for _ in range(count):
                for worker in pair:
                    worker.until_all_have_called()
                time.sleep(chance.random() * self.kind.KILLED_WITHIN)
                at = chance.randrange(2)
                pair[at].kill()
                equal(pair[at].failures, [])
                begun += self._has_claim(postgres, account)
                pair[at] = start()
            for worker in pair:
                worker.until_all_have_called()
                equal(worker.finish().failures, [])
        return begun, 0

    def _kill_without_keys(self, x, person, postgres, count, chance):
        account = postgres.account()
        store, begun, sign_ins = self.kind.store(postgres, account), 0, 0
        with self.workers() as workers:

            def start(tokens):
                return workers.start({**x.application(), **tokens}, store, [self.kind.RENEWING])

            worker = start(person.tokens)
            for _ in range(count):
                worker.until_all_have_called()
                time.sleep(chance.random() * self.kind.KILLED_WITHIN)
                worker.kill()
                equal(worker.failures, [])
                begun += self._has_claim(postgres, account)
                worker = start({})
                worker.until_it_calls_or_fails()
                if worker.failures:
                    failure = worker.failures[0]
                    equal((failure["kind"], failure["reason"]), ("authorization", "refresh_token"))
                    worker.kill()
                    sign_ins += 1
                    worker = start(sign_in(x, person))
            worker.until_all_have_called()
            equal(worker.finish().failures, [])
        return begun, sign_ins

    def _has_claim(self, postgres, account):
        """Whether the killed process had begun a refresh and not ended it. Checks that the row can be read."""
        content = json.loads(self.kind.row(postgres, account))
        assert content["access_token"] and content["salt"], "the row lacks something"
        return "refresh_claim" in content

    def crashes(self, postgres):
        """The server is killed while a refresh waits for X, and started again. Calls in between fail, and their cause
        is the driver's error. No token is lost or sent twice, and later calls work."""
        chance, account = self.chance("crashes"), postgres.account()
        store = self.kind.store(postgres, account)
        with X() as x, self.workers() as workers:
            first = workers.start(x.oauth2(), store, ["get_me"])
            first.until_all_have_called()
            equal(first.finish().failures, [])
            herd = [workers.start(x.application(), store, ["get_me"] * 4, 0.05) for _ in range(2)]
            for number in range(CRASHES):
                for worker in herd:
                    worker.until_all_have_called()
                x.fault(TOKEN, {"StallBeforeAnswer": {"seconds": 1.0}})
                x.control("access_tokens", method="DELETE")
                until(lambda: "refresh_claim" in self.kind.row(postgres, account), PATIENCE, lambda: "a refresh")
                time.sleep(0.2 + 0.3 * chance.random())
                postgres.crash(signal.SIGKILL if number % 2 else signal.SIGQUIT)
                time.sleep(1.5 * chance.random())
                postgres.start()
            for worker in herd:
                worker.until_all_have_called()
                worker.finish()
            failures = [failure for worker in herd for failure in worker.failures]
            equal([failure for failure in failures if failure["kind"] != "io" or not failure["cause"]], [])
            assert failures, "the server was away, and nobody noticed"
            equal(x.control("refreshes"), {"requests": CRASHES, "granted": CRASHES, "spent_again": 0})
            return "%d crashes while X answered, %d calls failed meanwhile, no token lost or sent twice" % (
                CRASHES, len(failures))

    def frozen(self, redis):
        """A process that is stopped for longer than its lock lasts overwrites nothing when it continues."""
        import redis as driver

        store = {"kind": "redis", "address": redis.address, "name": "frozen", "seconds": 2}
        client = driver.Redis.from_url(redis.address)
        with X() as x, self.workers() as workers:
            keys = {**x.application(), **x.oauth1()}
            first = workers.start(keys, store, ["get_me"], 0.05)
            first.until_all_have_called()
            x.clear()
            x.fault(TOKEN, {"StallBeforeAnswer": {"seconds": 1.0}})
            x.control("access_tokens", method="DELETE")
            until(lambda: TOKEN in {sent["path"] for sent in x.control("requests")}, PATIENCE, lambda: "a refresh")
            first.signal(signal.SIGSTOP)
            second = workers.start(keys, store, ["get_me"], 0.05)
            second.until_all_have_called()
            kept = client.get("frozen")
            first.signal(signal.SIGCONT)
            first.until_all_have_called()
            equal(client.get("frozen"), kept)
            equal(second.finish().failures, [])
            failures = first.finish().failures
            equal([failure["kind"] for failure in failures], ["io"])
            assert "save" in failures[0]["failed"], failures
            return "it was told so, and the other one's tokens stand"


def sign_in(x, person):
    from local_x import SCOPES

    return x.control("tokens", {"scopes": SCOPES, "user_id": person.user_id})


def examples(postgres, redis, folder):
    """Runs the programs of the examples."""
    with X() as x:
        parameters = Path(folder) / "twitter.json"
        parameters.write_text(json.dumps({**x.application(), **x.oauth1()}))
        sources = ROOT / "examples" / "python"
        database = "tokens_in_database.py"
        calls = [[database, "--create", str(parameters), "SQLite", str(Path(folder) / "tokens.sqlite"), "7"]]
        if postgres and driver_name() == "psycopg2":
            calls.append([database, "--create", str(parameters), "PostgreSQL", postgres.address, "7000"])
        if redis:
            calls.append(["tokens_in_redis.py", str(parameters), "Redis", redis.address, "account:7"])
        for program, *arguments in calls:
            subprocess.run([sys.executable, str(sources / program), *arguments], check=True, stdout=subprocess.DEVNULL)
        texts = sorted(tweet["text"] for tweet in x.control("tweets"))
        equal(len(texts), len(calls))
        return ", ".join(texts)


def driver_name():
    for name in ("psycopg2", "psycopg"):
        try:
            __import__(name)
        except ImportError:
            continue
        return name
    return None


class Tally:
    def __init__(self):
        self._lock, self.failed = threading.Lock(), 0

    def run(self, name, scenario, *arguments):
        started = time.monotonic()
        try:
            said = scenario(*arguments)
        except Exception:
            with self._lock:
                self.failed += 1
                print("FAILED %s\n    %s" % (name, traceback.format_exc().replace("\n", "\n    ")), flush=True)
        else:
            with self._lock:
                print("ok %s (%.0f s): %s" % (name, time.monotonic() - started, said), flush=True)

    def skip(self, name, why):
        print("SKIPPED: %s: %s" % (name, why), flush=True)


def main():
    simulator, library, folder, seed, length, *csharp = sys.argv[1:]
    os.environ.update(TWITTER_SIMULATOR=simulator, TWITTER_NATIVE_LIBRARY=library, PYTHONPATH=str(PACKAGE / "src"))
    folder, tally = Path(folder), Tally()
    kinds = {"Python": Worker}
    if csharp:
        CSharpWorker.PROGRAM = csharp
        kinds["C#"] = CSharpWorker
    servers = {}
    try:
        start_servers(servers, folder, tally, kinds)
        with ThreadPoolExecutor(16) as pool:
            run_all(servers, folder, seed, length, kinds, lambda *what: pool.submit(tally.run, *what))
    finally:
        for server in servers.values():
            server.close()
    return 1 if tally.failed else 0


def run_all(servers, folder, seed, length, kinds, run):
    python, postgres, redis = Scenarios(Worker, folder, seed), servers.get("postgres"), servers.get("redis")
    for name, kind in kinds.items() if postgres else ():
        scenarios = Scenarios(kind, folder, seed)
        run("herd, " + name, scenarios.herd, kind.store(postgres, postgres.account()), kind.EXPIRIES[length])
        run("kills, " + name, scenarios.kills, postgres, kind.KILLS[length])
        run("crashes, " + name, scenarios.crashes, servers["crashing " + name])
    sqlite = {"kind": "sqlite", "path": str(folder / "herd.sqlite"), "account": 1}
    make_sqlite(sqlite["path"])
    run("herd, SQLite", python.herd, sqlite, 10, 2, 4)
    if redis:
        key = {"kind": "redis", "address": redis.address, "name": "herd", "seconds": 15}
        run("herd, Redis", python.herd, key, 10, 2, 4)
        run("frozen, Redis", python.frozen, redis)
    run("examples", examples, postgres, redis, folder)


def start_servers(servers, folder, tally, kinds):
    """Starts the servers that are installed. For the others it reports what is missing."""
    name = driver_name()
    try:
        if name is None:
            raise Missing("no driver for %s; install one by: apt-get install python3-psycopg2" % sys.executable)
        for key in ("postgres", *("crashing " + kind for kind in kinds)):
            servers[key] = Postgres(folder / key.replace(" ", "-").replace("#", "sharp"), __import__(name))
    except Missing as missing:
        tally.skip("PostgreSQL", missing)
    try:
        try:
            __import__("redis")
        except ImportError:
            raise Missing("no client for %s; install it by: apt-get install python3-redis" % sys.executable) from None
        servers["redis"] = Redis(folder / "redis")
    except Missing as missing:
        tally.skip("Redis", missing)


def make_sqlite(path):
    import sqlite3

    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE accounts (id INTEGER PRIMARY KEY, tokens TEXT NOT NULL DEFAULT '')")
    connection.execute("INSERT INTO accounts (id) VALUES (1)")
    connection.commit()
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
