"""Signs a person in from the terminal, by OAuth 2.0, and keeps the tokens.

    python oauth_login.py twitter.json

twitter.json holds `client_id`, `client_secret` (none for a public application) and `redirect_uri`: an address on this
machine that is registered with X, such as http://127.0.0.1:8765/callback. The tokens are written into it.
"""

import json
import os
import sys
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import List
from urllib.parse import urlsplit

from twitter_native import AuthorizationError, Result, Twitter


def wait_for_redirect(address: str) -> str:
    """Answers the browser at the redirect address once; gives the path and query that it asked for."""
    expected = urlsplit(address)
    found: List[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # Browsers ask for a favicon too, and others may come by.
            if urlsplit(self.path).path != (expected.path or "/"):
                self.send_error(404)
                return
            found.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"Done. You may close this page.\n")

        def log_message(self, *_: object) -> None:
            """The line would show the code."""

    with HTTPServer((expected.hostname or "127.0.0.1", expected.port or 80), Handler) as server:
        while not found:
            server.handle_request()
    return found[0]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    file = sys.argv[1]

    def keep(tokens: Result) -> None:
        with open(file, encoding="utf-8") as opened:
            parameters = json.load(opened)
        parameters.update(access_token=tokens["access_token"], refresh_token=tokens.get("refresh_token", ""))
        # Whole or not at all, and for no one else to read: a lost refresh token is a lost sign-in.
        descriptor = os.open(file + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as opened:
            json.dump(parameters, opened, indent=4)
        os.replace(file + ".new", file)

    twitter = Twitter(file, on_tokens=keep)
    link = twitter.get_authorization_link()
    print(f"Open this page and agree:\n\n    {link['url']}\n", flush=True)
    webbrowser.open(link["url"])
    redirect = wait_for_redirect(twitter.parameters["redirect_uri"])
    try:
        twitter.handle_incoming_request_after_authorization(
            redirect, state=link["state"], code_verifier=link["code_verifier"]
        )
    except AuthorizationError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Signed in; the tokens are in {file}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
