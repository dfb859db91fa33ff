"""What generate.py needs for signatures and docstrings beyond the library's `describe`."""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple

FILE = (
    "A path, bytes or another buffer (lent, not copied), a binary file object (read from where it stands; a file of "
    "the disk at its beginning is streamed instead), or the library's own mapping."
)

#: The documentation of arguments, where that of the library is too short for a docstring or missing.
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
#: The same, used only where the library has none.
PLAIN: Dict[str, str] = {"id": "The tweet's id."}

OFFLINE = "InvalidRequest; MissingCredentials where a key is empty. Nothing is sent."
READS = (
    "InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError, "
    "NetworkError, TimedOut, Canceled, UnexpectedResponse."
)
SIGNS_IN = (
    "InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the person "
    "has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse with an "
    "`outcome`."
)
WAITS = (
    "InvalidRequest with the `field` `parameters.redirect_uri` where that is no loopback address, or `open_browser` "
    "where no browser can be opened; AuthorizationError with a `reason`, `denied` where the person said no; TimedOut "
    "where nobody came; NetworkError where the port is in use; and those of `get_token`."
)
WRITES = (
    "InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError, "
    "RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may have "
    "acted: `not_sent`, `rejected` or `unknown`."
)
SAYS = WRITES.replace("NotPermitted", "Duplicate, NotPermitted", 1)
UPLOADS = (
    "InvalidRequest, MissingCredentials or FileError before anything is sent; MediaFailed where X can't process the "
    "file; AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. "
    "`media_ids` holds what is at X by then."
)
POSTS = (
    "InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted, "
    "OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled, "
    "UnexpectedResponse. `outcome` says "
    "whether the tweet may be there: `not_sent`, `rejected` or `unknown`; `step` and `media_ids` say how far it came."
)

TOKEN = "X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970."
PAGES = (
    "X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`. Where a "
    "later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and so on."
)
PAGING = (
    "`Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query` as "
    "`pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`."
)
ONE_ONE = "API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`."
STATUS = "X's JSON: the tweet, its id in `id_str`."
STATUSES = "The tweets, as X's JSON."
TWEET = 'X\'s JSON: the new tweet\'s id is `result["data"]["id"]`.'


class Note(NamedTuple):
    #: The arguments that may be given by position; the required ones where none are named.
    first: Tuple[str, ...] = ()
    #: Those of them that are required here, but not by the library's schema.
    needed: Tuple[str, ...] = ()
    #: Other names of an argument, which Python leaves out.
    second_names: Tuple[str, ...] = ()
    #: `Result` or `ResultList`; where X's answer may be the other one as well, `Union[…, Any]` of the likelier.
    result: str = "Result"
    returns: str = "X's JSON."
    raises: str = READS
    #: A paragraph of its own.
    more: str = ""
    #: A function whose docstring documents the arguments that both have.
    see: str = ""
    #: Shared arguments that are documented here too.
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
    "exchange_oauth1_token": Note(
        first=("scopes",),
        returns=TOKEN,
        raises=SIGNS_IN,
        more="The four keys of OAuth 1.0a and `client_id` are enough. The tokens that such an exchange gave before are "
        "void. The client takes the new ones over.",
    ),
    "get_bearer_token": Note(
        returns="`token_type`, `access_token`: the value for the parameter `bearer_token`.",
        raises=SIGNS_IN,
        more="The client does not take the token over: it is no account's.",
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
        "A client without an account takes the keys over; one that has an account keeps that.",
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
    "create_thread": Note(
        first=("tweets",),
        result="ResultList",
        returns="X's answers in the order of the tweets: `id` and `text` of each.",
        raises=f"{POSTS} `posted` and `next` say where the thread stopped; `outcome` is that of the tweet at `next`.",
        more="To go on with a thread that stopped, give the tweets from `next` on, and the last id of `posted` as "
        "`in_reply_to_tweet_id`.",
    ),
    "update_operations": Note(
        first=("path",),
        returns="`path`, `version`, `operations` (how many), and the names of those that are `added`, `changed` and "
        "`removed`.",
    ),
    "delete_tweet": Note(returns='`{"data": {"deleted": true}}`.', raises=WRITES),
    "get_tweet": Note(returns='X\'s JSON: the tweet is `result["data"]`.'),
    "get_tweets": Note(returns="X's JSON: the tweets are `data`; what is gone or hidden is named in `errors`."),
    "retweet": Note(returns='`{"data": {"retweeted": true}}`.', raises=WRITES),
    "unretweet": Note(returns='`{"data": {"retweeted": false}}`.', raises=WRITES),
    "like_tweet": Note(returns='`{"data": {"liked": true}}`.', raises=WRITES),
    "unlike_tweet": Note(returns='`{"data": {"liked": false}}`.', raises=WRITES),
    "get_retweets": Note(returns=PAGES, more=PAGING),
    "get_retweeted_by": Note(returns=PAGES, more=PAGING),
    "get_liking_users": Note(returns=PAGES, more=PAGING),
    "get_me": Note(returns='X\'s JSON: the account is `result["data"]`.'),
    "get_reposts_of_me": Note(returns=PAGES, more=PAGING),
    "get_liked_tweets": Note(first=("user_id",), returns=PAGES, more=PAGING),
    "get_oembed": Note(returns="X's JSON: `html` goes into the page.", more="X wants no keys for this."),
    "statuses_update": Note(first=("status",), returns=STATUS, raises=SAYS, more=ONE_ONE),
    "statuses_destroy": Note(returns=STATUS, raises=WRITES, more=ONE_ONE),
    "statuses_show": Note(returns=STATUS, more=ONE_ONE),
    "statuses_retweet": Note(returns=STATUS, raises=WRITES, more=ONE_ONE),
    "statuses_unretweet": Note(returns=STATUS, raises=WRITES, more=ONE_ONE),
    "statuses_retweets": Note(result="ResultList", returns=STATUSES, more=ONE_ONE),
    "statuses_lookup": Note(
        result="Union[ResultList, Any]",
        returns=f"{STATUSES} With `map` a Result instead: an object by id, with null for what is gone.",
        more=ONE_ONE,
    ),
    "statuses_oembed": Note(first=("id",), returns="X's JSON: `html` goes into the page.", more=ONE_ONE),
    "statuses_retweets_of_me": Note(result="ResultList", returns=STATUSES, more=ONE_ONE),
    "statuses_retweeters_ids": Note(
        returns="X's JSON: `ids`; `next_cursor_str` and `previous_cursor_str` are the neighbouring pages.", more=ONE_ONE
    ),
    "favorites_create": Note(returns=STATUS, raises=WRITES, more=ONE_ONE),
    "favorites_destroy": Note(returns=STATUS, raises=WRITES, more=ONE_ONE),
    "favorites_list": Note(result="ResultList", returns=STATUSES, more=ONE_ONE),
    "request": Note(
        first=("method", "path"),
        result="Union[Result, Any]",
        returns="X's JSON: a Result, or a ResultList where it is an array; text, a number or a boolean as it is. Pages "
        "are joined as `get_retweets` does it.",
        raises=WRITES,
        more="For what has no function here. Keys are sent to `api_url` and `upload_url` only.",
    ),
    "parse_tweet": Note(
        returns="`weighted_length` (280 are allowed), `valid`, `permillage` (of what is allowed), `display_range` and "
        "`valid_range` (first and last place, in UTF-16 units), as X's own libraries give them.",
        raises="InvalidRequest. Nothing is sent.",
    ),
    "describe": Note(
        first=("name",),
        result="ResultList",
        returns="For each function `name`, `title`, `en`, `ru`, `request` (the JSON Schema of its request) and what a "
        "generator of wrappers needs: `group`, `writes`, `result` (a short name for what comes back), `files` (the "
        "fields that are files) and `arguments` (what 1C takes by position).",
        raises="InvalidRequest.",
    ),
}


def note_of(function: str) -> Note:
    return NOTES.get(function, Note())
