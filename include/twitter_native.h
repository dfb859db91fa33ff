/* twitter-native 0.1.0: X (Twitter) for programs that aren't written for the web.
   Made from src/ by cbindgen at every build: change it there. */

#ifndef TWITTER_NATIVE_H
#define TWITTER_NATIVE_H

#include <stddef.h>
#include <stdint.h>

#define TWITTER_NATIVE_VERSION "0.1.0"
#define TWITTER_NATIVE_VERSION_MAJOR 0
#define TWITTER_NATIVE_VERSION_MINOR 1
#define TWITTER_NATIVE_VERSION_PATCH 0
/** The result of twitter_abi_version(). A library with another version can't be used with this header. */
#define TWITTER_NATIVE_ABI_VERSION 1

/* error.kind */
#define TWITTER_KIND_INVALID_REQUEST "invalid_request"
#define TWITTER_KIND_MISSING_CREDENTIALS "missing_credentials"
#define TWITTER_KIND_AUTHORIZATION "authorization"
#define TWITTER_KIND_IO "io"
#define TWITTER_KIND_NETWORK "network"
#define TWITTER_KIND_TIMEOUT "timeout"
#define TWITTER_KIND_CANCELED "canceled"
#define TWITTER_KIND_RATE_LIMITED "rate_limited"
#define TWITTER_KIND_API "api"
#define TWITTER_KIND_MEDIA_FAILED "media_failed"
#define TWITTER_KIND_UNEXPECTED_RESPONSE "unexpected_response"
#define TWITTER_KIND_INTERNAL "internal"

/* error.reason of the kind authorization */
#define TWITTER_REASON_DENIED "denied"
#define TWITTER_REASON_STATE "state"
#define TWITTER_REASON_STATE_EXPIRED "state_expired"
#define TWITTER_REASON_CODE "code"
#define TWITTER_REASON_REFRESH_TOKEN "refresh_token"
#define TWITTER_REASON_ACCESS_TOKEN "access_token"
#define TWITTER_REASON_KEYS "keys"
#define TWITTER_REASON_CLOCK "clock"

/* error.outcome of what writes */
#define TWITTER_OUTCOME_NOT_SENT "not_sent"
#define TWITTER_OUTCOME_REJECTED "rejected"
#define TWITTER_OUTCOME_UNKNOWN "unknown"


/* On Windows the functions are imported from the DLL. Define TWITTER_API before this header to declare them in another
   way, for example if they are found by GetProcAddress. */
#ifndef TWITTER_API
#if defined(_WIN32)
#define TWITTER_API __declspec(dllimport)
#else
#define TWITTER_API
#endif
#endif

/* A warning if a result is not used: it would never be released. */
#if defined(__GNUC__)
#define TWITTER_MUST_USE __attribute__((warn_unused_result))
#elif defined(_MSC_VER)
#define TWITTER_MUST_USE _Check_return_
#else
#define TWITTER_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Progress: the call waits for an answer, for a limit to end, or before a retry. `done` and `total` are seconds: those
 * waited, and all of them; `total` is 0 if that is unknown.
 */
#define TWITTER_STAGE_WAITING 1

/**
 * Progress: the call uploads. `done` and `total` are bytes.
 */
#define TWITTER_STAGE_UPLOADING 2

/**
 * Progress: X processes the media. `done` is a percentage, `total` is 100.
 */
#define TWITTER_STAGE_PROCESSING 3

/**
 * Log: the call fails.
 */
#define TWITTER_LEVEL_ERROR 1

/**
 * Log: something failed, and the call goes on.
 */
#define TWITTER_LEVEL_WARNING 2

/**
 * Log: what a person may want to know, such as a wait.
 */
#define TWITTER_LEVEL_INFORMATION 3

/**
 * Log: each attempt and each answer.
 */
#define TWITTER_LEVEL_DEBUG 4

/**
 * A file in memory. It is not copied, and must not change until the call has returned.
 */
typedef struct twitter_bytes {
    /**
     * May be NULL if `length` is 0.
     */
    const uint8_t *data;
    size_t length;
} twitter_bytes;

/**
 * Reports the progress of a call, on the calling thread, at least every 250 ms. `stage` is a TWITTER_STAGE_…, which says
 * what `done` and `total` are. While the call uploads, `done` never decreases, and goes from 0 to `total`.
 * Return 0 to go on; anything else cancels the call. It must not unwind, longjmp or call twitter_shutdown.
 */
typedef int32_t (*twitter_progress)(void *context, uint32_t stage, uint64_t done, uint64_t total);

/**
 * Receives a line of the log for each attempt, wait and answer, on the calling thread. No secret is in it.
 * `level` is a TWITTER_LEVEL_…. `message` is valid until the function returns. It must not unwind, longjmp or call
 * twitter_shutdown.
 */
typedef void (*twitter_log)(void *context, uint32_t level, const char *message);

/**
 * Gives the library the JSON that `load` has read. `sink` is that of `load`. To be called by `load` only.
 */
typedef void (*twitter_give)(void *sink, const char *json);

/**
 * Reads the account's tokens and calls `give` with their JSON, once; not at all if there are none yet. If `for_update` is
 * not 0, it locks them first, as SELECT … FOR UPDATE does, and they stay locked until `save` or `release`. It waits
 * `timeout_ms` for the lock at most; 0 means not at all. Returns 0 for success. Otherwise nothing may be locked.
 */
typedef int32_t (*twitter_store_load)(void *context,
                                      int32_t for_update,
                                      uint32_t timeout_ms,
                                      void *sink,
                                      twitter_give give);

/**
 * Saves the JSON in place of what `load` has locked, and releases the lock. Returns 0 once the JSON is durable, anything
 * else for a failure. The lock has to be released in both cases.
 */
typedef int32_t (*twitter_store_save)(void *context, const char *json);

/**
 * Releases the lock without a change.
 */
typedef void (*twitter_store_release)(void *context);

/**
 * The host's own store of an account's tokens, such as a row of a database, for accounts that several machines share. The
 * library renews the tokens there as it does in a `token_file`: one refresh for all, under the store's lock. The functions
 * run on the calling thread, with the context of the options. They must not unwind, longjmp or call twitter_shutdown.
 */
typedef struct twitter_token_store {
    /**
     * sizeof(twitter_token_store); the rule of twitter_options.size applies.
     */
    size_t size;
    twitter_store_load load;
    twitter_store_save save;
    twitter_store_release release;
} twitter_token_store;

/**
 * Files from memory, callbacks and the token store of a call. Set to zero what is not used.
 */
typedef struct twitter_options {
    /**
     * sizeof(twitter_options). The struct may grow in later versions. Fields that this library doesn't know have to be
     * zero, otherwise the call is refused.
     */
    size_t size;
    /**
     * Files from memory. The request refers to them by {"bytes":0}, {"bytes":1} and so on.
     */
    const struct twitter_bytes *bytes;
    size_t bytes_count;
    /**
     * May be NULL.
     */
    twitter_progress progress;
    /**
     * May be NULL.
     */
    twitter_log log;
    /**
     * The first argument of every callback.
     */
    void *context;
    /**
     * May be NULL. It has to stay valid until the call has returned. It can't be used together with the parameter
     * `token_file`.
     */
    const struct twitter_token_store *token_store;
} twitter_options;

/**
 * The version of the library, such as "0.1.0". The text is static and must not be released.
 */
TWITTER_API const char *twitter_version(void);

/**
 * The version of the ABI: 1. Within a version, functions and fields are only added.
 */
TWITTER_API uint32_t twitter_abi_version(void);

/**
 * Releases a result of this library, and wipes it first, because it may hold tokens. NULL is allowed.
 * Release each result once.
 */
TWITTER_API
void twitter_free(char *result);

/**
 * Shuts the library down: running calls return as canceled, idle connections are closed, and its
 * threads end. It waits 2 seconds for that at most. Later calls work as before. Call it from any
 * thread, but not from DllMain, an atexit handler or a callback.
 */
TWITTER_API void twitter_shutdown(void);

/**
 * The text as a JSON string in quotation marks; "null" for NULL. Invalid UTF-8 is replaced by U+FFFD.
 * Release it with twitter_free.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_json_quote(const char *text);

/**
 * The value at a JSON pointer (RFC 6901), such as "/result/data/id": a string without its quotation
 * marks, anything else as JSON. NULL if there is no such value, or if an argument can't be read. U+0000
 * in a string becomes U+FFFD. Release it with twitter_free.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_json_get(const char *json,
                       const char *pointer);

/**
 * Calls any function by its name, such as "create_custom_tweet", with files from memory, progress,
 * cancellation, a log and a token store. `options` may be NULL.
 *
 * What follows holds for all functions below too. `request` is a JSON object in UTF-8 with a NUL at
 * its end; NULL and "" mean {}. Besides the fields shown, it may have "parameters" (README:
 * Parameters). The result is a JSON envelope in UTF-8 with a NUL at its end, never NULL:
 * {"ok":true,"result":…,"http":…} or {"ok":false,"error":{"kind","message","retryable",…},"http":…}.
 * Release it with twitter_free. The functions block. They may be called from any thread at any time,
 * and on Linux from a child after fork(). Nothing is written to stdout or stderr. The arguments, and
 * what `options` points to, must stay valid until the call has returned.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_call(const char *function,
                   const char *request,
                   const struct twitter_options *options);

/**
 * The parameters as they will be used. The defaults, with the given ones laid over them.
 *
 * Request: {}.
 * Result: an object.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_standard_parameters(const char *request);

/**
 * The OAuth 1.0a header of a request. See RFC 5849. Nothing is sent.
 *
 * Request: {"request_type" or "method", "url", "fields"?:{…}, "oauth_nonce"?, "oauth_timestamp"?}.
 * Result: {"Authorization":"OAuth …"}.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_create_authorization_header_v1(const char *request);

/**
 * The OAuth 2.0 header. See RFC 6750. Nothing is sent, except to renew the token of a `token_file`.
 *
 * Request: {}.
 * Result: {"Authorization":"Bearer …"}.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_authorization_header_v2(const char *request);

/**
 * The address where a person authorizes the application. See RFC 6749 and RFC 7636. Nothing is sent.
 *
 * Request: {"state"?, "code_verifier"?, "code_challenge_method"?, "session"?, "verifier"?}.
 * Result: {"url","state","code_verifier"}.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_get_authorization_link(const char *request);

/**
 * Exchanges the code of a redirect for tokens.
 *
 * Request: {"code", "state"?, "code_verifier"?, "session"?}.
 * Result: X's token JSON and "expires_at".
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_token(const char *request);

/**
 * Exchanges the refresh token for new tokens, once. A refresh token can be used once: keep the new
 * one.
 *
 * Request: {}.
 * Result: X's token JSON and "expires_at".
 */
TWITTER_API TWITTER_MUST_USE char *twitter_refresh_token(const char *request);

/**
 * Checks the redirect and exchanges its code.
 *
 * Request: {"url", "state"?, "code_verifier"?, "session"?}.
 * Result: X's token JSON and "expires_at".
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_handle_incoming_request_after_authorization(const char *request);

/**
 * Opens the browser, waits for the person's consent and exchanges the code. It listens at the loopback
 * `redirect_uri` (RFC 8252). Without a browser on this machine: show the link of
 * `get_authorization_link`, then give its `state` and `code_verifier` here with `open_browser` false.
 *
 * Request: {"state"?, "code_verifier"?, "code_challenge_method"?, "session"?, "verifier"?,
 * "open_browser"?, "wait_seconds"?}.
 * Result: X's token JSON and "expires_at".
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_wait_for_authorization(const char *request);

/**
 * Exchanges the keys of OAuth 1.0a for tokens of OAuth 2.0, without a browser. The parameters hold the
 * four keys of OAuth 1.0a and `client_id`. The tokens that such an exchange gave before are void. The
 * keys stay good.
 *
 * Request: {"scopes"?:[…]}.
 * Result: X's token JSON and "expires_at".
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_exchange_oauth1_token(const char *request);

/**
 * Gives the application's own token, which stands for no account. The parameters hold the
 * application's two keys of OAuth 1.0a. The token is the value for `bearer_token`.
 *
 * Request: {}.
 * Result: {"token_type","access_token"}.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_bearer_token(const char *request);

/**
 * Revokes a token.
 *
 * Request: {"token"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_revoke_token(const char *request);

/**
 * Begins a sign-in by OAuth 1.0a. See RFC 5849. The result has the address where the person authorizes
 * it.
 *
 * Request: {"callback"?}.
 * Result: {"oauth_token","oauth_token_secret","authorize_url"}.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_oauth1_request_token(const char *request);

/**
 * Ends a sign-in by OAuth 1.0a with the account's keys. The request token and its secret are the
 * parameters `oauth_token` and `oauth_token_secret`.
 *
 * Request: {"oauth_verifier"}.
 * Result: {"oauth_token","oauth_token_secret","user_id","screen_name"}.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_oauth1_access_token(const char *request);

/**
 * Uploads a picture, GIF, video or subtitles. It waits until X has processed the file.
 *
 * Request: {"file", "type"?, "media_type"?, "alt_text"?, "wait"?, "wait_seconds"?,
 * "additional_owners"?:[…]}.
 * Result:
 * {"media_id","media_id_string","media_key","expires_after_secs","processing_info"?,"response"}.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_upload_media_file(const char *request);

/**
 * Uploads several files.
 *
 * Request: {"files":[…], "type"?}.
 * Result: ["id",…].
 */
TWITTER_API TWITTER_MUST_USE char *twitter_upload_attachments_array(const char *request);

/**
 * How far X has processed an uploaded file.
 *
 * Request: {"media_id"}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_media_status(const char *request);

/**
 * Sets the alt text of an uploaded file.
 *
 * Request: {"media_id", "alt_text"}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_set_media_metadata(const char *request);

/**
 * Posts a tweet of any kind. POST /2/tweets. Its files are uploaded first.
 *
 * Request: {"text"?, "media_ids"?:[…], "files"?:[…], "type"?, "alt_texts"?:[…], "poll_options"?:[…],
 * "poll_duration"?, "card_uri"?, "community_id"?, "direct_message_deep_link"?, "edit_options"?:{…},
 * "for_super_followers_only"?, "geo"?:{…}, "made_with_ai"?, "media"?:{…}, "nullcast"?,
 * "paid_partnership"?, "poll"?:{…}, "quote_tweet_id"?, "reply"?:{…}, "reply_settings"?,
 * "share_with_followers"?, "body"?:{…}}.
 * Result: X's JSON.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_create_custom_tweet(const char *request);

/**
 * Posts text.
 *
 * Request: {"text", and the other fields of twitter_create_custom_tweet}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_text_tweet(const char *request);

/**
 * Posts one to four pictures.
 *
 * Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_image_tweet(const char *request);

/**
 * Posts a GIF.
 *
 * Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_gif_tweet(const char *request);

/**
 * Posts a video.
 *
 * Request: {"files" or "media_ids", "text"?, and the other fields of twitter_create_custom_tweet}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_video_tweet(const char *request);

/**
 * Posts a poll.
 *
 * Request: {"poll_options" or "poll", "text"?, "poll_duration"?, and the other fields of
 * twitter_create_custom_tweet}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_create_poll_tweet(const char *request);

/**
 * Posts several tweets, each in answer to the one before it. All are checked before the first is sent.
 * An error has `posted` (X's answers so far) and `next` (the index of the tweet that failed).
 *
 * Request: {"tweets":[…], "in_reply_to_tweet_id"?}.
 * Result: [{"id","text"},…].
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_create_thread(const char *request);

/**
 * Deletes a tweet of the account. DELETE /2/tweets/{id}.
 *
 * Request: {"id"}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_delete_tweet(const char *request);

/**
 * One tweet. GET /2/tweets/{id}.
 *
 * Request: {"id", "query"?:{…}}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_tweet(const char *request);

/**
 * Up to 100 tweets by their ids. GET /2/tweets.
 *
 * Request: {"ids":[…], "query"?:{…}}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_tweets(const char *request);

/**
 * Retweets a tweet. POST /2/users/{id}/retweets. Without `user_id` X is asked once for the account's
 * id.
 *
 * Request: {"id", "user_id"?}.
 * Result: X's JSON.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_retweet(const char *request);

/**
 * Takes a retweet back. DELETE /2/users/{id}/retweets/{source_tweet_id}.
 *
 * Request: {"id", "user_id"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_unretweet(const char *request);

/**
 * Likes a tweet. POST /2/users/{id}/likes.
 *
 * Request: {"id", "user_id"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_like_tweet(const char *request);

/**
 * Takes a like back. DELETE /2/users/{id}/likes/{tweet_id}.
 *
 * Request: {"id", "user_id"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_unlike_tweet(const char *request);

/**
 * The retweets of a tweet. GET /2/tweets/{id}/retweets.
 *
 * Request: {"id", "query"?:{…}, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_retweets(const char *request);

/**
 * Who retweeted a tweet. GET /2/tweets/{id}/retweeted_by.
 *
 * Request: {"id", "query"?:{…}, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_retweeted_by(const char *request);

/**
 * Who likes a tweet. GET /2/tweets/{id}/liking_users.
 *
 * Request: {"id", "query"?:{…}, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_liking_users(const char *request);

/**
 * The account that the credentials belong to. GET /2/users/me.
 *
 * Request: {"query"?:{…}}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_me(const char *request);

/**
 * The account's tweets that others retweeted. GET /2/users/reposts_of_me.
 *
 * Request: {"query"?:{…}, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_reposts_of_me(const char *request);

/**
 * What an account likes. GET /2/users/{id}/liked_tweets. Without `user_id` the account's own.
 *
 * Request: {"user_id"?, "query"?:{…}, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API TWITTER_MUST_USE char *twitter_get_liked_tweets(const char *request);

/**
 * The HTML that shows a tweet on a page. It needs no keys.
 *
 * Request: {"url", "maxwidth"?, "maxheight"?, "hide_media"?, "hide_thread"?, "omit_script"?, "align"?,
 * "limit"?, "chrome"?, "aria_polite"?, "lang"?, "theme"?, "dnt"?, "query"?:{…}}.
 * Result: X's JSON.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_get_oembed(const char *request);

/**
 * API 1.1: posts a tweet.
 *
 * Request: {"status" or "media_ids", "in_reply_to_status_id"?, "auto_populate_reply_metadata"?,
 * "exclude_reply_user_ids"?:[…], "attachment_url"?, "possibly_sensitive"?, "lat"?, "long"?,
 * "place_id"?, "display_coordinates"?, "trim_user"?, "enable_dmcommands"?, "fail_dmcommands"?,
 * "card_uri"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_update(const char *request);

/**
 * API 1.1: deletes a tweet.
 *
 * Request: {"id", "trim_user"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_destroy(const char *request);

/**
 * API 1.1: one tweet.
 *
 * Request: {"id", "trim_user"?, "include_my_retweet"?, "include_entities"?, "include_ext_alt_text"?,
 * "include_card_uri"?}.
 * Result: X's JSON.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_statuses_show(const char *request);

/**
 * API 1.1: retweets a tweet.
 *
 * Request: {"id", "trim_user"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_retweet(const char *request);

/**
 * API 1.1: takes a retweet back.
 *
 * Request: {"id", "trim_user"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_unretweet(const char *request);

/**
 * API 1.1: the retweets of a tweet.
 *
 * Request: {"id", "count"?, "trim_user"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_retweets(const char *request);

/**
 * API 1.1: up to 100 tweets by their ids.
 *
 * Request: {"ids":[…], "include_entities"?, "trim_user"?, "map"?, "include_ext_alt_text"?,
 * "include_card_uri"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_lookup(const char *request);

/**
 * API 1.1: the HTML that shows a tweet on a page.
 *
 * Request: {"id" or "url", "maxwidth"?, "hide_media"?, "hide_thread"?, "omit_script"?, "align"?,
 * "related"?, "lang"?, "theme"?, "link_color"?, "widget_type"?, "dnt"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_oembed(const char *request);

/**
 * API 1.1: the account's tweets that others retweeted.
 *
 * Request: {"count"?, "since_id"?, "max_id"?, "trim_user"?, "include_entities"?,
 * "include_user_entities"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_retweets_of_me(const char *request);

/**
 * API 1.1: the ids of those who retweeted a tweet.
 *
 * Request: {"id", "count"?, "cursor"?, "stringify_ids"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_statuses_retweeters_ids(const char *request);

/**
 * API 1.1: likes a tweet.
 *
 * Request: {"id", "include_entities"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_favorites_create(const char *request);

/**
 * API 1.1: takes a like back.
 *
 * Request: {"id", "include_entities"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_favorites_destroy(const char *request);

/**
 * API 1.1: what an account likes.
 *
 * Request: {"user_id"?, "screen_name"?, "count"?, "since_id"?, "max_id"?, "include_entities"?}.
 * Result: X's JSON.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_favorites_list(const char *request);

/**
 * Calls any other endpoint of X. Keys are sent to the hosts of `api_url` and `upload_url` only.
 *
 * Request: {"method", "path" or "url", "query"?:{…}, "json"?, "form"?:{…}, "auth"?, "max_pages"?}.
 * Result: X's JSON; with max_pages over 1 several pages as one (README: Pages).
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_request(const char *request);

/**
 * How X counts a text. By twitter-text, configuration version 3. Nothing is sent. Ranges are in UTF-16
 * units, their ends inclusive.
 *
 * Request: {"text"}.
 * Result: {"weighted_length","valid","permillage","display_range":[a,b],"valid_range":[a,b]}.
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_parse_tweet(const char *request);

/**
 * Writes the table of X's operations as they are now, for `operations_file`. From X's document, at
 * `api_url`. The file is replaced when the new one is whole.
 *
 * Request: {"path"}.
 * Result: {"path","version","operations","added":[…],"changed":[…],"removed":[…]}.
 */
TWITTER_API TWITTER_MUST_USE char *twitter_update_operations(const char *request);

/**
 * Every function with the JSON Schema of its request.
 *
 * Request: {"name"?, "operations"?}.
 * Result:
 * [{"name","title","about","returns","en","ru","group","writes","result","files","arguments","request"},…].
 */
TWITTER_API
TWITTER_MUST_USE
char *twitter_describe(const char *request);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* TWITTER_NATIVE_H */
