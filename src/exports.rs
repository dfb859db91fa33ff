//! The functions, one export each: made from core/src/functions.rs by `cargo xtask generate`.
//!
//! What holds for all of them stands at `twitter_call`.

// Their safety is the header's to say: what is documented here is what C programmers read.
#![allow(clippy::missing_safety_doc)]

use std::ffi::c_char;

use crate::boundary::call;

/// The parameters as they will be used. The defaults, with the given ones laid over them.
///
/// Request: {}.
/// Result: an object.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_standard_parameters(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_standard_parameters", request) }
}

/// The OAuth 1.0a header of a request. See RFC 5849. Nothing is sent.
///
/// Request: {"request_type" or "method", "url", "fields"?:{…}, "oauth_nonce"?, "oauth_timestamp"?}.
/// Result: {"Authorization":"OAuth …"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_authorization_header_v1(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_authorization_header_v1", request) }
}

/// The OAuth 2.0 header. See RFC 6750. Nothing is sent, except to renew the token of a `token_file`.
///
/// Request: {}.
/// Result: {"Authorization":"Bearer …"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_authorization_header_v2(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_authorization_header_v2", request) }
}

/// The address where a person authorizes the application. See RFC 6749 and RFC 7636. Nothing is sent.
///
/// Request: {"state"?, "code_verifier"?, "code_challenge_method"?, "session"?, "verifier"?}.
/// Result: {"url","state","code_verifier"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_authorization_link(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_authorization_link", request) }
}

/// Exchanges the code of a redirect for tokens.
///
/// Request: {"code", "state"?, "code_verifier"?, "session"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_token", request) }
}

/// Exchanges the refresh token for new tokens, once. A refresh token can be used once: keep the new
/// one.
///
/// Request: {}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_refresh_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("refresh_token", request) }
}

/// Checks the redirect and exchanges its code.
///
/// Request: {"url", "state"?, "code_verifier"?, "session"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_handle_incoming_request_after_authorization(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("handle_incoming_request_after_authorization", request) }
}

/// Opens the browser, waits for the person's consent and exchanges the code. It listens at the loopback
/// `redirect_uri` (RFC 8252). Without a browser on this machine: show the link of
/// `get_authorization_link`, then give its `state` and `code_verifier` here with `open_browser` false.
///
/// Request: {"state"?, "code_verifier"?, "code_challenge_method"?, "session"?, "verifier"?,
/// "open_browser"?, "wait_seconds"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_wait_for_authorization(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("wait_for_authorization", request) }
}

/// Exchanges the keys of OAuth 1.0a for tokens of OAuth 2.0, without a browser. The parameters hold the
/// four keys of OAuth 1.0a and `client_id`. The tokens that such an exchange gave before are void. The
/// keys stay good.
///
/// Request: {"scopes"?:[…]}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_exchange_oauth1_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("exchange_oauth1_token", request) }
}

/// Gives the application's own token, which stands for no account. The parameters hold the
/// application's two keys of OAuth 1.0a. The token is the value for `bearer_token`.
///
/// Request: {}.
/// Result: {"token_type","access_token"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_bearer_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_bearer_token", request) }
}

/// Revokes a token.
///
/// Request: {"token"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_revoke_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("revoke_token", request) }
}

/// Begins a sign-in by OAuth 1.0a. See RFC 5849. The result has the address where the person authorizes
/// it.
///
/// Request: {"callback"?}.
/// Result: {"oauth_token","oauth_token_secret","authorize_url"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_oauth1_request_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("oauth1_request_token", request) }
}

/// Ends a sign-in by OAuth 1.0a with the account's keys. The request token and its secret are the
/// parameters `oauth_token` and `oauth_token_secret`.
///
/// Request: {"oauth_verifier"}.
/// Result: {"oauth_token","oauth_token_secret","user_id","screen_name"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_oauth1_access_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("oauth1_access_token", request) }
}

/// Uploads a picture, GIF, video or subtitles. It waits until X has processed the file.
///
/// Request: {"file", "type"?, "media_type"?, "alt_text"?, "wait"?, "wait_seconds"?,
/// "additional_owners"?:[…]}.
/// Result:
/// {"media_id","media_id_string","media_key","expires_after_secs","processing_info"?,"response"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_upload_media_file(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("upload_media_file", request) }
}

/// Uploads several files.
///
/// Request: {"files":[…], "type"?}.
/// Result: ["id",…].
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_upload_attachments_array(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("upload_attachments_array", request) }
}

/// How far X has processed an uploaded file.
///
/// Request: {"media_id"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_media_status(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_media_status", request) }
}

/// Sets the alt text of an uploaded file.
///
/// Request: {"media_id", "alt_text"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_set_media_metadata(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("set_media_metadata", request) }
}

/// Posts a tweet of any kind. POST /2/tweets. Its files are uploaded first.
///
/// Request: {"text"?, "media_ids"?:[…], "files"?:[…], "type"?, "alt_texts"?:[…], "poll_options"?:[…],
/// "poll_duration"?, "card_uri"?, "community_id"?, "direct_message_deep_link"?, "edit_options"?:{…},
/// "for_super_followers_only"?, "geo"?:{…}, "made_with_ai"?, "media"?:{…}, "nullcast"?,
/// "paid_partnership"?, "poll"?:{…}, "quote_tweet_id"?, "reply"?:{…}, "reply_settings"?,
/// "share_with_followers"?, "body"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_custom_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_custom_tweet", request) }
}

/// Posts text.
///
/// Request: {"text", and the other fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_text_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_text_tweet", request) }
}

/// Posts one to four pictures.
///
/// Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_image_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_image_tweet", request) }
}

/// Posts a GIF.
///
/// Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_gif_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_gif_tweet", request) }
}

/// Posts a video.
///
/// Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_video_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_video_tweet", request) }
}

/// Posts a poll.
///
/// Request: {"poll_options" or "poll", "text"?, "poll_duration"?, and the other fields of
/// twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_poll_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_poll_tweet", request) }
}

/// Posts several tweets, each in answer to the one before it. All are checked before the first is sent.
/// An error has `posted` (X's answers so far) and `next` (the index of the tweet that failed).
///
/// Request: {"tweets":[…], "in_reply_to_tweet_id"?}.
/// Result: [{"id","text"},…].
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_thread(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_thread", request) }
}

/// Deletes a tweet of the account. DELETE /2/tweets/{id}.
///
/// Request: {"id"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_delete_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("delete_tweet", request) }
}

/// One tweet. GET /2/tweets/{id}.
///
/// Request: {"id", "query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_tweet", request) }
}

/// Up to 100 tweets by their ids. GET /2/tweets.
///
/// Request: {"ids":[…], "query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_tweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_tweets", request) }
}

/// Retweets a tweet. POST /2/users/{id}/retweets. Without `user_id` X is asked once for the account's
/// id.
///
/// Request: {"id", "user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_retweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("retweet", request) }
}

/// Takes a retweet back. DELETE /2/users/{id}/retweets/{source_tweet_id}.
///
/// Request: {"id", "user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_unretweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("unretweet", request) }
}

/// Likes a tweet. POST /2/users/{id}/likes.
///
/// Request: {"id", "user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_like_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("like_tweet", request) }
}

/// Takes a like back. DELETE /2/users/{id}/likes/{tweet_id}.
///
/// Request: {"id", "user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_unlike_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("unlike_tweet", request) }
}

/// The retweets of a tweet. GET /2/tweets/{id}/retweets.
///
/// Request: {"id", "query"?:{…}, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_retweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_retweets", request) }
}

/// Who retweeted a tweet. GET /2/tweets/{id}/retweeted_by.
///
/// Request: {"id", "query"?:{…}, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_retweeted_by(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_retweeted_by", request) }
}

/// Who likes a tweet. GET /2/tweets/{id}/liking_users.
///
/// Request: {"id", "query"?:{…}, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_liking_users(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_liking_users", request) }
}

/// The account that the credentials belong to. GET /2/users/me.
///
/// Request: {"query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_me", request) }
}

/// The account's tweets that others retweeted. GET /2/users/reposts_of_me.
///
/// Request: {"query"?:{…}, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_reposts_of_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_reposts_of_me", request) }
}

/// What an account likes. GET /2/users/{id}/liked_tweets. Without `user_id` the account's own.
///
/// Request: {"user_id"?, "query"?:{…}, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_liked_tweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_liked_tweets", request) }
}

/// The HTML that shows a tweet on a page. It needs no keys.
///
/// Request: {"url", "maxwidth"?, "maxheight"?, "hide_media"?, "hide_thread"?, "omit_script"?, "align"?,
/// "limit"?, "chrome"?, "aria_polite"?, "lang"?, "theme"?, "dnt"?, "query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_oembed(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_oembed", request) }
}

/// API 1.1: posts a tweet.
///
/// Request: {"status" or "media_ids", "in_reply_to_status_id"?, "auto_populate_reply_metadata"?,
/// "exclude_reply_user_ids"?:[…], "attachment_url"?, "possibly_sensitive"?, "lat"?, "long"?,
/// "place_id"?, "display_coordinates"?, "trim_user"?, "enable_dmcommands"?, "fail_dmcommands"?,
/// "card_uri"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_update(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_update", request) }
}

/// API 1.1: deletes a tweet.
///
/// Request: {"id", "trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_destroy(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_destroy", request) }
}

/// API 1.1: one tweet.
///
/// Request: {"id", "trim_user"?, "include_my_retweet"?, "include_entities"?, "include_ext_alt_text"?,
/// "include_card_uri"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_show(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_show", request) }
}

/// API 1.1: retweets a tweet.
///
/// Request: {"id", "trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweet", request) }
}

/// API 1.1: takes a retweet back.
///
/// Request: {"id", "trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_unretweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_unretweet", request) }
}

/// API 1.1: the retweets of a tweet.
///
/// Request: {"id", "count"?, "trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweets", request) }
}

/// API 1.1: up to 100 tweets by their ids.
///
/// Request: {"ids":[…], "include_entities"?, "trim_user"?, "map"?, "include_ext_alt_text"?,
/// "include_card_uri"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_lookup(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_lookup", request) }
}

/// API 1.1: the HTML that shows a tweet on a page.
///
/// Request: {"id" or "url", "maxwidth"?, "hide_media"?, "hide_thread"?, "omit_script"?, "align"?,
/// "related"?, "lang"?, "theme"?, "link_color"?, "widget_type"?, "dnt"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_oembed(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_oembed", request) }
}

/// API 1.1: the account's tweets that others retweeted.
///
/// Request: {"count"?, "since_id"?, "max_id"?, "trim_user"?, "include_entities"?,
/// "include_user_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweets_of_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweets_of_me", request) }
}

/// API 1.1: the ids of those who retweeted a tweet.
///
/// Request: {"id", "count"?, "cursor"?, "stringify_ids"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweeters_ids(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweeters_ids", request) }
}

/// API 1.1: likes a tweet.
///
/// Request: {"id", "include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_create(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_create", request) }
}

/// API 1.1: takes a like back.
///
/// Request: {"id", "include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_destroy(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_destroy", request) }
}

/// API 1.1: what an account likes.
///
/// Request: {"user_id"?, "screen_name"?, "count"?, "since_id"?, "max_id"?, "include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_list(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_list", request) }
}

/// Calls any other endpoint of X. Keys are sent to the hosts of `api_url` and `upload_url` only.
///
/// Request: {"method", "path" or "url", "query"?:{…}, "json"?, "form"?:{…}, "auth"?, "max_pages"?}.
/// Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_request(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("request", request) }
}

/// How X counts a text. By twitter-text, configuration version 3. Nothing is sent. Ranges are in UTF-16
/// units, their ends inclusive.
///
/// Request: {"text"}.
/// Result: {"weighted_length","valid","permillage","display_range":[a,b],"valid_range":[a,b]}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_parse_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("parse_tweet", request) }
}

/// Writes the table of X's operations as they are now, for `operations_file`. From X's document, at
/// `api_url`. The file is replaced when the new one is whole.
///
/// Request: {"path"}.
/// Result: {"path","version","operations","added":[…],"changed":[…],"removed":[…]}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_update_operations(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("update_operations", request) }
}

/// Every function with the JSON Schema of its request.
///
/// Request: {"name"?, "operations"?}.
/// Result:
/// [{"name","title","about","returns","en","ru","group","writes","result","files","arguments","request"},…].
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_describe(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("describe", request) }
}
