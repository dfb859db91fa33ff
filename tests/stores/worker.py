"""Calls the library with a token store until its standard input ends, and prints the results as lines of JSON.

Usage: worker.py TASK, a JSON object:
  parameters   of the client
  store        {"kind": "postgres", "address", "account"}, {"kind": "sqlite", "path", "account"} or
               {"kind": "redis", "address", "name", "seconds"}: that of the examples
  functions    one for each thread, called again and again
  pause        seconds between two calls of a thread

Lines: {"failed", "kind", "reason", "cause"} for each call that failed, and every 50 ms how many went well: {"calls",
"each": [of each thread]}.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples" / "python"))

from twitter_native import Twitter, TwitterError


def store_of(where):
    if where["kind"] == "redis":
        import redis
        from tokens_in_redis import RedisTokens

        return RedisTokens(redis.Redis.from_url(where["address"]), where["name"], where["seconds"])
    from tokens_in_database import PostgresTokens, SqliteTokens

    if where["kind"] == "sqlite":
        return SqliteTokens(where["path"], where["account"])
    try:
        import psycopg2 as driver
    except ImportError:
        import psycopg as driver
    return PostgresTokens(lambda: driver.connect(where["address"]), where["account"])


def cause_of(error):
    return type(error.__cause__).__name__ if error.__cause__ else None


def main():
    task = json.loads(sys.argv[1])
    twitter = Twitter(task["parameters"], token_store=store_of(task["store"]))
    counts = [0] * len(task["functions"])
    ended = threading.Event()

    def tell(**line):
        # In one write, so that a kill leaves no half of a line in another one.
        os.write(1, (json.dumps(line) + "\n").encode())

    def work(number, function):
        while not ended.is_set():
            try:
                getattr(twitter, function)()
            except TwitterError as error:
                tell(failed=str(error), kind=error.kind, reason=error.reason, cause=cause_of(error))
                time.sleep(0.05)
            else:
                counts[number] += 1
            ended.wait(task["pause"])

    def watch():
        sys.stdin.read()
        ended.set()

    threading.Thread(target=watch, daemon=True).start()
    threads = [threading.Thread(target=work, args=item) for item in enumerate(task["functions"])]
    for thread in threads:
        thread.start()
    while not ended.wait(0.05):
        tell(calls=sum(counts), each=counts)
    for thread in threads:
        thread.join()
    tell(calls=sum(counts), each=counts)


main()
