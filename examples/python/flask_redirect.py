"""Signs the people of a website in, by Flask: `pip install flask`, then `flask --app flask_redirect run`.

TWITTER_PARAMETERS names a JSON file with `client_id`, `client_secret` and `redirect_uri`, which ends in /callback.
Several processes may serve the site: state and verifier of a link need no store, only the name of the browser session.
"""

import os
import secrets

from flask import Flask, redirect, request, session
from werkzeug.wrappers import Response

from twitter_native import AuthorizationError, Twitter, TwitterError

app = Flask(__name__)
app.secret_key = os.environ.get("FLASK_SECRET_KEY") or secrets.token_bytes(32)


def application() -> Twitter:
    """A client without an account. Each person gets tokens of their own."""
    return Twitter(os.environ["TWITTER_PARAMETERS"])


@app.get("/sign-in")
def sign_in() -> Response:
    session["name"] = secrets.token_urlsafe()
    return redirect(application().get_authorization_link(session=session["name"])["url"])


@app.get("/callback")
def callback() -> "tuple[str, int]":
    twitter = application()
    try:
        tokens = twitter.handle_incoming_request_after_authorization(request.url, session=session.get("name", ""))
    except AuthorizationError as error:
        # The person said no, came too late, or has the link of somebody else: `error.reason`.
        return str(error), 403
    except TwitterError as error:
        # A failure of X or the network. The person can try again.
        return str(error), 502
    save(session["name"], tokens["access_token"], tokens["refresh_token"])
    return "Signed in.", 200


def save(person: str, access_token: str, refresh_token: str) -> None:
    """Store the tokens in your database here."""
