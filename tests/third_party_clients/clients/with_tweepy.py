"""tweepy with its own addresses (api.twitter.com, upload.twitter.com): v1.1 uploads, v1.1 and v2 tweets."""

from urllib.parse import parse_qs, urlsplit

import requests
import tweepy
from oauthlib.oauth2 import OAuth2Error
from tweepy.auth import HTTPBasicAuth

from report import HARD, SCOPES, callback, check, consent, consumer, expect, finished, keys, media, posted, refused

TOKEN = "https://api.twitter.com/2/oauth2/token"
# tweepy's smallest; the GIF takes several of them.
SEGMENT_BYTES = 16 * 1024


def api_with(consumer_secret=consumer[1], token=keys.oauth_token, token_secret=keys.oauth_token_secret):
    return tweepy.API(tweepy.OAuth1UserHandler(consumer[0], consumer_secret, token, token_secret))


def client_with(token_secret=keys.oauth_token_secret):
    return tweepy.Client(
        consumer_key=consumer[0], consumer_secret=consumer[1],
        access_token=keys.oauth_token, access_token_secret=token_secret)


def sign_in_1(callback_uri):
    handler = tweepy.OAuth1UserHandler(consumer[0], consumer[1], callback=callback_uri)
    verifier = consent(handler.get_authorization_url(signin_with_twitter=callback_uri != "oob"))
    if callback_uri != "oob":
        verifier = parse_qs(urlsplit(verifier).query)["oauth_verifier"][0]
    handler.get_access_token(verifier)
    return tweepy.API(handler)


def handler_2(client_id=keys.client_id, secret=keys.client_secret):
    return tweepy.OAuth2UserHandler(client_id=client_id, redirect_uri=callback, scope=SCOPES, client_secret=secret)


def name_with(token):
    return tweepy.Client(token["access_token"]).get_me(user_auth=False).data.username


def segments_of(size):
    return list(range(-(-size // SEGMENT_BYTES)))


api, client = api_with(), client_with()
with check("OAuth 1.0a with the account's keys, v1.1 and v2"):
    expect(api.verify_credentials().screen_name, keys.screen_name)
    expect(client.get_me().data.username, keys.screen_name)
with check("OAuth 1.0a sign-in by callback (authenticate)"):
    expect(sign_in_1(callback).verify_credentials().screen_name, keys.screen_name)
with check("OAuth 1.0a sign-in by PIN (authorize)"):
    expect(sign_in_1("oob").verify_credentials().screen_name, keys.screen_name)

with check("OAuth2UserHandler sign-in of a public client"):
    public = handler_2(keys.public_client_id, None)
    expect(name_with(public.fetch_token(consent(public.get_authorization_url()))), keys.screen_name)
with check("OAuth2UserHandler sign-in of a confidential client"):
    person = handler_2()
    first = dict(person.fetch_token(consent(person.get_authorization_url())))
    expect(name_with(first), keys.screen_name)
with check("OAuth2UserHandler refresh"):
    token = person.refresh_token(TOKEN, auth=HTTPBasicAuth(keys.client_id, keys.client_secret))
    expect(name_with(token), keys.screen_name)
    text = "tweepy, OAuth 2.0: " + HARD
    tweet = tweepy.Client(token["access_token"]).create_tweet(text=text, user_auth=False)
    posted("v2 tweet by OAuth 2.0 arrived", tweet.data["id"], text)
with check("application's own sign-in (OAuth2AppHandler)"):
    tweepy.OAuth2AppHandler(*consumer)

with check("simple upload of a PNG, with alt text"):
    picture = api.media_upload(media("picture.png")).media_id
    api.create_media_metadata(picture, HARD)
    text = "tweepy, picture: " + HARD
    tweet = client.create_tweet(text=text, media_ids=[picture])
    posted("v2 tweet with the PNG arrived", tweet.data["id"], text,
           {"id": str(picture), "file": "picture.png", "category": "tweet_image", "alt_text": HARD})
with check("chunked upload of a PNG"):
    picture = api.media_upload(media("picture.png"), chunked=True, media_category="tweet_image").media_id
    tweet = client.create_tweet(media_ids=[picture])
    posted("v2 tweet with the PNG and no text arrived", tweet.data["id"], "",
           {"id": str(picture), "file": "picture.png", "category": "tweet_image"})
with check("chunked upload of a GIF"):
    upload = api.media_upload(
        media("animation.gif"), chunked=True, media_category="tweet_gif", chunk_size=SEGMENT_BYTES)
    status = api.update_status("tweepy, GIF: " + HARD, media_ids=[upload.media_id])
    posted("v1.1 tweet with the GIF arrived", status.id_str, "tweepy, GIF: " + HARD,
           {"id": upload.media_id_string, "file": "animation.gif", "category": "tweet_gif",
            "segments": segments_of(upload.size)})
with check("chunked upload of a video"):
    upload = api.media_upload(media("video.mp4"), media_category="tweet_video", chunk_size=SEGMENT_BYTES)
    expect(upload.processing_info["state"], "succeeded")
    tweet = client.create_tweet(text="tweepy, video", media_ids=[upload.media_id])
    posted("v2 tweet with the video arrived", tweet.data["id"], "tweepy, video",
           {"id": upload.media_id_string, "file": "video.mp4", "category": "tweet_video",
            "segments": segments_of(upload.size)})
with check("v2 tweet with a poll"):
    tweet = client.create_tweet(text="tweepy, poll", poll_options=["да", "нет"], poll_duration_minutes=60)
    posted("v2 tweet with a poll arrived", tweet.data["id"], "tweepy, poll")
with check("v1.1 tweet of text alone"):
    posted("v1.1 tweet of text alone arrived", api.update_status(HARD).id_str, HARD)

with check("refused: a wrong consumer secret, v1.1"):
    with refused(tweepy.Unauthorized, "32 - Could not authenticate you"):
        api_with(consumer_secret="wrong").update_status("tweepy, never")
with check("refused: a wrong token secret, v2 and the upload"):
    with refused(tweepy.Unauthorized):
        client_with(token_secret="wrong").create_tweet(text="tweepy, never")
    with refused(tweepy.Unauthorized):
        api_with(token_secret="wrong").media_upload(media("picture.png"))
with check("refused: a reused nonce"):
    address = "https://api.twitter.com/2/users/me"
    once = client.session.prepare_request(requests.Request("GET", address, auth=api.auth.apply_auth()))
    settings = client.session.merge_environment_settings(once.url, {}, None, None, None)
    expect([client.session.send(once, **settings).status_code for _ in range(2)], [200, 401])
with check("refused: a wrong PKCE verifier"):
    mistaken, other = handler_2(), handler_2()
    answer = consent(mistaken.get_authorization_url())
    other.get_authorization_url()
    with refused(OAuth2Error, "code verifier"):
        # The other handler's verifier with this one's state and code.
        other._state = mistaken._state
        other.fetch_token(answer)
with check("refused: a spent refresh token, and with it all that came of that consent"):
    with refused(OAuth2Error, "token was invalid"):
        person.refresh_token(TOKEN, first["refresh_token"], auth=HTTPBasicAuth(keys.client_id, keys.client_secret))
    with refused(tweepy.Unauthorized):
        name_with(token)
with check("refused: the same tweet twice"):
    with refused(tweepy.Forbidden, "duplicate content"):
        for _ in range(2):
            client.create_tweet(text="tweepy, twice")
finished()
