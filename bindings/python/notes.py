"""What generate.py tells in docstrings and signatures beyond the library's `describe`."""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

FILE = (
    "A path, bytes or another buffer (lent, not copied), a binary file object (read from where it stands; a file of "
    "the disk at its beginning is streamed instead), or the library's own mapping."
)

#: Arguments that the library documents too shortly for a docstring, or not at all.
MEANINGS: Dict[str, str] = {
    "media_id": "The id of the upload.",
    "poll_options": "Two to four options of 1 to 25 characters.",
    "reply": "Makes the tweet a reply",
    "geo": "Where the tweet is from",
    "edit_options": "Makes the tweet an edit of an earlier one",
    "media": "The media by X's own field",
    "poll": "The poll by X's own field",
    "quote_tweet_id": "The tweet to quote.",
    "reply_settings": "Who may reply; everybody unless given.",
    "community_id": "The community to post in.",
    "direct_message_deep_link": "An address that opens a direct message, shown under the tweet.",
    "card_uri": "The card to show.",
    "for_super_followers_only": "Whether only super followers see the tweet.",
    "made_with_ai": "Whether the media were made with AI.",
    "nullcast": "Whether the tweet is for advertising only, and in no timeline.",
    "paid_partnership": "Whether the tweet is a paid partnership.",
    "share_with_followers": "Whether a community's tweet is shared with followers too.",
}

OFFLINE = "InvalidRequest; MissingCredentials where a key is empty. Nothing is sent."
READS = (
    "InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError, "
    "NetworkError, TimedOut, UnexpectedResponse."
)
SIGNS_IN = (
    "InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the person "
    "has to sign in again; NetworkError, TimedOut, RateLimited, ApiError, UnexpectedResponse with an `outcome`."
)
WAITS = (
    "InvalidRequest with the `field` `parameters.redirect_uri` where that is no loopback address, or `open_browser` "
    "where no browser can be opened; AuthorizationError with a `reason`, `denied` where the person said no; TimedOut "
    "where nobody came; NetworkError where the port is in use; and those of `get_token`."
)
UPLOADS = (
    "InvalidRequest, MissingCredentials or FileError before anything is sent; MediaFailed where X can't process the "
    "file; AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, UnexpectedResponse. `media_ids` holds "
    "what is at X by then."
)
POSTS = (
    "InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted, "
    "OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, "
    "UnexpectedResponse. `outcome` says "
    "whether the tweet may be there: `not_sent`, `rejected` or `unknown`; `step` and `media_ids` say how far it came."
)

TOKEN = "X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970."
TWEET = 'X\'s JSON: the new tweet\'s id is `result["data"]["id"]`.'


class Note(NamedTuple):
    #: The arguments that may be given by position; the required ones where none are named.
    first: Tuple[str, ...] = ()
    #: Those of them that have to be given, though the library's schema can't say it.
    needed: Tuple[str, ...] = ()
    #: Other names of an argument, for which Python has no use.
    second_names: Tuple[str, ...] = ()
    result: str = "Result"
    returns: str = "X's JSON."
    raises: str = READS
    #: A paragraph of its own.
    more: str = ""
    #: A function whose docstring tells of the arguments that both have.
    see: str = ""
    #: Shared arguments that are told of all the same.
    told: Tuple[str, ...] = ()


NOTES: Dict[str, Note] = {
    "get_standard_parameters": Note(
        returns="Every parameter, addresses resolved. Secrets are in it.", raises="InvalidRequest; FileError."
    ),
    "create_authorization_header_v1": Note(
        first=("request_type", "url", "fields"),
        needed=("request_type", "url"),
        second_names=("method",),
        returns='`{"Authorization": "OAuth …"}`.',
        raises=OFFLINE,
        more="For requests that you send yourself, to any endpoint of X.",
    ),
    "create_authorization_header_v2": Note(returns='`{"Authorization": "Bearer …"}`.', raises=OFFLINE),
    "get_authorization_link": Note(
        returns="`url` for the person's browser; `state` and `code_verifier`, to be kept only where the application "
        "has no secret to make them from again.",
        raises=OFFLINE,
        more="A site where several people sign in gives `session`, here and with the redirect.",
    ),
    "get_token": Note(first=("code",), returns=TOKEN, raises=SIGNS_IN, more="The client takes the tokens over."),
    "refresh_token": Note(
        returns=TOKEN,
        raises=SIGNS_IN,
        more="The client takes the new tokens over and hands them to `on_tokens`. The old refresh token is worthless "
        "from then on.",
    ),
    "handle_incoming_request_after_authorization": Note(
        first=("url",), returns=TOKEN, raises=SIGNS_IN, more="The client takes the tokens over."
    ),
    "wait_for_authorization": Note(
        returns=TOKEN,
        raises=WAITS,
        more="For programs on the person's own machine: `redirect_uri` is a loopback address such as "
        "http://127.0.0.1:8765/callback, registered with X. The client takes the tokens over. Headless: show the `url` "
        "of `get_authorization_link` and give its `state` and `code_verifier` here, with `open_browser=False`.",
    ),
    "oauth1_request_token": Note(
        first=("callback",),
        returns="`oauth_token`, `oauth_token_secret`: the request token, for `oauth1_access_token`; `authorize_url`: "
        "where the person authorizes it.",
        raises=SIGNS_IN,
        more="The client does not take the request token over: it is no account's. Hand its two fields to "
        "`oauth1_access_token` as `parameters`.",
    ),
    "oauth1_access_token": Note(
        returns="`oauth_token`, `oauth_token_secret`: the account's keys; `user_id`, `screen_name`.",
        raises=SIGNS_IN,
        more="`parameters` holds the request token: `oauth_token` and `oauth_token_secret` of `oauth1_request_token`. "
        "The client takes the account's keys over.",
    ),
    "revoke_token": Note(first=("token",), raises=SIGNS_IN),
    "upload_media_file": Note(
        first=("file", "type"),
        returns="`media_id` (`media_id_string` is the same), `media_key`, `expires_after_secs`, `processing_info` "
        "where X processes the file, `response`: X's last answer.",
        raises=UPLOADS,
    ),
    "upload_attachments_array": Note(
        first=("files", "type"),
        result="ResultList",
        returns="The media ids, in the order of the files.",
        raises=UPLOADS,
    ),
    "set_media_metadata": Note(first=("media_id", "alt_text")),
    "create_custom_tweet": Note(
        first=("text",),
        returns=TWEET,
        raises=POSTS,
        more="X takes only one of media, poll, quote_tweet_id, card_uri and direct_message_deep_link.",
    ),
    "create_text_tweet": Note(
        first=("text",), needed=("text",), returns=TWEET, raises=POSTS, see="create_custom_tweet"
    ),
    "create_image_tweet": Note(
        first=("text", "files"), returns=TWEET, raises=POSTS, see="create_custom_tweet", told=("alt_texts",)
    ),
    "create_gif_tweet": Note(
        first=("text", "files"), returns=TWEET, raises=POSTS, see="create_custom_tweet", told=("alt_texts",)
    ),
    "create_video_tweet": Note(
        first=("text", "files"), returns=TWEET, raises=POSTS, see="create_custom_tweet", told=("alt_texts",)
    ),
    "create_poll_tweet": Note(
        first=("text", "poll_options", "poll_duration"), returns=TWEET, raises=POSTS, see="create_custom_tweet"
    ),
    "describe": Note(
        first=("name",),
        result="ResultList",
        returns="For each function `name`, `title`, `en`, `ru` and `request`: the JSON Schema of its request.",
        raises="InvalidRequest.",
    ),
}


def note_of(function: str) -> Note:
    return NOTES.get(function, Note())
