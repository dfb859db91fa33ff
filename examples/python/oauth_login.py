"""Signs a person in from the terminal, by OAuth 2.0, and keeps the tokens.

    python oauth_login.py twitter.json

twitter.json holds `client_id`, `client_secret` (none for a public application) and `redirect_uri`: an address on this
machine that is registered with X, such as http://127.0.0.1:8765/callback. The tokens are written into it.
"""

import json
import os
import sys
import webbrowser

from twitter_native import AuthorizationError, Result, Twitter, TwitterError


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    file = sys.argv[1]

    def keep(tokens: Result) -> None:
        with open(file, encoding="utf-8") as opened:
            parameters = json.load(opened)
        parameters.update(access_token=tokens["access_token"], refresh_token=tokens.get("refresh_token", ""))
        # A new file, readable for this user only, replaces the old one: if a refresh token is lost, the person has to
        # sign in again.
        descriptor = os.open(file + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as opened:
            json.dump(parameters, opened, indent=4)
        os.replace(file + ".new", file)

    try:
        twitter = Twitter(file, on_tokens=keep)
        # The link is printed too: this terminal may be on a machine without a browser.
        link = twitter.get_authorization_link()
        print(f"Open this page and agree:\n\n    {link['url']}\n", flush=True)
        webbrowser.open(link["url"])
        twitter.wait_for_authorization(state=link["state"], code_verifier=link["code_verifier"], open_browser=False)
    except AuthorizationError as error:
        print("You said no." if error.reason == "denied" else error, file=sys.stderr)
        return 1
    except (TwitterError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Signed in; the tokens are in {file}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
