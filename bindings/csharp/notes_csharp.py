"""What generate.py needs for signatures and documentation beyond the library's `describe`.

Meanings of fields that all wrappers share are in ../python/notes.py.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple


class Note(NamedTuple):
    #: The fields that are arguments; the required ones where none are named. The others are properties of the options.
    first: Tuple[str, ...] = ()
    #: Those of them that may be null.
    nullable: Tuple[str, ...] = ()
    #: Other names of a field, which C# leaves out.
    second_names: Tuple[str, ...] = ()
    #: The class of the options; that of the method's own name unless given.
    options: str = ""
    #: The argument that is the options, where they can't be left out.
    options_argument: str = ""
    #: Whether `files` takes one file only.
    one_file: bool = False
    #: A paragraph of its own.
    more: str = ""


TAKES_OVER = "The client takes the tokens over and raises <see cref=\"ITwitterClient.TokensChanged\"/>."
ONE_ONE = "API 1.1, signed by OAuth 1.0a: X keeps it for few applications."
PAGING = (
    "With <c>MaxPages</c> over 1 several pages come as one: where a later page fails, what was read is kept, and "
    "<see cref=\"TwitterResult{T}.Incomplete\"/> has the error. The method whose name begins with Enumerate reads one "
    "page after the other instead."
)

NOTES: Dict[str, Note] = {
    "create_authorization_header_v1": Note(
        first=("request_type", "url"),
        second_names=("method",),
        more="For requests that you send yourself, to any endpoint of X.",
    ),
    "get_authorization_link": Note(
        more="A site where several people sign in gives a session, here and with the redirect. State and verifier are "
        "to be kept only where the application has no secret to make them from again."
    ),
    "get_token": Note(more=TAKES_OVER),
    "refresh_token": Note(more=TAKES_OVER + " The old refresh token is worthless from then on."),
    "handle_incoming_request_after_authorization": Note(more=TAKES_OVER),
    "wait_for_authorization": Note(
        more="For programs on the person's own machine: <see cref=\"TwitterParameters.RedirectUri\"/> is a loopback "
        "address such as http://127.0.0.1:8765/callback, registered with X. Headless: show the address of "
        "<see cref=\"ITwitterAuthorization.GetAuthorizationLink\"/>, and give its state and verifier here, with "
        "<c>OpenBrowser = false</c>. " + TAKES_OVER
    ),
    "oauth1_request_token": Note(
        more="The client does not take the request token over: it is no account's. Hand its two values to "
        "<see cref=\"ITwitterAuthorization.OAuth1AccessToken\"/> as parameters of the call."
    ),
    "oauth1_access_token": Note(
        more="The parameters of the call hold the request token: <see cref=\"TwitterParameters.OAuthToken\"/> and "
        "<see cref=\"TwitterParameters.OAuthTokenSecret\"/>. " + TAKES_OVER
    ),
    "exchange_oauth1_token": Note(more=TAKES_OVER),
    "create_custom_tweet": Note(
        options="TweetOptions",
        options_argument="tweet",
        more="X takes only one of media, poll, quoted post, card and direct message link.",
    ),
    "create_text_tweet": Note(first=("text",), options="TweetOptions"),
    "create_image_tweet": Note(first=("text", "files"), nullable=("text",), options="TweetOptions"),
    "create_gif_tweet": Note(first=("text", "files"), nullable=("text",), options="TweetOptions", one_file=True),
    "create_video_tweet": Note(first=("text", "files"), nullable=("text",), options="TweetOptions", one_file=True),
    "create_poll_tweet": Note(
        first=("text", "poll_options", "poll_duration"), nullable=("text",), options="TweetOptions"
    ),
    "create_thread": Note(
        first=("tweets",),
        more="All posts are checked before the first is sent, and all files are uploaded before the first is posted. "
        "Where the thread stops half way, <see cref=\"TwitterError.Posted\"/> has the posts that are there, and "
        "<see cref=\"TwitterError.Next\"/> is the index of the one that failed.",
    ),
    "get_retweets": Note(more=PAGING),
    "get_retweeted_by": Note(more=PAGING),
    "get_liking_users": Note(more=PAGING),
    "get_reposts_of_me": Note(more=PAGING),
    "get_liked_tweets": Note(more=PAGING),
    "get_oembed": Note(more="X wants no keys for this."),
    "statuses_update": Note(first=("status",), nullable=("status",)),
    "request": Note(
        first=("method", "path"),
        nullable=("path",),
        more="For what has no method here. Keys are sent to the origins of <see cref=\"TwitterParameters.ApiUrl\"/> and "
        "<see cref=\"TwitterParameters.UploadUrl\"/> only. " + PAGING,
    ),
}

#: The documentation of fields, where that of the library doesn't fit C# or is missing.
MEANINGS: Dict[str, str] = {
    "scope": "OAuth 2.0: what the authorization link asks for. Unless given: all that this library has functions for.",
    "TweetMedia.media_ids": "The ids of the uploads.",
    "TweetMedia.title": "The title of a video.",
    "TweetMedia.description": "The description of a video.",
    "TweetVisitSite.url": "The address of the page.",
    "TweetWatchNow.url": "The address of the video.",
    "TweetPoll.options": "Two to four options of 1 to 25 characters.",
    "TweetPoll.duration_minutes": "How long the poll is open: 5 minutes to 7 days.",
    "visit_site": "A button that opens a page.",
    "watch_now": "A button that plays a video.",
    "app_store_id": "The id in Apple's store, for iPhones.",
    "ipad_app_store_id": "The id in Apple's store, for iPads.",
    "play_store_id": "The id in Google's store.",
    "place_id": "An id of X's places.",
    "previous_post_id": "The post that is edited.",
    "in_reply_to_tweet_id": "The post that is answered.",
    "exclude_reply_user_ids": "Users who are left out of the mentions.",
    "auto_populate_reply_metadata": "Whether X puts the mentions in front of the answer itself.",
    "tagged_user_ids": "Users who are tagged in the pictures; ten at most.",
    "embeddable": "Whether other sites may show it.",
    "preview_media_id": "The picture that is shown before the video plays.",
}

#: Properties whose names are not simply those of the fields.
NAMES: Dict[str, str] = {
    "wait_seconds": "WaitTimeout",
    "duration_minutes": "Duration",
    "json": "JsonBody",
    "lat": "Latitude",
    "long": "Longitude",
    "maxwidth": "MaxWidth",
    "maxheight": "MaxHeight",
    "lang": "Language",
    "dnt": "DoNotTrack",
    "enable_dmcommands": "EnableDMCommands",
    "fail_dmcommands": "FailDMCommands",
}
#: Words in names that are not written with one capital.
WORDS: Dict[str, str] = {"oauth": "OAuth", "oauth1": "OAuth1", "oauth2": "OAuth2", "oembed": "OEmbed", "ai": "AI"}
#: Whole numbers of minutes; those of seconds end in `_seconds`.
MINUTES = ("poll_duration", "duration_minutes")
#: The names of objects in options that have fields of their own: `Tweet` and the field's unless given.
OBJECTS: Dict[str, str] = {"edit_options": "TweetEdit", "tweets": "ThreadTweet"}

#: What is said of an object's class, where that is not what is said of its field.
OBJECT_SUMMARIES: Dict[str, str] = {"ThreadTweet": "A post of a thread, with all fields that X has for it."}

#: Choices that have a type, by their field.
CHOICES: Dict[str, str] = {"type": "MediaCategory", "reply_settings": "ReplySettings", "auth": "TwitterAuth"}
CHOICE_SUMMARIES: Dict[str, str] = {
    "MediaCategory": "What an uploaded file is for. X may know more than are named here: any text converts to it.",
    "ReplySettings": "Who may reply to a post. X may know more than are named here: any text converts to it.",
    "TwitterAuth": "Which keys sign a request.",
}
CHOICE_VALUES: Dict[str, Dict[str, str]] = {
    "MediaCategory": {
        "tweet_image": "A picture of a post.",
        "tweet_gif": "A GIF of a post.",
        "tweet_video": "A video of a post.",
        "amplify_video": "A video of an advertiser.",
        "dm_image": "A picture of a direct message.",
        "dm_gif": "A GIF of a direct message.",
        "dm_video": "A video of a direct message.",
        "subtitles": "Subtitles of a video.",
    },
    "ReplySettings": {
        "following": "Whom the author follows.",
        "mentionedUsers": "Who is mentioned.",
        "subscribers": "Who subscribes to the author.",
        "verified": "Who is verified.",
    },
    "TwitterAuth": {
        "auto": "Those that the request needs and the parameters have.",
        "oauth1": "The keys of OAuth 1.0a.",
        "oauth2": "The access token of OAuth 2.0.",
        "bearer": "The application's own token.",
    },
}

#: By the short name of a function's result: the type, how it is read, what is said of it.
RESULTS: Dict[str, Tuple[str, str, str]] = {
    "parameters": ("TwitterParameters", "Parameters", "Every parameter, addresses resolved. Secrets are in it."),
    "header": ("string", "Header", "The value of the header Authorization. It is a secret."),
    "link": ("AuthorizationLink", "Link", "The address for the person's browser, its state and verifier."),
    "token": ("TwitterTokens", "Token", "The tokens, and when the access token ends."),
    "oauth1_keys": ("TwitterTokens", "Token", "The account's keys, its id and name."),
    "request_token": ("RequestToken", "RequestToken", "The request token, and where the person authorizes it."),
    "bearer": ("TwitterTokens", "Token", "The application's own token, in its <c>AccessToken</c>."),
    "revoked": ("bool", "Revoked", "Whether X has revoked it."),
    "media": ("UploadedMedia", "Media", "The id of the upload, for posts."),
    "media_status": ("UploadedMedia", "Media", "How far X is."),
    "ids": ("IReadOnlyList<string>", "Ids", "The ids of the uploads, in the order of the files."),
    "ids_page": ("IReadOnlyList<string>", "IdsPage", "The ids."),
    "json": ("JsonElement", "Json", "X's JSON."),
    "tweet": ("Tweet", "Tweet", "The post."),
    "tweets": ("IReadOnlyList<Tweet>", "Tweets", "The posts; what is gone or hidden is in <see cref=\"TwitterResult{T}.Problems\"/>."),
    "tweets_page": ("IReadOnlyList<Tweet>", "Tweets", "The posts of the page."),
    "thread": ("IReadOnlyList<Tweet>", "Tweets", "The posts, in their order."),
    "deleted": ("bool", "Deleted", "True: it is deleted."),
    "retweeted": ("bool", "Retweeted", "Whether the account repeats it now."),
    "liked": ("bool", "Liked", "Whether the account likes it now."),
    "user": ("User", "User", "The account."),
    "users_page": ("IReadOnlyList<User>", "Users", "The accounts of the page."),
    "oembed": ("OEmbed", "OEmbed", "The HTML for the page."),
    "status": ("Status", "Status", "The post."),
    "statuses": ("IReadOnlyList<Status>", "Statuses", "The posts."),
    "weight": ("TweetWeight", "Weight", "The length, and whether X takes the text."),
    "functions": ("IReadOnlyList<FunctionDescription>", "Functions", "Each function with the JSON Schema of its request."),
}
#: What one call of a paged function gives where its items are enumerated: the type, and how a page is read.
ITEMS: Dict[str, Tuple[str, str]] = {
    "tweets_page": ("Tweet", "Tweets"),
    "users_page": ("User", "Users"),
    "json": ("JsonElement", "JsonPage"),
}

#: The interfaces, by the group of the functions in them.
GROUPS: Dict[str, Tuple[str, str]] = {
    "authorization": ("ITwitterAuthorization", "Signing people in, and keeping them signed in."),
    "media": ("ITwitterMedia", "Uploading pictures, GIFs, videos and subtitles."),
    "tweets": ("ITwitterTweets", "Posts of API v2: making, deleting, liking, repeating and reading them."),
    "statuses": ("ITwitterStatuses", "Posts of API 1.1, which X keeps for few applications."),
    "tools": ("ITwitterTools", "Every other endpoint of X, and what needs none."),
}

FILE = "The file: a path, bytes or a stream."
FILES = "The files, each a path, bytes or a stream."

INVALID = ("TwitterInvalidRequestException", "A field is missing or wrong; nothing was sent.")
MISSING = ("TwitterMissingCredentialsException", "A key is empty; nothing was sent.")
CANCELED = ("TwitterCanceledException", "The call was cancelled.")
#: What a function may throw, by what it does.
OFFLINE = (INVALID, MISSING)
READS = (
    INVALID, MISSING,
    ("TwitterException", "X refused the call, or could not be reached. The derived class tells which."),
    CANCELED,
)  # fmt: skip
SIGNS_IN = (
    INVALID, MISSING,
    ("TwitterAuthorizationException", "A person has to sign in (again): see <see cref=\"TwitterError.Reason\"/>."),
    ("TwitterException", "X refused the call, or could not be reached. The derived class tells which."),
    CANCELED,
)  # fmt: skip
WRITES = (
    INVALID, MISSING,
    ("TwitterException", "X refused the call, or could not be reached. The derived class tells which. "
     "<see cref=\"TwitterError.Outcome\"/> says whether X may have acted."),
    ("TwitterCanceledException", "The call was cancelled; its outcome says whether X may have acted."),
)  # fmt: skip
UPLOADS = (
    INVALID, MISSING,
    ("TwitterFileException", "A file can't be read, or changed while it was read."),
    ("TwitterMediaFailedException", "X can't process the file."),
    *WRITES[2:],
)  # fmt: skip
POSTS = (
    *UPLOADS[:4],
    ("TwitterDuplicateException", "The account posted the same before."),
    *WRITES[2:],
)  # fmt: skip


def note_of(function: str) -> Note:
    return NOTES.get(function, Note())
