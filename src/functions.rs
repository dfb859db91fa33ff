//! The functions of the contract, one line each; the table behind them is `core/src/functions.rs`.
//!
//! What holds for all of them stands at `twitter_call`, the first one in the header.

// Their safety is the header's to say: what is documented here is what C programmers read.
#![allow(clippy::missing_safety_doc)]

use std::ffi::c_char;

use crate::abi::TwitterOptions;
use crate::boundary::{call, call_with_options};

/// Calls any function by its name ("create_custom_tweet"), with files from memory, progress,
/// cancellation and a log; options may be NULL.
///
/// This and the twitter_<function>s below have in common: request is a NUL-terminated UTF-8 JSON
/// object, borrowed for the call; NULL and "" mean {}. Each takes "parameters" besides the fields
/// shown (README: Parameters). The result is a NUL-terminated UTF-8 JSON envelope that the caller
/// releases with twitter_free, never NULL: {"ok":true,"result":…,"http":…} or
/// {"ok":false,"error":{"kind","message","retryable",…},"http":…}. They block, may be called from
/// any thread at any time, and on Linux from a child after fork(). Nothing is written to stdout or
/// stderr. Strings are NULL or NUL-terminated; what options points to stays valid until the call
/// returns.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_call(
    function: *const c_char,
    request: *const c_char,
    options: *const TwitterOptions,
) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call_with_options(function, request, options) }
}

/// The parameters as they will be used: the defaults with those given laid over them.
///
/// Request: {}.
/// Result: an object.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_standard_parameters(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_standard_parameters", request) }
}

/// The OAuth 1.0a header of a request (RFC 5849); nothing is sent.
///
/// Request: {"request_type":"POST","url":"https://…","fields"?:{…},"oauth_nonce"?,"oauth_timestamp"?}.
/// Result: {"Authorization":"OAuth …"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_authorization_header_v1(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_authorization_header_v1", request) }
}

/// The OAuth 2.0 header; nothing is sent.
///
/// Request: {}.
/// Result: {"Authorization":"Bearer …"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_authorization_header_v2(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_authorization_header_v2", request) }
}

/// The address where a person authorizes the application (RFC 6749, RFC 7636); nothing is sent.
///
/// Request: {"state"?,"code_verifier"?,"code_challenge_method"?,"session"?,"verifier"?}.
/// Result: {"url","state","code_verifier"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_authorization_link(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_authorization_link", request) }
}

/// Exchanges the code of a redirect for tokens.
///
/// Request: {"code":"the code, or the whole redirect address","state"?,"code_verifier"?,"session"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_token", request) }
}

/// Exchanges the refresh token of the parameters for new tokens. A refresh token is good for once: keep the new one.
///
/// Request: {}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_refresh_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("refresh_token", request) }
}

/// Checks the redirect that came from X and exchanges its code.
///
/// Request: {"url":"the address or its query","state"?,"code_verifier"?,"session"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_handle_incoming_request_after_authorization(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("handle_incoming_request_after_authorization", request) }
}

/// Opens the person's browser, waits at the loopback redirect_uri (RFC 8252) and exchanges the code. Headless:
/// show the link of twitter_get_authorization_link, and give its state and code_verifier with "open_browser":false.
///
/// Request: {"open_browser"?,"wait_seconds"?,"state"?,"code_verifier"?,"code_challenge_method"?,"session"?,"verifier"?}.
/// Result: X's token JSON and "expires_at".
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_wait_for_authorization(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("wait_for_authorization", request) }
}

/// Makes a token worthless at X.
///
/// Request: {"token"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_revoke_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("revoke_token", request) }
}

/// Begins a sign-in by OAuth 1.0a (RFC 5849): a request token, and the address where the person authorizes it.
///
/// Request: {"callback"?:"https://…, or oob for a PIN"}.
/// Result: {"oauth_token","oauth_token_secret","authorize_url"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_oauth1_request_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("oauth1_request_token", request) }
}

/// Ends a sign-in by OAuth 1.0a. The request token and its secret are the parameters' oauth_token and
/// oauth_token_secret.
///
/// Request: {"oauth_verifier":"of the callback, or the PIN"}.
/// Result: {"oauth_token","oauth_token_secret","user_id","screen_name"}: the account's keys.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_oauth1_access_token(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("oauth1_access_token", request) }
}

/// Uploads a picture, GIF, video or subtitles, and waits until X has processed it. Files from memory and progress: twitter_call.
///
/// Request: {"file":"path","type"?,"media_type"?,"alt_text"?,"wait"?,"wait_seconds"?,"additional_owners"?}.
/// Result: {"media_id","media_id_string","media_key","expires_after_secs","processing_info"?,"response"}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_upload_media_file(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("upload_media_file", request) }
}

/// Uploads several files.
///
/// Request: {"files":["path",…],"type"?}.
/// Result: ["id",…].
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_upload_attachments_array(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("upload_attachments_array", request) }
}

/// How far X is with processing a medium.
///
/// Request: {"media_id"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_media_status(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_media_status", request) }
}

/// Sets the alt text of a medium.
///
/// Request: {"media_id","alt_text"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_set_media_metadata(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("set_media_metadata", request) }
}

/// Posts a tweet of any kind; its files are uploaded on the way.
///
/// Request: {"text"?,"media_ids"?,"files"?,"type"?,"alt_texts"?,"poll_options"?,"poll_duration"?,"body"?, and each field of POST /2/tweets}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_custom_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_custom_tweet", request) }
}

/// Posts text.
///
/// Request: {"text", and the fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_text_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_text_tweet", request) }
}

/// Posts one to four pictures.
///
/// Request: {"text"?,"files":["path",…],"alt_texts"?, and the fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_image_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_image_tweet", request) }
}

/// Posts a GIF.
///
/// Request: {"text"?,"files":"path", and the fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_gif_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_gif_tweet", request) }
}

/// Posts a video.
///
/// Request: {"text"?,"files":"path", and the fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_video_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_video_tweet", request) }
}

/// Posts a poll.
///
/// Request: {"text"?,"poll_options":["…",…],"poll_duration":minutes, and the fields of twitter_create_custom_tweet}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_create_poll_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("create_poll_tweet", request) }
}

/// Deletes a tweet of the account (DELETE /2/tweets/{id}).
///
/// Request: {"id"}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_delete_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("delete_tweet", request) }
}

/// One tweet (GET /2/tweets/{id}).
///
/// Request: {"id","query"?:{"tweet.fields":[…],…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_tweet", request) }
}

/// Up to 100 tweets (GET /2/tweets).
///
/// Request: {"ids":[…],"query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_tweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_tweets", request) }
}

/// Repeats a tweet to the account's followers (POST /2/users/{id}/retweets).
///
/// Request: {"id","user_id"?}; without user_id it is asked from X once, and kept for the credentials.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_retweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("retweet", request) }
}

/// Takes a retweet back (DELETE /2/users/{id}/retweets/{source_tweet_id}).
///
/// Request: {"id","user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_unretweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("unretweet", request) }
}

/// Likes a tweet (POST /2/users/{id}/likes).
///
/// Request: {"id","user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_like_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("like_tweet", request) }
}

/// Takes a like back (DELETE /2/users/{id}/likes/{tweet_id}).
///
/// Request: {"id","user_id"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_unlike_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("unlike_tweet", request) }
}

/// The retweets of a tweet (GET /2/tweets/{id}/retweets).
///
/// Request: {"id","query"?:{…},"max_pages"?}.
/// Result: X's JSON; with max_pages over 1 {"data","includes"?,"errors"?,"meta":{"result_count","next_token"?},"incomplete"?}:
/// what was read before an error is kept, and incomplete holds the error.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_retweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_retweets", request) }
}

/// Who repeated a tweet (GET /2/tweets/{id}/retweeted_by).
///
/// Request: {"id","query"?:{…},"max_pages"?}.
/// Result: as of twitter_get_retweets.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_retweeted_by(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_retweeted_by", request) }
}

/// Who likes a tweet (GET /2/tweets/{id}/liking_users).
///
/// Request: {"id","query"?:{…},"max_pages"?}.
/// Result: as of twitter_get_retweets.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_liking_users(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_liking_users", request) }
}

/// The account that the credentials belong to (GET /2/users/me).
///
/// Request: {"query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_me", request) }
}

/// The account's tweets that others repeated (GET /2/users/reposts_of_me).
///
/// Request: {"query"?:{…},"max_pages"?}.
/// Result: as of twitter_get_retweets.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_reposts_of_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_reposts_of_me", request) }
}

/// What an account likes (GET /2/users/{id}/liked_tweets).
///
/// Request: {"user_id"?,"query"?:{…},"max_pages"?}; without user_id the account's own.
/// Result: as of twitter_get_retweets.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_liked_tweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_liked_tweets", request) }
}

/// The HTML that shows a tweet on a page (oEmbed); needs no keys.
///
/// Request: {"url","maxwidth"?,"maxheight"?,"hide_media"?,"hide_thread"?,"omit_script"?,"align"?,"limit"?,"chrome"?,
/// "aria_polite"?,"lang"?,"theme"?,"dnt"?,"query"?:{…}}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_get_oembed(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("get_oembed", request) }
}

/// API 1.1: posts a tweet. This and the following are signed by OAuth 1.0a always.
///
/// Request: {"status","in_reply_to_status_id"?,"auto_populate_reply_metadata"?,"exclude_reply_user_ids"?:[…],
/// "attachment_url"?,"media_ids"?:[…],"possibly_sensitive"?,"lat"?,"long"?,"place_id"?,"display_coordinates"?,"trim_user"?,
/// "enable_dmcommands"?,"fail_dmcommands"?,"card_uri"?}.
/// Result: X's JSON; read id_str, not id.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_update(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_update", request) }
}

/// API 1.1: deletes a tweet.
///
/// Request: {"id","trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_destroy(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_destroy", request) }
}

/// API 1.1: one tweet.
///
/// Request: {"id","trim_user"?,"include_my_retweet"?,"include_entities"?,"include_ext_alt_text"?,"include_card_uri"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_show(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_show", request) }
}

/// API 1.1: repeats a tweet.
///
/// Request: {"id","trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweet", request) }
}

/// API 1.1: takes a retweet back.
///
/// Request: {"id","trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_unretweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_unretweet", request) }
}

/// API 1.1: the retweets of a tweet.
///
/// Request: {"id","count"?,"trim_user"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweets(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweets", request) }
}

/// API 1.1: up to 100 tweets.
///
/// Request: {"ids":[…],"include_entities"?,"trim_user"?,"map"?,"include_ext_alt_text"?,"include_card_uri"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_lookup(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_lookup", request) }
}

/// API 1.1: the HTML that shows a tweet on a page.
///
/// Request: {"id" or "url","maxwidth"?,"hide_media"?,"hide_thread"?,"omit_script"?,"align"?,"related"?,"lang"?,"theme"?,
/// "link_color"?,"widget_type"?,"dnt"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_oembed(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_oembed", request) }
}

/// API 1.1: the account's tweets that others repeated.
///
/// Request: {"count"?,"since_id"?,"max_id"?,"trim_user"?,"include_entities"?,"include_user_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweets_of_me(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweets_of_me", request) }
}

/// API 1.1: the ids of who repeated a tweet.
///
/// Request: {"id","count"?,"cursor"?,"stringify_ids"? (true)}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_statuses_retweeters_ids(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("statuses_retweeters_ids", request) }
}

/// API 1.1: likes a tweet.
///
/// Request: {"id","include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_create(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_create", request) }
}

/// API 1.1: takes a like back.
///
/// Request: {"id","include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_destroy(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_destroy", request) }
}

/// API 1.1: what an account likes.
///
/// Request: {"user_id" or "screen_name"?,"count"?,"since_id"?,"max_id"?,"include_entities"?}.
/// Result: X's JSON.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_favorites_list(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("favorites_list", request) }
}

/// Any other endpoint of X's; keys go to the origins of api_url and upload_url alone.
///
/// Request: {"method","path" or "url","query"?:{…},"json"?:… or "form"?:{…},"auth"?,"max_pages"?}.
/// Result: X's JSON; pages as of twitter_get_retweets.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_request(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("request", request) }
}

/// How X counts a text (twitter-text, configuration version 3); nothing is sent. Ranges are in UTF-16 units, ends inclusive.
///
/// Request: {"text"}.
/// Result: {"weighted_length","valid","permillage","display_range":[a,b],"valid_range":[a,b]}.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_parse_tweet(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("parse_tweet", request) }
}

/// Every function with the JSON Schema of its request.
///
/// Request: {"name"?, "operations"?}.
/// Result: [{"name","title","en","ru","request"},…].
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_describe(request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call("describe", request) }
}
