"""The simulator as a process, its control endpoints, and the person at its consent page."""

import json
import queue
import re
import ssl
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

from x_names import XNames

# oauthlib requires an https address. Nobody connects to it: the test passes the redirect on.
CALLBACK = "https://client.example/callback"
START_SECONDS = 20


class LocalX:
    def __init__(self, binary, folder):
        self.ca_file = Path(folder) / "simulator-ca.pem"
        self._process = subprocess.Popen(
            [
                str(binary), "--tls", "--ca-file", str(self.ca_file), "--processing-seconds", "1",
                "--redirect-uri", CALLBACK, "--print-credentials", "--until-stdin-closes",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        try:
            self.url, credentials = self._first_lines(2)
            self.credentials = json.loads(credentials)
            self._tls = ssl.create_default_context(cafile=str(self.ca_file))
            self.names = XNames(urllib.parse.urlsplit(self.url).port)
        except BaseException:
            self._process.kill()
            raise

    def _first_lines(self, count):
        lines = queue.Queue()

        def read():
            for _ in range(count):
                lines.put(self._process.stdout.readline().strip())

        threading.Thread(target=read, daemon=True).start()
        try:
            found = [lines.get(timeout=START_SECONDS) for _ in range(count)]
        except queue.Empty:
            found = []
        if not all(found) or not found:
            raise RuntimeError("the simulator did not start")
        return found

    def close(self):
        self.names.close()
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._process.stdout.close()

    def control(self, name):
        """The result of a control endpoint; None if it gives 404."""
        direct = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self._tls))
        try:
            with direct.open("%s/_simulator/%s" % (self.url, name), timeout=10) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def refusals(self):
        """What the simulator refused and why: if a client fails, this says more than the client does."""
        return [
            "%s %s -> %s: %s" % (record["method"], record["path"], record["status"], record["problem"])
            for record in self.control("requests") if record["status"] >= 400
        ]

    def agree(self, address):
        """Opens the address that a client made and clicks Authorize. Returns the address that the browser is
        sent to, or the PIN that the page shows."""
        browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({"https": self.names.url}),
            urllib.request.HTTPSHandler(context=self._tls), _StayHere)
        with browser.open(address, timeout=10) as response:
            form = _Form(response.read().decode("utf-8"))
        fields = urllib.parse.urlencode({**form.hidden, "decision": "allow"}).encode("ascii")
        with browser.open(urllib.parse.urljoin(address, form.action), fields, timeout=10) as response:
            if response.headers["location"]:
                return response.headers["location"]
            pin = re.search(r'id="pin"[^>]*>(\d{7})<', response.read().decode("utf-8"))
            return pin.group(1)


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Returns a redirect instead of following it."""

    def http_error_302(self, request, response, code, message, headers):
        return response


class _Form(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.action = None
        self.hidden = {}
        self.feed(page)
        if self.action is None:
            raise RuntimeError("the consent page has no form")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.action = attributes["action"]
        elif tag == "input" and attributes.get("type") == "hidden":
            self.hidden[attributes["name"]] = attributes["value"]
