"""requests-oauthlib against X's documented addresses: both sign-ins, v2 uploads by hand, refusals."""

import time

import requests
from oauthlib.oauth2 import OAuth2Error
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth1Session, OAuth2Session

from report import (
    HARD, SCOPES, callback, check, consent, consumer, expect, finished, keys, media, posted, refused)

API = "https://api.x.com"
AUTHORIZE = "https://x.com/i/oauth2/authorize"
TOKEN = API + "/2/oauth2/token"
SEGMENT_BYTES = 16 * 1024


def sign_in_1(callback_uri):
    session = OAuth1Session(consumer[0], consumer[1], callback_uri=callback_uri)
    session.fetch_request_token(API + "/oauth/request_token")
    answer = consent(session.authorization_url(API + "/oauth/authorize"))
    if callback_uri == "oob":
        tokens = session.fetch_access_token(API + "/oauth/access_token", verifier=answer)
    else:
        session.parse_authorization_response(answer)
        tokens = session.fetch_access_token(API + "/oauth/access_token")
    expect(tokens["screen_name"], keys.screen_name)
    return OAuth1Session(consumer[0], consumer[1], tokens["oauth_token"], tokens["oauth_token_secret"])


def sign_in_2(client_id, secret=None):
    session = OAuth2Session(client_id, redirect_uri=callback, scope=SCOPES, pkce="S256")
    address, _ = session.authorization_url(AUTHORIZE)
    session.fetch_token(TOKEN, authorization_response=consent(address), **proof(client_id, secret))
    return session


def proof(client_id, secret):
    """Of who asks for a token: Basic for a confidential client, its id in the body for a public one."""
    if secret:
        return {"auth": HTTPBasicAuth(client_id, secret)}
    return {"include_client_id": True}


def name_of(session):
    answer = session.get(API + "/2/users/me")
    answer.raise_for_status()
    return answer.json()["data"]["username"]


def data(answer):
    if not answer.ok:
        raise AssertionError("%d %s" % (answer.status_code, answer.text))
    return answer.json()["data"]


def one_shot(session, name, category):
    with open(media(name), "rb") as file:
        answer = session.post(
            API + "/2/media/upload", data={"media_category": category}, files={"media": (name, file)})
    return data(answer)["id"]


def chunked(session, name, media_type, category):
    """Gives the id and the number of segments."""
    with open(media(name), "rb") as file:
        content = file.read()
    begin = {"media_type": media_type, "total_bytes": len(content), "media_category": category}
    upload = "%s/2/media/upload/%s" % (API, data(session.post(API + "/2/media/upload/initialize", json=begin))["id"])
    starts = range(0, len(content), SEGMENT_BYTES)
    for index, start in enumerate(starts):
        segment = content[start:start + SEGMENT_BYTES]
        data(session.post(upload + "/append", data={"segment_index": index}, files={"media": ("blob", segment)}))
    state = data(session.post(upload + "/finalize"))
    status = {"command": "STATUS", "media_id": state["id"]}
    while state.get("processing_info", {}).get("state") in ("pending", "in_progress"):
        time.sleep(state["processing_info"]["check_after_secs"])
        state = data(session.get(API + "/2/media/upload", params=status))
    expect(state.get("processing_info", {"state": "succeeded"})["state"], "succeeded")
    return state["id"], list(range(len(starts)))


def tweet(session, text, *media_ids):
    body = {"text": text, "media": {"media_ids": list(media_ids)}} if media_ids else {"text": text}
    return data(session.post(API + "/2/tweets", json=body))["id"]


signed = OAuth1Session(consumer[0], consumer[1], keys.oauth_token, keys.oauth_token_secret)
with check("OAuth 1.0a with the account's keys"):
    expect(name_of(signed), keys.screen_name)
with check("OAuth 1.0a sign-in by callback"):
    expect(name_of(sign_in_1(callback)), keys.screen_name)
with check("OAuth 1.0a sign-in by PIN"):
    expect(name_of(sign_in_1("oob")), keys.screen_name)
with check("OAuth 1.0a by query parameters instead of the header"):
    by_query = OAuth1Session(
        consumer[0], consumer[1], keys.oauth_token, keys.oauth_token_secret, signature_type="query")
    expect(name_of(by_query), keys.screen_name)
with check("OAuth 2.0 sign-in of a public client with PKCE"):
    expect(name_of(sign_in_2(keys.public_client_id)), keys.screen_name)
with check("OAuth 2.0 sign-in of a confidential client with PKCE"):
    person = sign_in_2(keys.client_id, keys.client_secret)
    expect(name_of(person), keys.screen_name)
with check("OAuth 2.0 refresh"):
    before = dict(person.token)
    person.refresh_token(TOKEN, auth=HTTPBasicAuth(keys.client_id, keys.client_secret))
    if person.token["refresh_token"] == before["refresh_token"]:
        raise AssertionError("the refresh token is still the same")
    expect(name_of(person), keys.screen_name)

with check("v2 one-request upload of a PNG by OAuth 2.0"):
    picture = one_shot(person, "picture.png", "tweet_image")
    text = "requests-oauthlib, picture: " + HARD
    posted("v2 tweet with the PNG arrived", tweet(person, text, picture), text,
           {"id": picture, "file": "picture.png", "category": "tweet_image"})
with check("v2 chunked upload of a GIF by OAuth 2.0"):
    gif, segments = chunked(person, "animation.gif", "image/gif", "tweet_gif")
    posted("v2 tweet with the GIF arrived", tweet(person, "requests-oauthlib, GIF", gif), "requests-oauthlib, GIF",
           {"id": gif, "file": "animation.gif", "category": "tweet_gif", "segments": segments})
with check("v2 chunked upload of a video by OAuth 1.0a"):
    video, segments = chunked(signed, "video.mp4", "video/mp4", "tweet_video")
    posted("v2 tweet with the video arrived", tweet(signed, "requests-oauthlib, video", video),
           "requests-oauthlib, video",
           {"id": video, "file": "video.mp4", "category": "tweet_video", "segments": segments})

with check("refused: a wrong consumer secret"):
    wrong = OAuth1Session(consumer[0], consumer[1] + "x", keys.oauth_token, keys.oauth_token_secret)
    expect(wrong.get(API + "/2/users/me").status_code, 401)
with check("refused: a wrong token secret"):
    wrong = OAuth1Session(consumer[0], consumer[1], keys.oauth_token, keys.oauth_token_secret + "x")
    answer = wrong.get(API + "/1.1/account/verify_credentials.json")
    expect((answer.status_code, answer.json()["errors"][0]["code"]), (401, 32))
with check("refused: a reused nonce"):
    # prepare_request signs; sent again it is the same request with the same nonce.
    once = signed.prepare_request(requests.Request("GET", API + "/2/users/me"))
    settings = signed.merge_environment_settings(once.url, {}, None, None, None)
    expect([signed.send(once, **settings).status_code for _ in range(2)], [200, 401])
with check("refused: a wrong PKCE verifier"):
    session = OAuth2Session(keys.client_id, redirect_uri=callback, scope=SCOPES, pkce="S256")
    address, state = session.authorization_url(AUTHORIZE)
    # The session would send its own verifier, one without PKCE sends what it is given.
    other = OAuth2Session(keys.client_id, redirect_uri=callback, scope=SCOPES, state=state)
    with refused(OAuth2Error, "code verifier"):
        other.fetch_token(
            TOKEN, authorization_response=consent(address), code_verifier="wrong-verifier-" * 4,
            **proof(keys.client_id, keys.client_secret))
with check("refused: a confidential client without its secret"):
    with refused(OAuth2Error, "authorization header"):
        sign_in_2(keys.client_id)
with check("refused: a spent refresh token, and with it all that came of that consent"):
    with refused(OAuth2Error, "token was invalid"):
        person.refresh_token(TOKEN, before["refresh_token"], auth=HTTPBasicAuth(keys.client_id, keys.client_secret))
    expect(person.get(API + "/2/users/me").status_code, 401)
finished()
