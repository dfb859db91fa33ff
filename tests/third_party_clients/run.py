#!/usr/bin/env python3
"""Proves that the simulator serves third-party clients of X, unchanged. See README.md.

Usage: run.py [path of the simulator; it is built where none is given]
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

# No __pycache__ in the source tree.
sys.dont_write_bytecode = True

import environments
from local_x import CALLBACK, LocalX

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MEDIA = ROOT / "tests" / "media"
CLIENT_SECONDS = 120

CLIENTS = [
    ("requests-oauthlib", environments.python, "with_requests_oauthlib.py"),
    ("tweepy", environments.python, "with_tweepy.py"),
    ("twitter-api-v2", environments.node, "with_twitter_api_v2.cjs"),
]


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def note(self, name, problem=None):
        if problem:
            self.failed += 1
            print("FAILED %s\n    %s" % (name, str(problem).replace("\n", "\n    ")), flush=True)
        else:
            self.passed += 1
            print("ok %s" % name, flush=True)

    def skip(self, name, reason):
        self.skipped += 1
        print("SKIPPED: %s: %s" % (name, reason), flush=True)

    def close(self):
        skipped = ", %d skipped" % self.skipped if self.skipped else ""
        print("%d passed, %d failed%s" % (self.passed, self.failed, skipped), flush=True)
        return 1 if self.failed else 0


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    if len(sys.argv) > 2 or (len(sys.argv) == 2 and sys.argv[1].startswith("-")):
        print(__doc__, file=sys.stderr)
        return 2
    binary = Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else built_simulator()
    tally = Tally()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="third-party-clients-") as folder:
        local_x = LocalX(binary, folder)
        try:
            run_clients(local_x, Path(folder), tally)
            foreign = local_x.names.foreign
            tally.note("all: asked for X's names only", "asked for %s" % sorted(foreign) if foreign else None)
        finally:
            local_x.close()
    print("in %.0f s" % (time.monotonic() - started))
    return tally.close()


def built_simulator():
    build = [
        "cargo", "build", "--locked", "--package", "twitter-simulator",
        "--message-format", "json-render-diagnostics",
    ]
    done = subprocess.run(build, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        executable = json.loads(line).get("executable")
        if executable and Path(executable).stem == "twitter-simulator":
            return Path(executable)
    raise RuntimeError("cargo built no twitter-simulator")


def run_clients(local_x, folder, tally):
    commands = {}
    for client, environment, script in CLIENTS:
        try:
            if environment not in commands:
                commands[environment] = environment(folder)
            # Next to node_modules, where Node looks for packages.
            for file in (HERE / "clients").glob("*.*"):
                shutil.copy(file, folder)
            client_run = ClientRun(client, local_x, tally)
            client_run.run(commands[environment] + [str(folder / script)], environments.variables_of_client(folder, local_x))
        except environments.Missing as missing:
            tally.skip(client, missing)
        except Exception as problem:
            tally.note("%s: could be tried" % client, problem)


class ClientRun:
    """The run of one client's program, which writes a line of JSON for each thing it did (clients/report.py)."""

    def __init__(self, client, local_x, tally):
        self.client, self.local_x, self.tally = client, local_x, tally
        self.finished = False

    def run(self, command, variables):
        failed_before, refused_before = self.tally.failed, len(self.local_x.refusals())
        with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
            process = subprocess.Popen(
                command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                encoding="utf-8")
            watchdog = threading.Timer(CLIENT_SECONDS, process.kill)
            watchdog.start()
            try:
                self._send(process, {
                    "credentials": self.local_x.credentials, "callback": CALLBACK, "media": str(MEDIA),
                    "control": self.local_x.url,
                })
                for line in process.stdout:
                    self._handle(process, json.loads(line))
            finally:
                watchdog.cancel()
                process.kill()
                process.communicate()
            errors.seek(0)
            written = errors.read().strip()
        self.tally.note("%s: ran to its end" % self.client, None if self.finished else written or "it did not")
        if self.tally.failed > failed_before:
            print("  the simulator refused:")
            for refusal in self.local_x.refusals()[refused_before:]:
                print("    " + refusal)

    def _send(self, process, value):
        try:
            process.stdin.write(json.dumps(value) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            # It has ended; then its output ends too.
            pass

    def _handle(self, process, message):
        if "consent" in message:
            try:
                reply = self.local_x.agree(message["consent"])
            except Exception as problem:
                # The client then fails its own check and reports this text.
                reply = "no consent at %s: %s" % (message["consent"], problem)
            self._send(process, reply)
        elif "posted" in message:
            self.tally.note("%s: %s" % (self.client, message["check"]), self._problem_with(message["posted"]))
        elif "check" in message:
            self.tally.note("%s: %s" % (self.client, message["check"]), message.get("problem"))
        elif "finished" in message:
            self.finished = True

    def _problem_with(self, posted):
        """Checks at X: the tweet must be there with this text and exactly these files."""
        found = [tweet for tweet in self.local_x.control("tweets") if tweet["id"] == posted["id"]]
        if not found:
            return "there is no tweet %s" % posted["id"]
        tweet = found[0]
        if tweet["text"] != posted["text"]:
            return "the text that arrived is %r, not %r" % (tweet["text"], posted["text"])
        if tweet["user_id"] != self.local_x.credentials["user_id"]:
            return "it was posted by %s" % tweet["user_id"]
        if tweet["media_ids"] != [media["id"] for media in posted["media"]]:
            return "it has the media %s" % tweet["media_ids"]
        for expected in posted["media"]:
            media = self.local_x.control("media/" + expected["id"])
            content = (MEDIA / expected["file"]).read_bytes()
            if media is None or media["sha256"] != hashlib.sha256(content).hexdigest():
                return "the bytes of %s did not arrive: %s" % (expected["file"], media)
            if media["state"] != "succeeded":
                return "%s is %s" % (expected["file"], media["state"])
            for key in ("alt_text", "category", "segments"):
                if key in expected and media[key] != expected[key]:
                    return "the %s of %s is %r, not %r" % (key, expected["file"], media[key], expected[key])
        return None


if __name__ == "__main__":
    sys.exit(main())
