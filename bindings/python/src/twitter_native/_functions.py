# Made by generate.py from the library's `describe`: change neither by hand.
"""One method for each function of the library."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Literal, Mapping, Optional, Sequence, Type, TypedDict, TypeVar, Union

from ._results import Result, ResultList
from ._types import Cancel, File, Id, ParametersLike, PathLike, Progress

R = TypeVar("R", Result, ResultList)

MediaCategory = Literal[
    "tweet_image", "tweet_gif", "tweet_video", "amplify_video", "dm_image", "dm_gif", "dm_video", "subtitles",
    "photo", "animated_gif", "video",
]  # fmt: skip
ReplySettings = Literal[
    "following", "mentionedUsers", "subscribers", "verified",
]  # fmt: skip


class ParameterFields(TypedDict, total=False):
    """Settings and credentials. What is left out has its default; empty text where none is shown."""

    redirect_uri: str
    """OAuth 2.0: the address to which X sends the browser back after the sign-in; it must be registered with X."""
    client_id: str
    """OAuth 2.0: the application's id."""
    client_secret: str
    """OAuth 2.0: the application's secret; a public application has none."""
    access_token: str
    """OAuth 2.0: the user's token; it is valid for two hours."""
    refresh_token: str
    """OAuth 2.0: gets a new access token; it can be used once, and X sends the next one with the answer."""
    oauth_token: str
    """OAuth 1.0a: the account's access token, digits, a hyphen and text."""
    oauth_token_secret: str
    """OAuth 1.0a: the secret of `oauth_token`."""
    oauth_consumer_key: str
    """OAuth 1.0a: the application's API key."""
    oauth_consumer_secret: str
    """OAuth 1.0a: the application's API secret."""
    bearer_token: str
    """The application's own token, for what X gives to applications alone. `get_bearer_token` makes it."""
    scope: Union[str, Sequence[str]]
    """OAuth 2.0: what the sign-in link asks for, separated by blanks. The default asks for posting, uploading,
    reading, likes, follows, lists, blocks, mutes, bookmarks, spaces, and `offline.access`."""
    auth: Literal["auto", "oauth1", "oauth2", "bearer"]
    """How requests are signed: `oauth1`, `oauth2`, `bearer` or `auto`. `auto` uses OAuth 2.0 where its token is
    given, else OAuth 1.0a where its four keys are, else `bearer_token`. Default: 'auto'."""
    media_api: Literal["2", "1.1"]
    """The API for uploads; `1.1` for accounts that still have it. Default: '2'."""
    api_url: str
    """The address of X's API. Default: 'https://api.x.com'."""
    upload_url: str
    """The address for uploads by API 1.1. Default: 'https://upload.x.com'."""
    authorize_url: str
    """The page on which a person authorizes the application. Default: 'https://x.com/i/oauth2/authorize'."""
    publish_url: str
    """The address that makes the HTML to embed a tweet. Default: 'https://publish.x.com'."""
    allow_http: bool
    """Allow addresses with `http://`. Without it they work on this machine only (127.0.0.1, [::1], localhost).
    Default: False."""
    timeout_seconds: int
    """The longest time in which nothing is sent or received. The answer to a large request may take longer. Default:
    60."""
    connect_timeout_seconds: int
    """The longest time to connect. Default: 10."""
    deadline_seconds: int
    """The longest time for the whole call, with uploads, waits and retries; 0: no limit. Default: 0."""
    max_retries: int
    """How often a request is repeated, where it may be repeated. Default: 3."""
    max_wait_seconds: int
    """The longest wait before a retry. Where X asks for more, the call ends with `rate_limited`. Default: 60."""
    proxy: str
    """The address of a proxy: `http://`, `https://` or `socks5h://`. It may hold a user and a password
    (`DOMAIN\\user` too). `none`: no proxy. Empty: the system's setting (`HTTPS_PROXY`, `NO_PROXY`, …). This machine
    is always reached directly."""
    ca_file: PathLike
    """A PEM file with certificates that are trusted too, beside the system's."""
    chunk_size: int
    """The size of a segment in bytes, 65536 to 5000000. It is raised for a file that would need more than 10,000
    segments. Default: 4194304."""
    upload_concurrency: int
    """How many segments are sent at the same time, 1 to 32. Default: 4."""
    check_limits: bool
    """Check X's limits (sizes, numbers, lengths) before sending. `false` leaves that to X. Default: True."""
    token_file: PathLike
    """OAuth 2.0: a file in which the library keeps the account's tokens and renews them. A sign-in makes it. It is
    also made from `access_token` and `refresh_token`."""
    operations_file: PathLike
    """A file with newer operations of X than this version of the library knows. `update_operations` makes it."""
    state_secret: str
    """A key of at least 32 bytes for the states of sign-ins. The default is derived from `client_secret`, else from
    `oauth_consumer_secret`."""
    user_agent: str
    """The name under which requests are sent. Default: 'twitter-native/0.1.0'."""
    language: Literal["en", "ru"]
    """The language of the library's messages: `en` or `ru`. X's own words stay as X wrote them. Default: 'en'."""


class Functions(ABC):
    """The functions of the library as methods. Arguments that are None are left out of the request.

    All of them take `parameters`, laid over the client's for this one call; `progress`, a callable that takes
    (stage, done, total): see `Progress`; and `cancel`, which ends the call from another thread: see `Cancel`.
    """

    @abstractmethod
    def _call(
        self,
        returns: Type[R],
        function: str,
        fields: Mapping[str, object],
        parameters: Optional[ParametersLike],
        progress: Optional[Progress],
        cancel: Optional[Cancel],
    ) -> R: ...

    def get_standard_parameters(
        self, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """The parameters as they will be used.

        Returns:
            Every parameter, addresses resolved. Secrets are in it.

        Raises:
            InvalidRequest; FileError.
        """
        return self._call(Result, "get_standard_parameters", {}, parameters, progress, cancel)

    def create_authorization_header_v1(
        self, request_type: str, url: str, fields: Optional[Mapping[str, Any]] = None, *,
        oauth_nonce: Optional[str] = None, oauth_timestamp: Optional[str] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """The OAuth 1.0a header of a request.

        For requests that you send yourself, to any endpoint of X.

        Arguments:
            request_type: The HTTP method, under the name that OPI_Twitter has for it.
            url: The whole address; its query is signed too.
            fields: Fields of the form body or the query, by name; a list repeats its name.
            oauth_nonce: Replaces the random nonce.
            oauth_timestamp: Replaces the time, in seconds since 1970.

        Returns:
            `{"Authorization": "OAuth …"}`.

        Raises:
            InvalidRequest; MissingCredentials where a key is empty. Nothing is sent.
        """
        fields = {
            "request_type": request_type, "url": url, "fields": fields, "oauth_nonce": oauth_nonce,
            "oauth_timestamp": oauth_timestamp,
        }
        return self._call(Result, "create_authorization_header_v1", fields, parameters, progress, cancel)

    def create_authorization_header_v2(
        self, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """The OAuth 2.0 header.

        Returns:
            `{"Authorization": "Bearer …"}`.

        Raises:
            InvalidRequest; MissingCredentials where a key is empty. Nothing is sent.
        """
        return self._call(Result, "create_authorization_header_v2", {}, parameters, progress, cancel)

    def get_authorization_link(
        self, *, state: Optional[str] = None, code_verifier: Optional[str] = None,
        code_challenge_method: Optional[Literal["S256", "plain"]] = None, session: Optional[str] = None,
        verifier: Optional[Literal["state", "client"]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """The address where a person authorizes the application.

        A site where several people sign in gives `session`, here and with the redirect.

        Arguments:
            state: Your own state, up to 500 characters. Without it the library makes a state that it can check later
                without having saved anything.
            code_verifier: Your own verifier (RFC 7636: 43 to 128 characters).
            code_challenge_method: RFC 7636 section 4.2.
            session: Any text that names the browser session. Give the same text with the redirect.
            verifier: `client` makes the verifier one value per client_id and redirect_uri, so that get_token needs
                nothing but the code.

        Returns:
            `url` for the person's browser; `state` and `code_verifier`, to be kept only where the application has no
            secret to make them from again.

        Raises:
            InvalidRequest; MissingCredentials where a key is empty. Nothing is sent.
        """
        fields = {
            "state": state, "code_verifier": code_verifier, "code_challenge_method": code_challenge_method,
            "session": session, "verifier": verifier,
        }
        return self._call(Result, "get_authorization_link", fields, parameters, progress, cancel)

    def get_token(
        self, code: str, *, state: Optional[str] = None, code_verifier: Optional[str] = None,
        session: Optional[str] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Exchanges the code of a redirect for tokens.

        The client takes the tokens over.

        Arguments:
            code: The bare code, or the whole redirect address, or its query.
            state: The state of the link; it is always checked.
            code_verifier: The verifier of the link. It is needed if the library can't compute it again.
            session: The session that the link was made for.

        Returns:
            X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        fields = {
            "code": code, "state": state, "code_verifier": code_verifier, "session": session,
        }
        return self._call(Result, "get_token", fields, parameters, progress, cancel)

    def refresh_token(
        self, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Exchanges the refresh token for new tokens, once.

        The client takes the new tokens over and hands them to `on_tokens`. The old refresh token is worthless from
        then on.

        Returns:
            X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        return self._call(Result, "refresh_token", {}, parameters, progress, cancel)

    def handle_incoming_request_after_authorization(
        self, url: str, *, state: Optional[str] = None, code_verifier: Optional[str] = None,
        session: Optional[str] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Checks the redirect and exchanges its code.

        The client takes the tokens over.

        Arguments:
            url: The redirect's whole address, or its query.
            state: The state of the link. It is needed if it was your own, or if there was no secret to sign it with.
            code_verifier: The verifier of the link. It is needed if the library can't compute it again.
            session: The session that the link was made for.

        Returns:
            X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        fields = {
            "url": url, "state": state, "code_verifier": code_verifier, "session": session,
        }
        return self._call(Result, "handle_incoming_request_after_authorization", fields, parameters, progress, cancel)

    def wait_for_authorization(
        self, *, state: Optional[str] = None, code_verifier: Optional[str] = None,
        code_challenge_method: Optional[Literal["S256", "plain"]] = None, session: Optional[str] = None,
        verifier: Optional[Literal["state", "client"]] = None, open_browser: Optional[bool] = None,
        wait_seconds: Optional[int] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Opens the browser, waits for the person's consent and exchanges the code.

        For programs on the person's own machine: `redirect_uri` is a loopback address such as
        http://127.0.0.1:8765/callback, registered with X. The client takes the tokens over. Headless: show the `url`
        of `get_authorization_link` and give its `state` and `code_verifier` here, with `open_browser=False`.

        Arguments:
            state: Your own state, or that of an earlier link.
            code_verifier: The verifier of the earlier link, or your own (RFC 7636: 43 to 128 characters).
            code_challenge_method: RFC 7636 section 4.2.
            session: Any text that names the session. For an earlier link: the same as there.
            verifier: `client` makes the verifier one value per client_id and redirect_uri.
            open_browser: Whether the link is opened in a browser; true unless given. With false, show the link of
                get_authorization_link yourself, and give its `state` here.
            wait_seconds: Longest wait for the person, in seconds, 1 to 600; 300 unless given.

        Returns:
            X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970.

        Raises:
            InvalidRequest with the `field` `parameters.redirect_uri` where that is no loopback address, or
            `open_browser` where no browser can be opened; AuthorizationError with a `reason`, `denied` where the
            person said no; TimedOut where nobody came; NetworkError where the port is in use; and those of
            `get_token`.
        """
        fields = {
            "state": state, "code_verifier": code_verifier, "code_challenge_method": code_challenge_method,
            "session": session, "verifier": verifier, "open_browser": open_browser, "wait_seconds": wait_seconds,
        }
        return self._call(Result, "wait_for_authorization", fields, parameters, progress, cancel)

    def exchange_oauth1_token(
        self, scopes: Optional[Union[str, Sequence[str]]] = None, *, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Exchanges the keys of OAuth 1.0a for tokens of OAuth 2.0, without a browser.

        The four keys of OAuth 1.0a and `client_id` are enough. The tokens that such an exchange gave before are void.
        The client takes the new ones over.

        Arguments:
            scopes: Scopes to ask for, separated by spaces; else all that the application's OAuth 1.0a permission
                gives.

        Returns:
            X's token: `access_token`, `refresh_token`, `expires_in`, `scope`, and `expires_at` in seconds since 1970.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        return self._call(Result, "exchange_oauth1_token", {"scopes": scopes}, parameters, progress, cancel)

    def get_bearer_token(
        self, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Gives the application's own token, which stands for no account.

        The client does not take the token over: it is no account's.

        Returns:
            `token_type`, `access_token`: the value for the parameter `bearer_token`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        return self._call(Result, "get_bearer_token", {}, parameters, progress, cancel)

    def revoke_token(
        self, token: Optional[str] = None, *, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Revokes a token.

        Arguments:
            token: The access or refresh token to revoke. Without it: the access token of the parameters or of their
                `token_file`. If the token is one of the file's, the file is emptied.

        Returns:
            X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        return self._call(Result, "revoke_token", {"token": token}, parameters, progress, cancel)

    def oauth1_request_token(
        self, callback: Optional[str] = None, *, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Begins a sign-in by OAuth 1.0a.

        The client does not take the request token over: it is no account's. Hand its two fields to
        `oauth1_access_token` as `parameters`.

        Arguments:
            callback: Where X sends the browser back to, as registered with X; `oob`, the default, shows the person a
                PIN instead.

        Returns:
            `oauth_token`, `oauth_token_secret`: the request token, for `oauth1_access_token`; `authorize_url`: where
            the person authorizes it.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        return self._call(Result, "oauth1_request_token", {"callback": callback}, parameters, progress, cancel)

    def oauth1_access_token(
        self, oauth_verifier: str, *, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Ends a sign-in by OAuth 1.0a with the account's keys.

        `parameters` holds the request token: `oauth_token` and `oauth_token_secret` of `oauth1_request_token`. A
        client without an account takes the keys over; one that has an account keeps that.

        Arguments:
            oauth_verifier: What came back with the callback, or the PIN that the person was shown.

        Returns:
            `oauth_token`, `oauth_token_secret`: the account's keys; `user_id`, `screen_name`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError with a `reason` where the
            person has to sign in again; NetworkError, TimedOut, Canceled, RateLimited, ApiError, UnexpectedResponse
            with an `outcome`.
        """
        fields = {
            "oauth_verifier": oauth_verifier,
        }
        return self._call(Result, "oauth1_access_token", fields, parameters, progress, cancel)

    def upload_media_file(
        self, file: File, type: Optional[MediaCategory] = None, *, media_type: Optional[str] = None,
        alt_text: Optional[str] = None, wait: Optional[bool] = None, wait_seconds: Optional[int] = None,
        additional_owners: Optional[Union[str, Sequence[str]]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Uploads a picture, GIF, video or subtitles.

        Arguments:
            file: A path, bytes or another buffer (lent, not copied), a binary file object (read from where it stands;
                a file of the disk at its beginning is streamed instead), or the library's own mapping.
            type: X's media category. Without it the content decides. The older names photo, animated_gif and video
                work too.
            media_type: The media type, such as video/mp4. Without it the content decides, then the file's name.
            alt_text: A description for screen readers, up to 1,000 characters.
            wait: Whether to wait until X has processed the file; true unless given.
            wait_seconds: The longest wait for that, in seconds; 600 unless given.
            additional_owners: Ids of users who may use the file too.

        Returns:
            `media_id` (`media_id_string` is the same), `media_key`, `expires_after_secs`, `processing_info` where X
            processes the file, `response`: X's last answer.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; MediaFailed where X can't process
            the file; AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse.
            `media_ids` holds what is at X by then.
        """
        fields = {
            "file": file, "type": type, "media_type": media_type, "alt_text": alt_text, "wait": wait,
            "wait_seconds": wait_seconds, "additional_owners": additional_owners,
        }
        return self._call(Result, "upload_media_file", fields, parameters, progress, cancel)

    def upload_attachments_array(
        self, files: Union[File, Sequence[File]], type: Optional[MediaCategory] = None, *,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """Uploads several files.

        Arguments:
            files: X's field of this name: one, or a list. A path, bytes or another buffer (lent, not copied), a
                binary file object (read from where it stands; a file of the disk at its beginning is streamed
                instead), or the library's own mapping.
            type: X's media category for each of them. Without it their content decides.

        Returns:
            The media ids, in the order of the files.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; MediaFailed where X can't process
            the file; AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse.
            `media_ids` holds what is at X by then.
        """
        fields = {
            "files": files, "type": type,
        }
        return self._call(ResultList, "upload_attachments_array", fields, parameters, progress, cancel)

    def get_media_status(
        self, media_id: Id, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """How far X has processed an uploaded file.

        Arguments:
            media_id: The id of the upload.

        Returns:
            X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        return self._call(Result, "get_media_status", {"media_id": media_id}, parameters, progress, cancel)

    def set_media_metadata(
        self, media_id: Id, alt_text: str, *, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Sets the alt text of an uploaded file.

        Arguments:
            media_id: The id of the upload.
            alt_text: A description for screen readers, up to 1,000 characters.

        Returns:
            X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "media_id": media_id, "alt_text": alt_text,
        }
        return self._call(Result, "set_media_metadata", fields, parameters, progress, cancel)

    def create_custom_tweet(
        self, text: Optional[str] = None, *, media_ids: Optional[Union[Id, Sequence[Id]]] = None,
        files: Optional[Union[File, Sequence[File]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None,
        poll_options: Optional[Union[str, Sequence[str]]] = None, poll_duration: Optional[int] = None,
        card_uri: Optional[str] = None, community_id: Optional[Id] = None,
        direct_message_deep_link: Optional[str] = None, edit_options: Optional[Mapping[str, Any]] = None,
        for_super_followers_only: Optional[bool] = None, geo: Optional[Mapping[str, Any]] = None,
        made_with_ai: Optional[bool] = None, media: Optional[Mapping[str, Any]] = None,
        nullcast: Optional[bool] = None, paid_partnership: Optional[bool] = None,
        poll: Optional[Mapping[str, Any]] = None, quote_tweet_id: Optional[Id] = None,
        reply: Optional[Mapping[str, Any]] = None, reply_settings: Optional[ReplySettings] = None,
        share_with_followers: Optional[bool] = None, body: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts a tweet of any kind.

        X takes only one of media, poll, quote_tweet_id, card_uri and direct_message_deep_link.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            media_ids: Ids of media that are uploaded already; at most four together with `files`. X decides which
                media may be in one tweet.
            files: Files to upload and attach: one, or a list. A path, bytes or another buffer (lent, not copied), a
                binary file object (read from where it stands; a file of the disk at its beginning is streamed
                instead), or the library's own mapping.
            type: X's media category for the files. Without it their content decides.
            alt_texts: Descriptions for screen readers, in the order of the files, each up to 1,000 characters. There
                may not be more of them than files.
            poll_options: Two to four options of 1 to 25 characters.
            poll_duration: How long the poll is open, in minutes: 5 to 10080.
            card_uri: The card to show.
            community_id: The community to post in.
            direct_message_deep_link: An address that opens a direct message, shown under the tweet.
            edit_options: Makes the tweet an edit of an earlier one, a mapping of previous_post_id.
            for_super_followers_only: Whether only super followers see the tweet.
            geo: Where the tweet is from, a mapping of place_id.
            made_with_ai: Whether the media were made with AI.
            media: The media by X's own field, a mapping of media_ids, tagged_user_ids, title, description,
                embeddable, preview_media_id, call_to_actions.
            nullcast: Whether the tweet is for advertising only, and in no timeline.
            paid_partnership: Whether the tweet is a paid partnership.
            poll: The poll by X's own field, a mapping of options, duration_minutes, reply_settings.
            quote_tweet_id: The tweet to quote.
            reply: Makes the tweet a reply, a mapping of in_reply_to_tweet_id, exclude_reply_user_ids,
                auto_populate_reply_metadata.
            reply_settings: Who may reply; everybody unless given.
            share_with_followers: Whether a community's tweet is shared with followers too.
            body: Further fields of the body. They are merged last and not checked: for what X adds later.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "media_ids": media_ids, "files": files, "type": type, "alt_texts": alt_texts,
            "poll_options": poll_options, "poll_duration": poll_duration, "card_uri": card_uri,
            "community_id": community_id, "direct_message_deep_link": direct_message_deep_link,
            "edit_options": edit_options, "for_super_followers_only": for_super_followers_only, "geo": geo,
            "made_with_ai": made_with_ai, "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership,
            "poll": poll, "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_custom_tweet", fields, parameters, progress, cancel)

    def create_text_tweet(
        self, text: str, *, media_ids: Optional[Union[Id, Sequence[Id]]] = None,
        files: Optional[Union[File, Sequence[File]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None,
        poll_options: Optional[Union[str, Sequence[str]]] = None, poll_duration: Optional[int] = None,
        card_uri: Optional[str] = None, community_id: Optional[Id] = None,
        direct_message_deep_link: Optional[str] = None, edit_options: Optional[Mapping[str, Any]] = None,
        for_super_followers_only: Optional[bool] = None, geo: Optional[Mapping[str, Any]] = None,
        made_with_ai: Optional[bool] = None, media: Optional[Mapping[str, Any]] = None,
        nullcast: Optional[bool] = None, paid_partnership: Optional[bool] = None,
        poll: Optional[Mapping[str, Any]] = None, quote_tweet_id: Optional[Id] = None,
        reply: Optional[Mapping[str, Any]] = None, reply_settings: Optional[ReplySettings] = None,
        share_with_followers: Optional[bool] = None, body: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts text.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            The others are those of `create_custom_tweet`.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "media_ids": media_ids, "files": files, "type": type, "alt_texts": alt_texts,
            "poll_options": poll_options, "poll_duration": poll_duration, "card_uri": card_uri,
            "community_id": community_id, "direct_message_deep_link": direct_message_deep_link,
            "edit_options": edit_options, "for_super_followers_only": for_super_followers_only, "geo": geo,
            "made_with_ai": made_with_ai, "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership,
            "poll": poll, "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_text_tweet", fields, parameters, progress, cancel)

    def create_image_tweet(
        self, text: Optional[str] = None, files: Optional[Union[File, Sequence[File]]] = None, *,
        media_ids: Optional[Union[Id, Sequence[Id]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None,
        poll_options: Optional[Union[str, Sequence[str]]] = None, poll_duration: Optional[int] = None,
        card_uri: Optional[str] = None, community_id: Optional[Id] = None,
        direct_message_deep_link: Optional[str] = None, edit_options: Optional[Mapping[str, Any]] = None,
        for_super_followers_only: Optional[bool] = None, geo: Optional[Mapping[str, Any]] = None,
        made_with_ai: Optional[bool] = None, media: Optional[Mapping[str, Any]] = None,
        nullcast: Optional[bool] = None, paid_partnership: Optional[bool] = None,
        poll: Optional[Mapping[str, Any]] = None, quote_tweet_id: Optional[Id] = None,
        reply: Optional[Mapping[str, Any]] = None, reply_settings: Optional[ReplySettings] = None,
        share_with_followers: Optional[bool] = None, body: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts one to four pictures.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            files: Files to upload and attach: one, or a list. A path, bytes or another buffer (lent, not copied), a
                binary file object (read from where it stands; a file of the disk at its beginning is streamed
                instead), or the library's own mapping.
            alt_texts: Descriptions for screen readers, in the order of the files, each up to 1,000 characters. There
                may not be more of them than files.
            The others are those of `create_custom_tweet`.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "files": files, "media_ids": media_ids, "type": type, "alt_texts": alt_texts,
            "poll_options": poll_options, "poll_duration": poll_duration, "card_uri": card_uri,
            "community_id": community_id, "direct_message_deep_link": direct_message_deep_link,
            "edit_options": edit_options, "for_super_followers_only": for_super_followers_only, "geo": geo,
            "made_with_ai": made_with_ai, "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership,
            "poll": poll, "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_image_tweet", fields, parameters, progress, cancel)

    def create_gif_tweet(
        self, text: Optional[str] = None, files: Optional[Union[File, Sequence[File]]] = None, *,
        media_ids: Optional[Union[Id, Sequence[Id]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None,
        poll_options: Optional[Union[str, Sequence[str]]] = None, poll_duration: Optional[int] = None,
        card_uri: Optional[str] = None, community_id: Optional[Id] = None,
        direct_message_deep_link: Optional[str] = None, edit_options: Optional[Mapping[str, Any]] = None,
        for_super_followers_only: Optional[bool] = None, geo: Optional[Mapping[str, Any]] = None,
        made_with_ai: Optional[bool] = None, media: Optional[Mapping[str, Any]] = None,
        nullcast: Optional[bool] = None, paid_partnership: Optional[bool] = None,
        poll: Optional[Mapping[str, Any]] = None, quote_tweet_id: Optional[Id] = None,
        reply: Optional[Mapping[str, Any]] = None, reply_settings: Optional[ReplySettings] = None,
        share_with_followers: Optional[bool] = None, body: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts a GIF.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            files: Files to upload and attach: one, or a list. A path, bytes or another buffer (lent, not copied), a
                binary file object (read from where it stands; a file of the disk at its beginning is streamed
                instead), or the library's own mapping.
            alt_texts: Descriptions for screen readers, in the order of the files, each up to 1,000 characters. There
                may not be more of them than files.
            The others are those of `create_custom_tweet`.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "files": files, "media_ids": media_ids, "type": type, "alt_texts": alt_texts,
            "poll_options": poll_options, "poll_duration": poll_duration, "card_uri": card_uri,
            "community_id": community_id, "direct_message_deep_link": direct_message_deep_link,
            "edit_options": edit_options, "for_super_followers_only": for_super_followers_only, "geo": geo,
            "made_with_ai": made_with_ai, "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership,
            "poll": poll, "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_gif_tweet", fields, parameters, progress, cancel)

    def create_video_tweet(
        self, text: Optional[str] = None, files: Optional[Union[File, Sequence[File]]] = None, *,
        media_ids: Optional[Union[Id, Sequence[Id]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None,
        poll_options: Optional[Union[str, Sequence[str]]] = None, poll_duration: Optional[int] = None,
        card_uri: Optional[str] = None, community_id: Optional[Id] = None,
        direct_message_deep_link: Optional[str] = None, edit_options: Optional[Mapping[str, Any]] = None,
        for_super_followers_only: Optional[bool] = None, geo: Optional[Mapping[str, Any]] = None,
        made_with_ai: Optional[bool] = None, media: Optional[Mapping[str, Any]] = None,
        nullcast: Optional[bool] = None, paid_partnership: Optional[bool] = None,
        poll: Optional[Mapping[str, Any]] = None, quote_tweet_id: Optional[Id] = None,
        reply: Optional[Mapping[str, Any]] = None, reply_settings: Optional[ReplySettings] = None,
        share_with_followers: Optional[bool] = None, body: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts a video.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            files: Files to upload and attach: one, or a list. A path, bytes or another buffer (lent, not copied), a
                binary file object (read from where it stands; a file of the disk at its beginning is streamed
                instead), or the library's own mapping.
            alt_texts: Descriptions for screen readers, in the order of the files, each up to 1,000 characters. There
                may not be more of them than files.
            The others are those of `create_custom_tweet`.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "files": files, "media_ids": media_ids, "type": type, "alt_texts": alt_texts,
            "poll_options": poll_options, "poll_duration": poll_duration, "card_uri": card_uri,
            "community_id": community_id, "direct_message_deep_link": direct_message_deep_link,
            "edit_options": edit_options, "for_super_followers_only": for_super_followers_only, "geo": geo,
            "made_with_ai": made_with_ai, "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership,
            "poll": poll, "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_video_tweet", fields, parameters, progress, cancel)

    def create_poll_tweet(
        self, text: Optional[str] = None, poll_options: Optional[Union[str, Sequence[str]]] = None,
        poll_duration: Optional[int] = None, *, media_ids: Optional[Union[Id, Sequence[Id]]] = None,
        files: Optional[Union[File, Sequence[File]]] = None, type: Optional[MediaCategory] = None,
        alt_texts: Optional[Union[str, Sequence[str]]] = None, card_uri: Optional[str] = None,
        community_id: Optional[Id] = None, direct_message_deep_link: Optional[str] = None,
        edit_options: Optional[Mapping[str, Any]] = None, for_super_followers_only: Optional[bool] = None,
        geo: Optional[Mapping[str, Any]] = None, made_with_ai: Optional[bool] = None,
        media: Optional[Mapping[str, Any]] = None, nullcast: Optional[bool] = None,
        paid_partnership: Optional[bool] = None, poll: Optional[Mapping[str, Any]] = None,
        quote_tweet_id: Optional[Id] = None, reply: Optional[Mapping[str, Any]] = None,
        reply_settings: Optional[ReplySettings] = None, share_with_followers: Optional[bool] = None,
        body: Optional[Mapping[str, Any]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Posts a poll.

        Arguments:
            text: The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
            poll_options: Two to four options of 1 to 25 characters.
            poll_duration: How long the poll is open, in minutes: 5 to 10080.
            The others are those of `create_custom_tweet`.

        Returns:
            X's JSON: the new tweet's id is `result["data"]["id"]`.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came.
        """
        fields = {
            "text": text, "poll_options": poll_options, "poll_duration": poll_duration, "media_ids": media_ids,
            "files": files, "type": type, "alt_texts": alt_texts, "card_uri": card_uri, "community_id": community_id,
            "direct_message_deep_link": direct_message_deep_link, "edit_options": edit_options,
            "for_super_followers_only": for_super_followers_only, "geo": geo, "made_with_ai": made_with_ai,
            "media": media, "nullcast": nullcast, "paid_partnership": paid_partnership, "poll": poll,
            "quote_tweet_id": quote_tweet_id, "reply": reply, "reply_settings": reply_settings,
            "share_with_followers": share_with_followers, "body": body,
        }
        return self._call(Result, "create_poll_tweet", fields, parameters, progress, cancel)

    def create_thread(
        self, tweets: Union[Mapping[str, Any], Sequence[Mapping[str, Any]]], *,
        in_reply_to_tweet_id: Optional[Id] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """Posts several tweets, each in answer to the one before it.

        To go on with a thread that stopped, give the tweets from `next` on, and the last id of `posted` as
        `in_reply_to_tweet_id`.

        Arguments:
            tweets: The tweets in their order, each as create_custom_tweet takes it. All files are uploaded before the
                first tweet is posted. Only the first may have a `reply`: the others answer the one before them.
            in_reply_to_tweet_id: The tweet that the first one answers: the last one of a thread that goes on.

        Returns:
            X's answers in the order of the tweets: `id` and `text` of each.

        Raises:
            InvalidRequest, MissingCredentials or FileError before anything is sent; Duplicate, NotPermitted,
            OutOfCredits, MediaFailed, AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled,
            UnexpectedResponse. `outcome` says whether the tweet may be there: `not_sent`, `rejected` or `unknown`;
            `step` and `media_ids` say how far it came. `posted` and `next` say where the thread stopped; `outcome` is
            that of the tweet at `next`.
        """
        fields = {
            "tweets": tweets, "in_reply_to_tweet_id": in_reply_to_tweet_id,
        }
        return self._call(ResultList, "create_thread", fields, parameters, progress, cancel)

    def delete_tweet(
        self, id: Id, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Deletes a tweet of the account.

        Arguments:
            id: The tweet's id.

        Returns:
            `{"data": {"deleted": true}}`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        return self._call(Result, "delete_tweet", {"id": id}, parameters, progress, cancel)

    def get_tweet(
        self, id: Id, *, query: Optional[Mapping[str, Any]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """One tweet.

        Arguments:
            id: The tweet's id.
            query: Further values of the query, such as {"tweet.fields":["created_at"]}.

        Returns:
            X's JSON: the tweet is `result["data"]`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        return self._call(Result, "get_tweet", {"id": id, "query": query}, parameters, progress, cancel)

    def get_tweets(
        self, ids: Union[Id, Sequence[Id]], *, query: Optional[Mapping[str, Any]] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Up to 100 tweets by their ids.

        Arguments:
            ids: 1 to 100 ids.
            query: Further values of the query, such as {"tweet.fields":["created_at"]}.

        Returns:
            X's JSON: the tweets are `data`; what is gone or hidden is named in `errors`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        return self._call(Result, "get_tweets", {"ids": ids, "query": query}, parameters, progress, cancel)

    def retweet(
        self, id: Id, *, user_id: Optional[Id] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Retweets a tweet.

        Arguments:
            id: The tweet.
            user_id: The account's user id. Without it X is asked once, and the answer is kept for these credentials.

        Returns:
            `{"data": {"retweeted": true}}`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        return self._call(Result, "retweet", {"id": id, "user_id": user_id}, parameters, progress, cancel)

    def unretweet(
        self, id: Id, *, user_id: Optional[Id] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Takes a retweet back.

        Arguments:
            id: The tweet.
            user_id: The account's user id. Without it X is asked once, and the answer is kept for these credentials.

        Returns:
            `{"data": {"retweeted": false}}`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        return self._call(Result, "unretweet", {"id": id, "user_id": user_id}, parameters, progress, cancel)

    def like_tweet(
        self, id: Id, *, user_id: Optional[Id] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Likes a tweet.

        Arguments:
            id: The tweet.
            user_id: The account's user id. Without it X is asked once, and the answer is kept for these credentials.

        Returns:
            `{"data": {"liked": true}}`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        return self._call(Result, "like_tweet", {"id": id, "user_id": user_id}, parameters, progress, cancel)

    def unlike_tweet(
        self, id: Id, *, user_id: Optional[Id] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """Takes a like back.

        Arguments:
            id: The tweet.
            user_id: The account's user id. Without it X is asked once, and the answer is kept for these credentials.

        Returns:
            `{"data": {"liked": false}}`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        return self._call(Result, "unlike_tweet", {"id": id, "user_id": user_id}, parameters, progress, cancel)

    def get_retweets(
        self, id: Id, *, query: Optional[Mapping[str, Any]] = None, max_pages: Optional[int] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """The retweets of a tweet.

        `Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query`
        as `pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`.

        Arguments:
            id: The tweet.
            query: Further values of the query, such as {"max_results":100}.
            max_pages: How many pages are read, 1 to 10000; 1 unless given.

        Returns:
            X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`.
            Where a later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and
            so on.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "query": query, "max_pages": max_pages,
        }
        return self._call(Result, "get_retweets", fields, parameters, progress, cancel)

    def get_retweeted_by(
        self, id: Id, *, query: Optional[Mapping[str, Any]] = None, max_pages: Optional[int] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Who retweeted a tweet.

        `Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query`
        as `pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`.

        Arguments:
            id: The tweet.
            query: Further values of the query, such as {"max_results":100}.
            max_pages: How many pages are read, 1 to 10000; 1 unless given.

        Returns:
            X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`.
            Where a later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and
            so on.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "query": query, "max_pages": max_pages,
        }
        return self._call(Result, "get_retweeted_by", fields, parameters, progress, cancel)

    def get_liking_users(
        self, id: Id, *, query: Optional[Mapping[str, Any]] = None, max_pages: Optional[int] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Who likes a tweet.

        `Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query`
        as `pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`.

        Arguments:
            id: The tweet.
            query: Further values of the query, such as {"max_results":100}.
            max_pages: How many pages are read, 1 to 10000; 1 unless given.

        Returns:
            X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`.
            Where a later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and
            so on.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "query": query, "max_pages": max_pages,
        }
        return self._call(Result, "get_liking_users", fields, parameters, progress, cancel)

    def get_me(
        self, *, query: Optional[Mapping[str, Any]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """The account that the credentials belong to.

        Arguments:
            query: Further values of the query, such as {"user.fields":["created_at"]}.

        Returns:
            X's JSON: the account is `result["data"]`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        return self._call(Result, "get_me", {"query": query}, parameters, progress, cancel)

    def get_reposts_of_me(
        self, *, query: Optional[Mapping[str, Any]] = None, max_pages: Optional[int] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """The account's tweets that others retweeted.

        `Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query`
        as `pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`.

        Arguments:
            query: Further values of the query, such as {"max_results":100}.
            max_pages: How many pages are read, 1 to 10000; 1 unless given.

        Returns:
            X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`.
            Where a later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and
            so on.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "query": query, "max_pages": max_pages,
        }
        return self._call(Result, "get_reposts_of_me", fields, parameters, progress, cancel)

    def get_liked_tweets(
        self, user_id: Optional[Id] = None, *, query: Optional[Mapping[str, Any]] = None,
        max_pages: Optional[int] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """What an account likes.

        `Paginator` reads such a list page by page. To go on where a list ended, give `meta`'s `next_token` in `query`
        as `pagination_token`. An error of the first page raises; one of a later page doesn't: look for `incomplete`.

        Arguments:
            user_id: The user whose likes are read. Without it: the account that the credentials belong to.
            query: Further values of the query, such as {"max_results":100}.
            max_pages: How many pages are read, 1 to 10000; 1 unless given.

        Returns:
            X's JSON; with `max_pages` over 1 that of several pages as one: `data`, `includes`, `errors`, `meta`.
            Where a later page failed, `incomplete` is there: the error, as a mapping with its `kind`, `message` and
            so on.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "user_id": user_id, "query": query, "max_pages": max_pages,
        }
        return self._call(Result, "get_liked_tweets", fields, parameters, progress, cancel)

    def get_oembed(
        self, url: str, *, maxwidth: Optional[int] = None, maxheight: Optional[int] = None,
        hide_media: Optional[bool] = None, hide_thread: Optional[bool] = None, omit_script: Optional[bool] = None,
        align: Optional[Literal["left", "right", "center", "none"]] = None, limit: Optional[int] = None,
        chrome: Optional[str] = None, aria_polite: Optional[Literal["polite", "assertive", "rude"]] = None,
        lang: Optional[str] = None, theme: Optional[Literal["light", "dark"]] = None, dnt: Optional[bool] = None,
        query: Optional[Mapping[str, Any]] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """The HTML that shows a tweet on a page.

        X wants no keys for this.

        Arguments:
            url: The address of a tweet or a timeline.
            maxwidth: Pixels: 220 to 550 for a tweet, 180 to 1200 for a timeline.
            maxheight: Pixels, timelines only; 200 or more.
            hide_media: Leaves out pictures, videos and previews of links.
            hide_thread: Leaves out the tweet that is answered.
            omit_script: Leaves out the script: a page with several tweets needs it only once.
            align: The place of the tweet on the page.
            limit: Tweets to show of a timeline, 1 to 20.
            chrome: Parts of a timeline to leave out: noheader, nofooter, noborders, transparent, noscrollbar.
            aria_polite: How screen readers announce new tweets of a timeline.
            lang: A language code of X's, such as ru.
            theme: The colours.
            dnt: Do not track: the page and its tweet are not used for suggestions.
            query: Further values of the query.

        Returns:
            X's JSON: `html` goes into the page.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "url": url, "maxwidth": maxwidth, "maxheight": maxheight, "hide_media": hide_media,
            "hide_thread": hide_thread, "omit_script": omit_script, "align": align, "limit": limit, "chrome": chrome,
            "aria_polite": aria_polite, "lang": lang, "theme": theme, "dnt": dnt, "query": query,
        }
        return self._call(Result, "get_oembed", fields, parameters, progress, cancel)

    def statuses_update(
        self, status: Optional[str] = None, *, in_reply_to_status_id: Optional[Id] = None,
        auto_populate_reply_metadata: Optional[bool] = None,
        exclude_reply_user_ids: Optional[Union[Id, Sequence[Id]]] = None, attachment_url: Optional[str] = None,
        media_ids: Optional[Union[Id, Sequence[Id]]] = None, possibly_sensitive: Optional[bool] = None,
        lat: Optional[float] = None, long: Optional[float] = None, place_id: Optional[Id] = None,
        display_coordinates: Optional[bool] = None, trim_user: Optional[bool] = None,
        enable_dmcommands: Optional[bool] = None, fail_dmcommands: Optional[bool] = None,
        card_uri: Optional[str] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: posts a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            status: The text; X counts to 280.
            in_reply_to_status_id: The tweet that is answered. X wants its author mentioned in `status`.
            auto_populate_reply_metadata: Whether X itself puts the mentions in front of the answer.
            exclude_reply_user_ids: Users who are not mentioned then.
            attachment_url: A link that isn't counted: a tweet's, or a direct message deep link.
            media_ids: Ids of media that are uploaded already, at most four. X decides which media may be in one
                tweet.
            possibly_sensitive: Whether the media show nudity, violence or medical procedures.
            lat: Degrees of latitude, -90 to 90, north positive; together with `long`.
            long: Degrees of longitude, -180 to 180, east positive; together with `lat`.
            place_id: An id of X's places.
            display_coordinates: Whether a pin is put on the exact place.
            trim_user: Whether the answer has only the author's id.
            enable_dmcommands: Whether shortcodes in the text are carried out.
            fail_dmcommands: Whether a text that begins with a shortcode is refused.
            card_uri: The card to show.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; Duplicate, NotPermitted, NotFound,
            AuthorizationError, RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome`
            says whether X may have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "status": status, "in_reply_to_status_id": in_reply_to_status_id,
            "auto_populate_reply_metadata": auto_populate_reply_metadata,
            "exclude_reply_user_ids": exclude_reply_user_ids, "attachment_url": attachment_url,
            "media_ids": media_ids, "possibly_sensitive": possibly_sensitive, "lat": lat, "long": long,
            "place_id": place_id, "display_coordinates": display_coordinates, "trim_user": trim_user,
            "enable_dmcommands": enable_dmcommands, "fail_dmcommands": fail_dmcommands, "card_uri": card_uri,
        }
        return self._call(Result, "statuses_update", fields, parameters, progress, cancel)

    def statuses_destroy(
        self, id: Id, *, trim_user: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: deletes a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            trim_user: Whether the answer has only the author's id.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "id": id, "trim_user": trim_user,
        }
        return self._call(Result, "statuses_destroy", fields, parameters, progress, cancel)

    def statuses_show(
        self, id: Id, *, trim_user: Optional[bool] = None, include_my_retweet: Optional[bool] = None,
        include_entities: Optional[bool] = None, include_ext_alt_text: Optional[bool] = None,
        include_card_uri: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: one tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            trim_user: Whether the answer has only the author's id.
            include_my_retweet: Whether the answer names the account's own retweet of it.
            include_entities: Whether hashtags, links and mentions are listed.
            include_ext_alt_text: Whether alt texts are included.
            include_card_uri: Whether the address of an advertising card is included.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "trim_user": trim_user, "include_my_retweet": include_my_retweet,
            "include_entities": include_entities, "include_ext_alt_text": include_ext_alt_text,
            "include_card_uri": include_card_uri,
        }
        return self._call(Result, "statuses_show", fields, parameters, progress, cancel)

    def statuses_retweet(
        self, id: Id, *, trim_user: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: retweets a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            trim_user: Whether the answer has only the author's id.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "id": id, "trim_user": trim_user,
        }
        return self._call(Result, "statuses_retweet", fields, parameters, progress, cancel)

    def statuses_unretweet(
        self, id: Id, *, trim_user: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: takes a retweet back.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            trim_user: Whether the answer has only the author's id.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "id": id, "trim_user": trim_user,
        }
        return self._call(Result, "statuses_unretweet", fields, parameters, progress, cancel)

    def statuses_retweets(
        self, id: Id, *, count: Optional[int] = None, trim_user: Optional[bool] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """API 1.1: the retweets of a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            count: 1 to 100.
            trim_user: Whether the answer has only the authors' ids.

        Returns:
            The tweets, as X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "count": count, "trim_user": trim_user,
        }
        return self._call(ResultList, "statuses_retweets", fields, parameters, progress, cancel)

    def statuses_lookup(
        self, ids: Union[Id, Sequence[Id]], *, include_entities: Optional[bool] = None,
        trim_user: Optional[bool] = None, map: Optional[bool] = None, include_ext_alt_text: Optional[bool] = None,
        include_card_uri: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Union[ResultList, Any]:
        """API 1.1: up to 100 tweets by their ids.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            ids: 1 to 100 ids.
            include_entities: Whether hashtags, links and mentions are listed.
            trim_user: Whether the answer has only the authors' ids.
            map: Whether the answer is an object with the ids as names, and null for tweets that are gone.
            include_ext_alt_text: Whether alt texts are included.
            include_card_uri: Whether the addresses of advertising cards are included.

        Returns:
            The tweets, as X's JSON. With `map` a Result instead: an object by id, with null for what is gone.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "ids": ids, "include_entities": include_entities, "trim_user": trim_user, "map": map,
            "include_ext_alt_text": include_ext_alt_text, "include_card_uri": include_card_uri,
        }
        return self._call(ResultList, "statuses_lookup", fields, parameters, progress, cancel)

    def statuses_oembed(
        self, id: Optional[Id] = None, *, url: Optional[str] = None, maxwidth: Optional[int] = None,
        hide_media: Optional[bool] = None, hide_thread: Optional[bool] = None, omit_script: Optional[bool] = None,
        align: Optional[Literal["left", "right", "center", "none"]] = None, related: Optional[str] = None,
        lang: Optional[str] = None, theme: Optional[Literal["light", "dark"]] = None,
        link_color: Optional[str] = None, widget_type: Optional[str] = None, dnt: Optional[bool] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: the HTML that shows a tweet on a page.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id; or give `url`.
            url: The tweet's address; or give `id`.
            maxwidth: Pixels, 220 to 550.
            hide_media: Leaves out pictures, videos and previews of links.
            hide_thread: Leaves out the tweet that is answered.
            omit_script: Leaves out the script: a page with several tweets needs it only once.
            align: The place of the tweet on the page.
            related: Accounts to suggest, by name and separated by commas.
            lang: A language code of X's, such as ru.
            theme: The colours.
            link_color: The colour of links, #rrggbb.
            widget_type: video: the tweet's video with a player of its own.
            dnt: Do not track: the page and its tweet are not used for suggestions.

        Returns:
            X's JSON: `html` goes into the page.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "url": url, "maxwidth": maxwidth, "hide_media": hide_media, "hide_thread": hide_thread,
            "omit_script": omit_script, "align": align, "related": related, "lang": lang, "theme": theme,
            "link_color": link_color, "widget_type": widget_type, "dnt": dnt,
        }
        return self._call(Result, "statuses_oembed", fields, parameters, progress, cancel)

    def statuses_retweets_of_me(
        self, *, count: Optional[int] = None, since_id: Optional[Id] = None, max_id: Optional[Id] = None,
        trim_user: Optional[bool] = None, include_entities: Optional[bool] = None,
        include_user_entities: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """API 1.1: the account's tweets that others retweeted.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            count: 1 to 100.
            since_id: Only tweets that are newer.
            max_id: Only this tweet and older ones.
            trim_user: Whether the answer has only the authors' ids.
            include_entities: Whether hashtags, links and mentions are listed.
            include_user_entities: Whether the links in the author's description are listed.

        Returns:
            The tweets, as X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "count": count, "since_id": since_id, "max_id": max_id, "trim_user": trim_user,
            "include_entities": include_entities, "include_user_entities": include_user_entities,
        }
        return self._call(ResultList, "statuses_retweets_of_me", fields, parameters, progress, cancel)

    def statuses_retweeters_ids(
        self, id: Id, *, count: Optional[int] = None, cursor: Optional[str] = None,
        stringify_ids: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: the ids of those who retweeted a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            count: 1 to 100.
            cursor: The page, from `next_cursor_str` of the one before.
            stringify_ids: Whether the ids come as text; true unless given. Many languages lose the last digits of
                such large numbers.

        Returns:
            X's JSON: `ids`; `next_cursor_str` and `previous_cursor_str` are the neighbouring pages.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "id": id, "count": count, "cursor": cursor, "stringify_ids": stringify_ids,
        }
        return self._call(Result, "statuses_retweeters_ids", fields, parameters, progress, cancel)

    def favorites_create(
        self, id: Id, *, include_entities: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: likes a tweet.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            include_entities: Whether hashtags, links and mentions are listed.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "id": id, "include_entities": include_entities,
        }
        return self._call(Result, "favorites_create", fields, parameters, progress, cancel)

    def favorites_destroy(
        self, id: Id, *, include_entities: Optional[bool] = None, parameters: Optional[ParametersLike] = None,
        progress: Optional[Progress] = None, cancel: Optional[Cancel] = None,
    ) -> Result:
        """API 1.1: takes a like back.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            id: The tweet's id.
            include_entities: Whether hashtags, links and mentions are listed.

        Returns:
            X's JSON: the tweet, its id in `id_str`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "id": id, "include_entities": include_entities,
        }
        return self._call(Result, "favorites_destroy", fields, parameters, progress, cancel)

    def favorites_list(
        self, *, user_id: Optional[Id] = None, screen_name: Optional[str] = None, count: Optional[int] = None,
        since_id: Optional[Id] = None, max_id: Optional[Id] = None, include_entities: Optional[bool] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """API 1.1: what an account likes.

        API 1.1, signed by OAuth 1.0a: X keeps it for few applications. Ids are to be read from `id_str`.

        Arguments:
            user_id: The user whose likes are read; or give `screen_name`. Without both: the account itself.
            screen_name: The user's name, instead of `user_id`.
            count: 1 to 200.
            since_id: Only tweets that are newer.
            max_id: Only this tweet and older ones.
            include_entities: Whether hashtags, links and mentions are listed.

        Returns:
            The tweets, as X's JSON.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        fields = {
            "user_id": user_id, "screen_name": screen_name, "count": count, "since_id": since_id, "max_id": max_id,
            "include_entities": include_entities,
        }
        return self._call(ResultList, "favorites_list", fields, parameters, progress, cancel)

    def request(
        self, method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"], path: Optional[str] = None, *,
        url: Optional[str] = None, query: Optional[Mapping[str, Any]] = None, json: Optional[Any] = None,
        form: Optional[Mapping[str, Any]] = None,
        auth: Optional[Literal["auto", "oauth1", "oauth2", "bearer"]] = None, max_pages: Optional[int] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Union[Result, Any]:
        """Calls any other endpoint of X.

        For what has no function here. Keys are sent to `api_url` and `upload_url` only.

        Arguments:
            method: GET, POST, PUT, PATCH or DELETE.
            path: The path at `api_url`, from its slash on: /2/users/by/username/XDevelopers.
            url: The whole address, at the origin of `api_url` or `upload_url`; instead of `path`.
            query: The query; a list is joined by commas.
            json: The body as JSON, sent as it is.
            form: The body as a form, signed by OAuth 1.0a; a list is joined by commas.
            auth: How this request is signed. Without it `auth` of the parameters decides, and OAuth 1.0a signs for
                API 1.1.
            max_pages: How many pages of a list are read, 1 to 10000; 1 unless given. Only for GET.

        Returns:
            X's JSON: a Result, or a ResultList where it is an array; text, a number or a boolean as it is. Pages are
            joined as `get_retweets` does it.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; NotPermitted, NotFound, AuthorizationError,
            RateLimited, ApiError, NetworkError, TimedOut, Canceled, UnexpectedResponse. `outcome` says whether X may
            have acted: `not_sent`, `rejected` or `unknown`.
        """
        fields = {
            "method": method, "path": path, "url": url, "query": query, "json": json, "form": form, "auth": auth,
            "max_pages": max_pages,
        }
        return self._call(Result, "request", fields, parameters, progress, cancel)

    def parse_tweet(
        self, text: str, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """How X counts a text.

        Arguments:
            text: The text as it would be posted. It may be empty.

        Returns:
            `weighted_length` (280 are allowed), `valid`, `permillage` (of what is allowed), `display_range` and
            `valid_range` (first and last place, in UTF-16 units), as X's own libraries give them.

        Raises:
            InvalidRequest. Nothing is sent.
        """
        return self._call(Result, "parse_tweet", {"text": text}, parameters, progress, cancel)

    def update_operations(
        self, path: str, *, parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> Result:
        """Writes the table of X's operations as they are now, for `operations_file`.

        Arguments:
            path: The file to write. One that is there is replaced.

        Returns:
            `path`, `version`, `operations` (how many), and the names of those that are `added`, `changed` and
            `removed`.

        Raises:
            InvalidRequest or MissingCredentials before anything is sent; AuthorizationError, RateLimited, ApiError,
            NetworkError, TimedOut, Canceled, UnexpectedResponse.
        """
        return self._call(Result, "update_operations", {"path": path}, parameters, progress, cancel)

    def describe(
        self, name: Optional[str] = None, *, operations: Optional[bool] = None,
        parameters: Optional[ParametersLike] = None, progress: Optional[Progress] = None,
        cancel: Optional[Cancel] = None,
    ) -> ResultList:
        """Every function with the JSON Schema of its request.

        Arguments:
            name: The name of one function, or of one operation of X. Without it all functions are described.
            operations: With true the result is the list of X's operations that can be called by name, instead of the
                functions.

        Returns:
            For each function `name`, `title`, `en`, `ru`, `request` (the JSON Schema of its request) and what a
            generator of wrappers needs: `group`, `writes`, `result` (a short name for what comes back), `files` (the
            fields that are files) and `arguments` (what 1C takes by position).

        Raises:
            InvalidRequest.
        """
        fields = {
            "name": name, "operations": operations,
        }
        return self._call(ResultList, "describe", fields, parameters, progress, cancel)
