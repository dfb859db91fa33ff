"""The simulator of X as a process, and a small server of files beside it."""

import http.server
import json
import os
import subprocess
import threading
import urllib.request

from native_api import TARGET

SCOPES = ["tweet.read", "tweet.write", "users.read", "media.write", "like.read", "like.write", "timeline.read",
          "offline.access"]


class LocalX:
    def __init__(self):
        self._process = subprocess.Popen(
            [os.environ.get("TWITTER_SIMULATOR") or str(TARGET / "debug/twitter-simulator"),
             "--processing-seconds", "0", "--print-credentials", "--until-stdin-closes"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._process.stdout.readline().strip()
        self.keys = json.loads(self._process.stdout.readline() or "null")
        if not self.keys:
            raise RuntimeError("the simulator did not start")

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()

    def control(self, name, body=None, verb=None):
        request = urllib.request.Request(
            "%s/_simulator/%s" % (self.url, name), None if body is None else json.dumps(body).encode(), method=verb)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=10) as response:
            return json.load(response)

    def fault(self, path, kind, **more):
        self.control("faults", {"path": path, "kind": kind, **more})

    def tweets(self):
        return self.control("tweets")

    def requests(self, path):
        return [record for record in self.control("requests") if record["path"] == path]

    def application(self):
        return {"api_url": self.url, **{name: self.keys[name] for name in ("client_id", "client_secret", "redirect_uri")}}

    def signed_in(self):
        return {**self.application(), **self.control("tokens", {"scopes": SCOPES})}

    def oauth1(self):
        names = ("oauth_consumer_key", "oauth_consumer_secret", "oauth_token", "oauth_token_secret")
        return {"api_url": self.url, **{name: self.keys[name] for name in names}}


class Files:
    """Serves pictures by http on loopback; /moved leads to /picture, /round to itself."""

    def __init__(self, content):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.partition("?")[0]
                known = {"/picture": 200, "/moved": 302, "/round": 302}
                self.send_response(known.get(path, 404))
                if path == "/moved":
                    self.send_header("location", "/picture?size=1")
                if path == "/round":
                    self.send_header("Location", "/round")
                body = content if path == "/picture" else b""
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
