/* The operations of X's OpenAPI document. Each function calls twitter_call with the name of the operation.
   Made from the library's table by `cargo xtask generate`: don't change it by hand.

   A request is a JSON object with the fields of path, query and body, and "parameters". Fields with a `?` are optional.
   "tweet.fields", "post.fields" and "post_fields" are the same field. Release the result with twitter_free. For
   progress, cancellation, a log, or files from memory, use twitter_call.

   Operations for which twitter_native.h has a function are not here. Streams can't be called, because their answers
   have no end. */

#ifndef TWITTER_OPERATIONS_H
#define TWITTER_OPERATIONS_H

#include "twitter_native.h"

#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)
#define TWITTER_INLINE static inline
#elif defined(_MSC_VER)
#define TWITTER_INLINE static __inline
#else
#define TWITTER_INLINE static __inline__
#endif

/**
 * Accept a Chat Message Request: POST /2/chat/message_requests/{id}/accept.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_accept_chat_message_request(const char *request)
{
    return twitter_call("accept_chat_message_request", request, NULL);
}

/**
 * Add Admins to a Chat Group Conversation: POST /2/chat/conversations/{id}/admins.
 * Request: {"id", "user_ids":[…], "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_chat_group_admins(const char *request)
{
    return twitter_call("add_chat_group_admins", request, NULL);
}

/**
 * Add Members to a Chat Group Conversation: POST /2/chat/conversations/{id}/members.
 * Request: {"id", "user_ids":[…], "action_signatures"?:[…], "conversation_key_version"?,
 * "conversation_participant_keys"?:[…], "encrypted_avatar_url"?, "encrypted_title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_chat_group_members(const char *request)
{
    return twitter_call("add_chat_group_members", request, NULL);
}

/**
 * Add a Chat Moderator: POST /2/broadcasts/chat/moderators.
 * Request: {"user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_chat_moderator(const char *request)
{
    return twitter_call("add_chat_moderator", request, NULL);
}

/**
 * Add Conversation Keys: POST /2/chat/conversations/{id}/keys.
 * Request: {"id", "conversation_key_version", "conversation_participant_keys":[…],
 * "action_signatures"?:[…], "base64_encoded_key_rotation"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_conversation_keys(const char *request)
{
    return twitter_call("add_conversation_keys", request, NULL);
}

/**
 * Add List Member: POST /2/lists/{id}/members.
 * Request: {"id", "user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_lists_member(const char *request)
{
    return twitter_call("add_lists_member", request, NULL);
}

/**
 * Add Public Key: POST /2/users/{id}/public_keys.
 * Request: {"public_key":{…}, "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_add_user_public_key(const char *request)
{
    return twitter_call("add_user_public_key", request, NULL);
}

/**
 * Append Media Upload: POST /2/media/upload/{id}/append.
 * Request: {"id", "media", "segment_index", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_append_media_upload(const char *request)
{
    return twitter_call("append_media_upload", request, NULL);
}

/**
 * Approve an Admin Request in a Chat Group Conversation: POST
 * /2/chat/conversations/{id}/admin_requests/{user_id}/approve.
 * Request: {"id", "user_id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_approve_chat_group_admin_request(const char *request)
{
    return twitter_call("approve_chat_group_admin_request", request, NULL);
}

/**
 * Archive a Chat Conversation: POST /2/chat/conversations/{id}/archive.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_archive_chat_conversation(const char *request)
{
    return twitter_call("archive_chat_conversation", request, NULL);
}

/**
 * Create Draft Article: POST /2/articles/draft.
 * Request: {"content_state":{…}, "title", "cover_media"?:{…}, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_article_create_draft(const char *request)
{
    return twitter_call("article_create_draft", request, NULL);
}

/**
 * Publish Article: POST /2/articles/{article_id}/publish.
 * Request: {"article_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_article_publish(const char *request)
{
    return twitter_call("article_publish", request, NULL);
}

/**
 * Block DMs: POST /2/users/{id}/dm/block.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_block_users_dms(const char *request)
{
    return twitter_call("block_users_dms", request, NULL);
}

/**
 * Cancel a Scheduled Call: DELETE /2/calls/scheduled/{id}.
 * Request: {"id", "scope"?, "occurrence_start_time"?, "notify_invitees"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_cancel_scheduled_call(const char *request)
{
    return twitter_call("cancel_scheduled_call", request, NULL);
}

/**
 * Download Chat Media: GET /2/chat/media/{id}/{media_hash_key}.
 * Request: {"id", "media_hash_key", "save_to"?, "more"?:{…}}.
 * Result: {"base64"}, or the path of "save_to".
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_chat_media_download(const char *request)
{
    return twitter_call("chat_media_download", request, NULL);
}

/**
 * Append Chat Media Upload: POST /2/chat/media/upload/{id}/append.
 * Request: {"id", "conversation_id", "media", "media_hash_key", "segment_index", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_chat_media_upload_append(const char *request)
{
    return twitter_call("chat_media_upload_append", request, NULL);
}

/**
 * Finalize Chat Media Upload: POST /2/chat/media/upload/{id}/finalize.
 * Request: {"id", "conversation_id", "media_hash_key", "num_parts", "message_id"?, "ttl_msec"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_chat_media_upload_finalize(const char *request)
{
    return twitter_call("chat_media_upload_finalize", request, NULL);
}

/**
 * Initialize Chat Media Upload: POST /2/chat/media/upload/initialize.
 * Request: {"conversation_id", "total_bytes", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_chat_media_upload_initialize(const char *request)
{
    return twitter_call("chat_media_upload_initialize", request, NULL);
}

/**
 * Create Subscription: POST /2/account_activity/webhooks/{webhook_id}/subscriptions/all.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_account_activity_subscription(const char *request)
{
    return twitter_call("create_account_activity_subscription", request, NULL);
}

/**
 * Create X Activity Subscription: POST /2/activity/subscriptions.
 * Request: {"event_type", "filter":{…}, "expires_at"?, "tag"?, "webhook_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_activity_subscription(const char *request)
{
    return twitter_call("create_activity_subscription", request, NULL);
}

/**
 * Create a Bot: POST /2/bots.
 * Request: {"handle", "display_name"?, "scopes"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_bot(const char *request)
{
    return twitter_call("create_bot", request, NULL);
}

/**
 * Create a Call: POST /2/calls.
 * Request: {"audio_only"?, "conversation_id"?, "join_policy"?, "title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_call(const char *request)
{
    return twitter_call("create_call", request, NULL);
}

/**
 * Create Chat Group Conversation: POST /2/chat/conversations/group.
 * Request: {"conversation_id", "conversation_key_version", "conversation_participant_keys":[…],
 * "group_members":[…], "action_signatures"?:[…], "base64_encoded_key_rotation"?, "group_admins"?:[…],
 * "group_avatar_url"?, "group_description"?, "group_name"?, "ttl_msec"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_chat_conversation(const char *request)
{
    return twitter_call("create_chat_conversation", request, NULL);
}

/**
 * Request Admin Permissions in a Chat Group Conversation: POST
 * /2/chat/conversations/{id}/admin_requests.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_chat_group_admin_request(const char *request)
{
    return twitter_call("create_chat_group_admin_request", request, NULL);
}

/**
 * Request to Join a Chat Group: POST /2/chat/conversations/{id}/join_requests.
 * Request: {"id", "token", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_chat_group_join_request(const char *request)
{
    return twitter_call("create_chat_group_join_request", request, NULL);
}

/**
 * Create a Community Note: POST /2/notes.
 * Request: {"info":{…}, "post_id", "test_mode", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_community_notes(const char *request)
{
    return twitter_call("create_community_notes", request, NULL);
}

/**
 * Create Compliance Job: POST /2/compliance/jobs.
 * Request: {"type", "compliance_job.fields"?:[…], "name"?, "resumable"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_compliance_jobs(const char *request)
{
    return twitter_call("create_compliance_jobs", request, NULL);
}

/**
 * Create DM Message by Conversation ID: POST /2/dm_conversations/{dm_conversation_id}/messages.
 * Request: {"dm_conversation_id", "text" or "attachments", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_direct_messages_by_conversation_id(const char *request)
{
    return twitter_call("create_direct_messages_by_conversation_id", request, NULL);
}

/**
 * Create DM Message by Participant ID: POST /2/dm_conversations/with/{participant_id}/messages.
 * Request: {"participant_id", "text" or "attachments", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_direct_messages_by_participant_id(const char *request)
{
    return twitter_call("create_direct_messages_by_participant_id", request, NULL);
}

/**
 * Create DM Conversation: POST /2/dm_conversations.
 * Request: {"conversation_type", "message":{…}, "participant_ids":[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_direct_messages_conversation(const char *request)
{
    return twitter_call("create_direct_messages_conversation", request, NULL);
}

/**
 * Create List: POST /2/lists.
 * Request: {"name", "description"?, "private"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_lists(const char *request)
{
    return twitter_call("create_lists", request, NULL);
}

/**
 * Create Media Metadata: POST /2/media/metadata.
 * Request: {"id", "metadata":{…}, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_media_metadata(const char *request)
{
    return twitter_call("create_media_metadata", request, NULL);
}

/**
 * Create Media Subtitles: POST /2/media/subtitles.
 * Request: {"id", "media_category", "subtitles":{…}, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_media_subtitles(const char *request)
{
    return twitter_call("create_media_subtitles", request, NULL);
}

/**
 * Create or Edit Post: POST /2/tweets.
 * Request: {"card_uri"?, "community_id"?, "direct_message_deep_link"?, "edit_options"?:{…},
 * "for_super_followers_only"?, "geo"?:{…}, "made_with_ai"?, "media"?:{…}, "nullcast"?,
 * "paid_partnership"?, "poll"?:{…}, "quote_tweet_id"?, "reply"?:{…}, "reply_settings"?,
 * "share_with_followers"?, "text"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, tweet.write, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_posts(const char *request)
{
    return twitter_call("create_posts", request, NULL);
}

/**
 * Create a Scheduled Broadcast: POST /2/broadcasts/scheduled.
 * Request: {"scheduled_start_ms", "source_id", "available_for_replay"?, "chat_option"?, "description"?,
 * "is_locked"?, "locale"?, "manual_publish"?, "recurrence"?:{…}, "scheduled_end_ms"?, "telecast_id"?,
 * "thumbnail_media_id"?, "title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_scheduled_broadcast(const char *request)
{
    return twitter_call("create_scheduled_broadcast", request, NULL);
}

/**
 * Create a Stream Source: POST /2/sources.
 * Request: {"name", "region", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_source(const char *request)
{
    return twitter_call("create_source", request, NULL);
}

/**
 * Create a Broadcast on a User's Source: POST /2/users/{id}/broadcasts.
 * Request: {"source_id", "id"?, "is_low_latency"?, "region"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_user_broadcast(const char *request)
{
    return twitter_call("create_user_broadcast", request, NULL);
}

/**
 * Create a Stream Source for a User: POST /2/users/{id}/sources.
 * Request: {"name", "id"?, "region"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_user_source(const char *request)
{
    return twitter_call("create_user_source", request, NULL);
}

/**
 * Create Bookmark: POST /2/users/{id}/bookmarks.
 * Request: {"tweet_id" or "tweet_ids", "id"?, "folder_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.write, tweet.read, users.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_users_bookmark(const char *request)
{
    return twitter_call("create_users_bookmark", request, NULL);
}

/**
 * Create Bookmark Folder: POST /2/users/{id}/bookmarks/folders.
 * Request: {"name", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.write, users.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_users_bookmark_folder(const char *request)
{
    return twitter_call("create_users_bookmark_folder", request, NULL);
}

/**
 * Create Replay Job for Webhook: POST /2/webhooks/replay.
 * Request: {"from_date", "to_date", "webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_webhook_replay_job(const char *request)
{
    return twitter_call("create_webhook_replay_job", request, NULL);
}

/**
 * Create Webhook: POST /2/webhooks.
 * Request: {"url", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_webhooks(const char *request)
{
    return twitter_call("create_webhooks", request, NULL);
}

/**
 * Create Stream Link: POST /2/tweets/search/webhooks/{webhook_id}.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_create_webhooks_stream_link(const char *request)
{
    return twitter_call("create_webhooks_stream_link", request, NULL);
}

/**
 * Delete Subscription: DELETE /2/account_activity/webhooks/{webhook_id}/subscriptions/{user_id}/all.
 * Request: {"webhook_id", "user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_account_activity_subscription(const char *request)
{
    return twitter_call("delete_account_activity_subscription", request, NULL);
}

/**
 * Delete X Activity Subscription: DELETE /2/activity/subscriptions/{subscription_id}.
 * Request: {"subscription_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_activity_subscription(const char *request)
{
    return twitter_call("delete_activity_subscription", request, NULL);
}

/**
 * Delete X Activity Subscriptions by IDs: DELETE /2/activity/subscriptions.
 * Request: {"ids":[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_activity_subscriptions_by_ids(const char *request)
{
    return twitter_call("delete_activity_subscriptions_by_ids", request, NULL);
}

/**
 * Terminate All Connections: DELETE /2/connections/all.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_all_connections(const char *request)
{
    return twitter_call("delete_all_connections", request, NULL);
}

/**
 * Delete Bot: DELETE /2/bots/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_bot(const char *request)
{
    return twitter_call("delete_bot", request, NULL);
}

/**
 * Delete a Broadcast: DELETE /2/broadcasts/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_broadcast(const char *request)
{
    return twitter_call("delete_broadcast", request, NULL);
}

/**
 * Remove a Chat Message from a Live Broadcast: DELETE /2/broadcasts/{id}/chat/{message_id}.
 * Request: {"id", "message_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_broadcast_chat_message(const char *request)
{
    return twitter_call("delete_broadcast_chat_message", request, NULL);
}

/**
 * Delete a Chat Conversation: DELETE /2/chat/conversations/{id}.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_chat_conversation(const char *request)
{
    return twitter_call("delete_chat_conversation", request, NULL);
}

/**
 * Turn Off Disappearing Messages in a Chat Conversation: DELETE /2/chat/conversations/{id}/message_ttl.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_chat_conversation_message_ttl(const char *request)
{
    return twitter_call("delete_chat_conversation_message_ttl", request, NULL);
}

/**
 * Delete Chat Messages: POST /2/chat/conversations/{id}/messages/delete.
 * Request: {"id", "action_signatures":[…], "delete_message_action", "sequence_ids":[…],
 * "media_hash_keys"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_chat_messages(const char *request)
{
    return twitter_call("delete_chat_messages", request, NULL);
}

/**
 * Delete a Community Note: DELETE /2/notes/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_community_notes(const char *request)
{
    return twitter_call("delete_community_notes", request, NULL);
}

/**
 * Cancel Compliance Job: DELETE /2/compliance/jobs/{id}.
 * Request: {"id", "compliance_job.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_compliance_jobs_by_id(const char *request)
{
    return twitter_call("delete_compliance_jobs_by_id", request, NULL);
}

/**
 * Terminate Connections by Endpoint: DELETE /2/connections/{endpoint_id}.
 * Request: {"endpoint_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_connections_by_endpoint(const char *request)
{
    return twitter_call("delete_connections_by_endpoint", request, NULL);
}

/**
 * Terminate Multiple Connections: DELETE /2/connections.
 * Request: {"uuids":[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_connections_by_uuids(const char *request)
{
    return twitter_call("delete_connections_by_uuids", request, NULL);
}

/**
 * Delete DM Event: DELETE /2/dm_events/{event_id}.
 * Request: {"event_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, dm.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_direct_messages_events(const char *request)
{
    return twitter_call("delete_direct_messages_events", request, NULL);
}

/**
 * Delete List: DELETE /2/lists/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_lists(const char *request)
{
    return twitter_call("delete_lists", request, NULL);
}

/**
 * Delete Media Subtitles: DELETE /2/media/subtitles.
 * Request: {"id", "language_code", "media_category", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_media_subtitles(const char *request)
{
    return twitter_call("delete_media_subtitles", request, NULL);
}

/**
 * Delete Post: DELETE /2/tweets/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, tweet.write, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_posts(const char *request)
{
    return twitter_call("delete_posts", request, NULL);
}

/**
 * Delete a Scheduled Broadcast: DELETE /2/broadcasts/scheduled/{id}.
 * Request: {"id", "roll_forward"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_scheduled_broadcast(const char *request)
{
    return twitter_call("delete_scheduled_broadcast", request, NULL);
}

/**
 * Delete a Stream Source: DELETE /2/sources/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_source(const char *request)
{
    return twitter_call("delete_source", request, NULL);
}

/**
 * Delete a User's Broadcast: DELETE /2/users/{id}/broadcasts/{broadcast_id}.
 * Request: {"broadcast_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_user_broadcast(const char *request)
{
    return twitter_call("delete_user_broadcast", request, NULL);
}

/**
 * Delete a User's Stream Source: DELETE /2/users/{id}/sources/{source_id}.
 * Request: {"source_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_user_source(const char *request)
{
    return twitter_call("delete_user_source", request, NULL);
}

/**
 * Delete Bookmark: DELETE /2/users/{id}/bookmarks/{tweet_id}.
 * Request: {"tweet_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.write, tweet.read, users.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_users_bookmark(const char *request)
{
    return twitter_call("delete_users_bookmark", request, NULL);
}

/**
 * Delete Webhook: DELETE /2/webhooks/{webhook_id}.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_webhooks(const char *request)
{
    return twitter_call("delete_webhooks", request, NULL);
}

/**
 * Delete Stream Link: DELETE /2/tweets/search/webhooks/{webhook_id}.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_delete_webhooks_stream_link(const char *request)
{
    return twitter_call("delete_webhooks_stream_link", request, NULL);
}

/**
 * Disable a Chat Group Invite Link: DELETE /2/chat/conversations/{id}/invite.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_disable_chat_group_invite(const char *request)
{
    return twitter_call("disable_chat_group_invite", request, NULL);
}

/**
 * Download DM Media: GET /2/dm_conversations/media/{dm_id}/{media_id}/{resource_id}.
 * Request: {"dm_id", "media_id", "resource_id", "save_to"?, "more"?:{…}}.
 * Result: {"base64"}, or the path of "save_to".
 * Signed by OAuth 2.0 (dm.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_dm_conversations_media_download(const char *request)
{
    return twitter_call("dm_conversations_media_download", request, NULL);
}

/**
 * Download Compliance Job Results: GET /2/compliance/jobs/{id}/download.
 * Request: {"id", "token", "compliance_job.fields"?:[…], "save_to"?, "more"?:{…}}.
 * Result: {"base64"}, or the path of "save_to".
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_download_compliance_job_results(const char *request)
{
    return twitter_call("download_compliance_job_results", request, NULL);
}

/**
 * Enable a Chat Group Invite Link: POST /2/chat/conversations/{id}/invite.
 * Request: {"id", "action_signatures"?:[…], "affiliate_user_id"?, "decrypted_avatar_url"?,
 * "decrypted_title"?, "invite_url"?, "validity_duration_msec"?, "validity_expiry_timestamp_msec"?,
 * "welcome_message"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_enable_chat_group_invite(const char *request)
{
    return twitter_call("enable_chat_group_invite", request, NULL);
}

/**
 * Ensure Developer Account: POST /2/account.
 * Request: {"metadata"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (developer.write).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_ensure_account(const char *request)
{
    return twitter_call("ensure_account", request, NULL);
}

/**
 * Evaluate a Community Note: POST /2/notes/evaluate.
 * Request: {"note_text", "post_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_evaluate_community_notes(const char *request)
{
    return twitter_call("evaluate_community_notes", request, NULL);
}

/**
 * Finalize Media Upload: POST /2/media/upload/{id}/finalize.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_finalize_media_upload(const char *request)
{
    return twitter_call("finalize_media_upload", request, NULL);
}

/**
 * Follow List: POST /2/users/{id}/followed_lists.
 * Request: {"list_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_follow_list(const char *request)
{
    return twitter_call("follow_list", request, NULL);
}

/**
 * Follow User: POST /2/users/{id}/following.
 * Request: {"target_user_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_follow_user(const char *request)
{
    return twitter_call("follow_user", request, NULL);
}

/**
 * Get Subscription Count: GET /2/account_activity/subscriptions/count.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_account_activity_subscription_count(const char *request)
{
    return twitter_call("get_account_activity_subscription_count", request, NULL);
}

/**
 * Get Subscriptions: GET /2/account_activity/webhooks/{webhook_id}/subscriptions/all/list.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_account_activity_subscriptions(const char *request)
{
    return twitter_call("get_account_activity_subscriptions", request, NULL);
}

/**
 * Get X Activity Subscriptions: GET /2/activity/subscriptions.
 * Request: {"max_results"?, "pagination_token"?, "user_id"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (like.read, tweet.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_activity_subscriptions(const char *request)
{
    return twitter_call("get_activity_subscriptions", request, NULL);
}

/**
 * Get Bots: GET /2/bots.
 * Request: {"user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_bots(const char *request)
{
    return twitter_call("get_bots", request, NULL);
}

/**
 * Get a Broadcast: GET /2/broadcasts/{id}.
 * Request: {"id", "broadcast.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_broadcast(const char *request)
{
    return twitter_call("get_broadcast", request, NULL);
}

/**
 * Get Broadcast Chat History: GET /2/broadcasts/{id}/chat.
 * Request: {"id", "max_results"?, "pagination_token"?, "broadcast_chat_message.fields"?:[…],
 * "expansions"?:[…], "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_broadcast_chat(const char *request)
{
    return twitter_call("get_broadcast_chat", request, NULL);
}

/**
 * Get a Call: GET /2/calls/{id}.
 * Request: {"id", "call.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_call(const char *request)
{
    return twitter_call("get_call", request, NULL);
}

/**
 * Get Chat Conversation: GET /2/chat/conversations/{id}.
 * Request: {"id", "chat_conversation.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_conversation(const char *request)
{
    return twitter_call("get_chat_conversation", request, NULL);
}

/**
 * Get Chat Conversation Events: GET /2/chat/conversations/{id}/events.
 * Request: {"id", "max_results"?, "pagination_token"?, "chat_message_event.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_conversation_events(const char *request)
{
    return twitter_call("get_chat_conversation_events", request, NULL);
}

/**
 * Get Chat Conversation Pinned Messages: GET /2/chat/conversations/{id}/pinned_messages.
 * Request: {"id", "pagination_token"?, "chat_pinned_message.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_conversation_pinned_messages(const char *request)
{
    return twitter_call("get_chat_conversation_pinned_messages", request, NULL);
}

/**
 * Get Chat Conversations: GET /2/chat/conversations.
 * Request: {"max_results"?, "pagination_token"?, "unread_only"?, "type"?, "is_archived"?, "is_muted"?,
 * "participant_ids"?:[…], "participant_query"?, "start_time"?, "end_time"?,
 * "chat_conversation.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_conversations(const char *request)
{
    return twitter_call("get_chat_conversations", request, NULL);
}

/**
 * Get Pending Admin Requests for a Chat Group Conversation: GET
 * /2/chat/conversations/{id}/admin_requests.
 * Request: {"id", "pagination_token"?, "user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_group_admin_requests(const char *request)
{
    return twitter_call("get_chat_group_admin_requests", request, NULL);
}

/**
 * Get a Chat Group Invite Link: GET /2/chat/conversations/{id}/invites/{token}.
 * Request: {"id", "token", "chat_group_invite.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_group_invite(const char *request)
{
    return twitter_call("get_chat_group_invite", request, NULL);
}

/**
 * Get Chat Message Request: GET /2/chat/message_requests/{id}.
 * Request: {"id", "chat_message_request_detail.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_message_request(const char *request)
{
    return twitter_call("get_chat_message_request", request, NULL);
}

/**
 * Get Chat Message Requests: GET /2/chat/message_requests.
 * Request: {"inbox_type"?, "max_results"?, "pagination_token"?, "chat_message_request.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_message_requests(const char *request)
{
    return twitter_call("get_chat_message_requests", request, NULL);
}

/**
 * Get Chat Moderators: GET /2/broadcasts/chat/moderators.
 * Request: {"user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_moderators(const char *request)
{
    return twitter_call("get_chat_moderators", request, NULL);
}

/**
 * Get Muted Chat Users: GET /2/broadcasts/chat/mutes.
 * Request: {"max_results"?, "pagination_token"?, "broadcast_chat_mute.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_muted_users(const char *request)
{
    return twitter_call("get_chat_muted_users", request, NULL);
}

/**
 * Get Chat Settings: GET /2/chat/settings.
 * Request: {"chat_settings.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_chat_settings(const char *request)
{
    return twitter_call("get_chat_settings", request, NULL);
}

/**
 * Get Community by ID: GET /2/communities/{id}.
 * Request: {"id", "community.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_communities_by_id(const char *request)
{
    return twitter_call("get_communities_by_id", request, NULL);
}

/**
 * Get Compliance Jobs: GET /2/compliance/jobs.
 * Request: {"type", "status"?, "compliance_job.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_compliance_jobs(const char *request)
{
    return twitter_call("get_compliance_jobs", request, NULL);
}

/**
 * Get Compliance Job by ID: GET /2/compliance/jobs/{id}.
 * Request: {"id", "compliance_job.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_compliance_jobs_by_id(const char *request)
{
    return twitter_call("get_compliance_jobs_by_id", request, NULL);
}

/**
 * Get Connection History: GET /2/connections.
 * Request: {"status"?, "endpoints"?:[…], "max_results"?, "pagination_token"?, "connection.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_connection_history(const char *request)
{
    return twitter_call("get_connection_history", request, NULL);
}

/**
 * Get Developer Account: GET /2/account.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (developer.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_developer_account(const char *request)
{
    return twitter_call("get_developer_account", request, NULL);
}

/**
 * Get DM Events: GET /2/dm_events.
 * Request: {"max_results"?, "pagination_token"?, "event_types"?:[…], "dm_event.fields"?:[…],
 * "expansions"?:[…], "user.fields"?:[…], "post.fields"?:[…], "media.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_direct_messages_events(const char *request)
{
    return twitter_call("get_direct_messages_events", request, NULL);
}

/**
 * Get DM Events by Conversation ID: GET /2/dm_conversations/{id}/dm_events.
 * Request: {"id", "max_results"?, "pagination_token"?, "event_types"?:[…], "dm_event.fields"?:[…],
 * "expansions"?:[…], "user.fields"?:[…], "post.fields"?:[…], "media.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_direct_messages_events_by_conversation_id(const char *request)
{
    return twitter_call("get_direct_messages_events_by_conversation_id", request, NULL);
}

/**
 * Get DM Event by ID: GET /2/dm_events/{event_id}.
 * Request: {"event_id", "dm_event.fields"?:[…], "expansions"?:[…], "user.fields"?:[…],
 * "post.fields"?:[…], "media.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_direct_messages_events_by_id(const char *request)
{
    return twitter_call("get_direct_messages_events_by_id", request, NULL);
}

/**
 * Get DM Events by Participant ID: GET /2/dm_conversations/with/{participant_id}/dm_events.
 * Request: {"participant_id", "max_results"?, "pagination_token"?, "event_types"?:[…],
 * "dm_event.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "post.fields"?:[…],
 * "media.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_direct_messages_events_by_participant_id(const char *request)
{
    return twitter_call("get_direct_messages_events_by_participant_id", request, NULL);
}

/**
 * Get List by ID: GET /2/lists/{id}.
 * Request: {"id", "list.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_lists_by_id(const char *request)
{
    return twitter_call("get_lists_by_id", request, NULL);
}

/**
 * Get List Followers: GET /2/lists/{id}/followers.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_lists_followers(const char *request)
{
    return twitter_call("get_lists_followers", request, NULL);
}

/**
 * Get List Members: GET /2/lists/{id}/members.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_lists_members(const char *request)
{
    return twitter_call("get_lists_members", request, NULL);
}

/**
 * Get List Posts: GET /2/lists/{id}/tweets.
 * Request: {"id", "max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_lists_posts(const char *request)
{
    return twitter_call("get_lists_posts", request, NULL);
}

/**
 * Get Media Analytics: GET /2/media/analytics.
 * Request: {"media_keys":[…], "start_time", "end_time", "granularity"?, "media_analytics.fields"?:[…],
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_media_analytics(const char *request)
{
    return twitter_call("get_media_analytics", request, NULL);
}

/**
 * Get Media by Media Key: GET /2/media/{media_key}.
 * Request: {"media_key", "media.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_media_by_media_key(const char *request)
{
    return twitter_call("get_media_by_media_key", request, NULL);
}

/**
 * Get Media by Media Keys: GET /2/media.
 * Request: {"media_keys":[…], "media.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_media_by_media_keys(const char *request)
{
    return twitter_call("get_media_by_media_keys", request, NULL);
}

/**
 * Get Media Upload Status: GET /2/media/upload.
 * Request: {"media_id", "command"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_media_upload_status(const char *request)
{
    return twitter_call("get_media_upload_status", request, NULL);
}

/**
 * Get News Stories by ID: GET /2/news/{id}.
 * Request: {"id", "news.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_news(const char *request)
{
    return twitter_call("get_news", request, NULL);
}

/**
 * Get OpenAPI Spec: GET /2/openapi.json.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by .
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_open_api_spec(const char *request)
{
    return twitter_call("get_open_api_spec", request, NULL);
}

/**
 * Get Post Analytics: GET /2/tweets/analytics.
 * Request: {"ids":[…], "start_time", "end_time", "granularity"?, "analytics.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_analytics(const char *request)
{
    return twitter_call("get_posts_analytics", request, NULL);
}

/**
 * Get Post by ID: GET /2/tweets/{id}.
 * Request: {"id", "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "media.fields"?:[…],
 * "poll.fields"?:[…], "place.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_by_id(const char *request)
{
    return twitter_call("get_posts_by_id", request, NULL);
}

/**
 * Get Posts by IDs: GET /2/tweets.
 * Request: {"ids":[…], "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "media.fields"?:[…],
 * "poll.fields"?:[…], "place.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_by_ids(const char *request)
{
    return twitter_call("get_posts_by_ids", request, NULL);
}

/**
 * Get Count of All Posts: GET /2/tweets/counts/all.
 * Request: {"query", "start_time"?, "end_time"?, "since_id"?, "until_id"?, "next_token"?,
 * "pagination_token"?, "granularity"?, "search_count.fields"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_counts_all(const char *request)
{
    return twitter_call("get_posts_counts_all", request, NULL);
}

/**
 * Get Count of Recent Posts: GET /2/tweets/counts/recent.
 * Request: {"query", "start_time"?, "end_time"?, "since_id"?, "until_id"?, "next_token"?,
 * "pagination_token"?, "granularity"?, "search_count.fields"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_counts_recent(const char *request)
{
    return twitter_call("get_posts_counts_recent", request, NULL);
}

/**
 * Get Liking Users: GET /2/tweets/{id}/liking_users.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (like.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_liking_users(const char *request)
{
    return twitter_call("get_posts_liking_users", request, NULL);
}

/**
 * Get Quoted Posts: GET /2/tweets/{id}/quote_tweets.
 * Request: {"id", "max_results"?, "pagination_token"?, "exclude"?:[…], "post.fields"?:[…],
 * "expansions"?:[…], "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_quoted_posts(const char *request)
{
    return twitter_call("get_posts_quoted_posts", request, NULL);
}

/**
 * Get Reposted By: GET /2/tweets/{id}/retweeted_by.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_reposted_by(const char *request)
{
    return twitter_call("get_posts_reposted_by", request, NULL);
}

/**
 * Get Reposts: GET /2/tweets/{id}/retweets.
 * Request: {"id", "max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_posts_reposts(const char *request)
{
    return twitter_call("get_posts_reposts", request, NULL);
}

/**
 * Get the Ingest Region: GET /2/region.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_region(const char *request)
{
    return twitter_call("get_region", request, NULL);
}

/**
 * Get Stream Rule Counts: GET /2/tweets/search/stream/rules/counts.
 * Request: {"rules_count.fields"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_rule_counts(const char *request)
{
    return twitter_call("get_rule_counts", request, NULL);
}

/**
 * Get Stream Rules: GET /2/tweets/search/stream/rules.
 * Request: {"ids"?:[…], "max_results"?, "pagination_token"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_rules(const char *request)
{
    return twitter_call("get_rules", request, NULL);
}

/**
 * Get a Scheduled Broadcast: GET /2/broadcasts/scheduled/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_scheduled_broadcast(const char *request)
{
    return twitter_call("get_scheduled_broadcast", request, NULL);
}

/**
 * Get a Scheduled Call: GET /2/calls/scheduled/{id}.
 * Request: {"id", "scheduled_call.fields"?:[…], "expansions"?:[…], "call.fields"?:[…],
 * "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_scheduled_call(const char *request)
{
    return twitter_call("get_scheduled_call", request, NULL);
}

/**
 * Get a Stream Source: GET /2/sources/{id}.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_source(const char *request)
{
    return twitter_call("get_source", request, NULL);
}

/**
 * Get Space Ticket Buyers: GET /2/spaces/{id}/buyers.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_spaces_buyers(const char *request)
{
    return twitter_call("get_spaces_buyers", request, NULL);
}

/**
 * Get Spaces by Creator IDs: GET /2/spaces/by/creator_ids.
 * Request: {"user_ids":[…], "space.fields"?:[…], "expansions"?:[…], "user.fields"?:[…],
 * "topic.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read) or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_spaces_by_creator_ids(const char *request)
{
    return twitter_call("get_spaces_by_creator_ids", request, NULL);
}

/**
 * Get Space by ID: GET /2/spaces/{id}.
 * Request: {"id", "space.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "topic.fields"?:[…],
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read) or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_spaces_by_id(const char *request)
{
    return twitter_call("get_spaces_by_id", request, NULL);
}

/**
 * Get Spaces by IDs: GET /2/spaces.
 * Request: {"ids":[…], "space.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "topic.fields"?:[…],
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read) or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_spaces_by_ids(const char *request)
{
    return twitter_call("get_spaces_by_ids", request, NULL);
}

/**
 * Get Space Posts: GET /2/spaces/{id}/tweets.
 * Request: {"id", "max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read) or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_spaces_posts(const char *request)
{
    return twitter_call("get_spaces_posts", request, NULL);
}

/**
 * Get Trends by WOEID: GET /2/trends/by/woeid/{woeid}.
 * Request: {"woeid", "max_trends"?, "trend.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_trends_by_woeid(const char *request)
{
    return twitter_call("get_trends_by_woeid", request, NULL);
}

/**
 * Get Personalized Trends: GET /2/users/personalized_trends.
 * Request: {"personalized_trend.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_trends_personalized_trends(const char *request)
{
    return twitter_call("get_trends_personalized_trends", request, NULL);
}

/**
 * Get Usage: GET /2/usage/tweets.
 * Request: {"days"?, "usage.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_usage(const char *request)
{
    return twitter_call("get_usage", request, NULL);
}

/**
 * Get Usage Credits: GET /2/usage/credits.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_usage_credits(const char *request)
{
    return twitter_call("get_usage_credits", request, NULL);
}

/**
 * Get a User's Broadcast: GET /2/users/{id}/broadcasts/{broadcast_id}.
 * Request: {"broadcast_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_user_broadcast(const char *request)
{
    return twitter_call("get_user_broadcast", request, NULL);
}

/**
 * Get a User's Stream Source: GET /2/users/{id}/sources/{source_id}.
 * Request: {"source_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_user_source(const char *request)
{
    return twitter_call("get_user_source", request, NULL);
}

/**
 * Get Affiliates: GET /2/users/{id}/affiliates.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_affiliates(const char *request)
{
    return twitter_call("get_users_affiliates", request, NULL);
}

/**
 * Get Blocked Users: GET /2/users/{id}/blocking.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (block.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_blocking(const char *request)
{
    return twitter_call("get_users_blocking", request, NULL);
}

/**
 * Get Bookmark Folders: GET /2/users/{id}/bookmarks/folders.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_bookmark_folders(const char *request)
{
    return twitter_call("get_users_bookmark_folders", request, NULL);
}

/**
 * Get Bookmarks: GET /2/users/{id}/bookmarks.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_bookmarks(const char *request)
{
    return twitter_call("get_users_bookmarks", request, NULL);
}

/**
 * Get Bookmarks by Folder ID: GET /2/users/{id}/bookmarks/folders/{folder_id}.
 * Request: {"folder_id", "id"?, "max_results"?, "pagination_token"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (bookmark.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_bookmarks_by_folder_id(const char *request)
{
    return twitter_call("get_users_bookmarks_by_folder_id", request, NULL);
}

/**
 * Get User by ID: GET /2/users/{id}.
 * Request: {"id", "user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_by_id(const char *request)
{
    return twitter_call("get_users_by_id", request, NULL);
}

/**
 * Get Users by IDs: GET /2/users.
 * Request: {"ids":[…], "user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_by_ids(const char *request)
{
    return twitter_call("get_users_by_ids", request, NULL);
}

/**
 * Get User by Username: GET /2/users/by/username/{username}.
 * Request: {"username", "user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_by_username(const char *request)
{
    return twitter_call("get_users_by_username", request, NULL);
}

/**
 * Get Users by Usernames: GET /2/users/by.
 * Request: {"usernames":[…], "user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_by_usernames(const char *request)
{
    return twitter_call("get_users_by_usernames", request, NULL);
}

/**
 * Get Followed Lists: GET /2/users/{id}/followed_lists.
 * Request: {"id", "max_results"?, "pagination_token"?, "list.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_followed_lists(const char *request)
{
    return twitter_call("get_users_followed_lists", request, NULL);
}

/**
 * Get Followers: GET /2/users/{id}/followers.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.read, tweet.read, users.read) or OAuth 1.0a or the application's own
 * token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_followers(const char *request)
{
    return twitter_call("get_users_followers", request, NULL);
}

/**
 * Get Following: GET /2/users/{id}/following.
 * Request: {"id", "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.read, tweet.read, users.read) or OAuth 1.0a or the application's own
 * token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_following(const char *request)
{
    return twitter_call("get_users_following", request, NULL);
}

/**
 * Get Liked Posts: GET /2/users/{id}/liked_tweets.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (like.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_liked_posts(const char *request)
{
    return twitter_call("get_users_liked_posts", request, NULL);
}

/**
 * Get List Memberships: GET /2/users/{id}/list_memberships.
 * Request: {"id", "max_results"?, "pagination_token"?, "list.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_list_memberships(const char *request)
{
    return twitter_call("get_users_list_memberships", request, NULL);
}

/**
 * Get My User: GET /2/users/me.
 * Request: {"user.fields"?:[…], "expansions"?:[…], "post.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_me(const char *request)
{
    return twitter_call("get_users_me", request, NULL);
}

/**
 * Get the Authenticated User's Followers: GET /2/users/me/followers.
 * Request: {"max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_me_followers(const char *request)
{
    return twitter_call("get_users_me_followers", request, NULL);
}

/**
 * Get the Users the Authenticated User Follows: GET /2/users/me/following.
 * Request: {"max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_me_following(const char *request)
{
    return twitter_call("get_users_me_following", request, NULL);
}

/**
 * Get Mentions: GET /2/users/{id}/mentions.
 * Request: {"id", "max_results"?, "pagination_token"?, "start_time"?, "end_time"?, "since_id"?,
 * "until_id"?, "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "media.fields"?:[…],
 * "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_mentions(const char *request)
{
    return twitter_call("get_users_mentions", request, NULL);
}

/**
 * Get Muting: GET /2/users/{id}/muting.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (mute.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_muting(const char *request)
{
    return twitter_call("get_users_muting", request, NULL);
}

/**
 * Get Owned Lists: GET /2/users/{id}/owned_lists.
 * Request: {"id", "max_results"?, "pagination_token"?, "list.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_owned_lists(const char *request)
{
    return twitter_call("get_users_owned_lists", request, NULL);
}

/**
 * Get Pinned Lists: GET /2/users/{id}/pinned_lists.
 * Request: {"id"?, "list.fields"?:[…], "expansions"?:[…], "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_pinned_lists(const char *request)
{
    return twitter_call("get_users_pinned_lists", request, NULL);
}

/**
 * Get Posts: GET /2/users/{id}/tweets.
 * Request: {"id", "max_results"?, "pagination_token"?, "start_time"?, "end_time"?, "since_id"?,
 * "until_id"?, "exclude"?:[…], "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…],
 * "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_posts(const char *request)
{
    return twitter_call("get_users_posts", request, NULL);
}

/**
 * Get User Public Keys: GET /2/users/{id}/public_keys.
 * Request: {"id"?, "public_key.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_public_key(const char *request)
{
    return twitter_call("get_users_public_key", request, NULL);
}

/**
 * Get Public Keys for Multiple Users: GET /2/users/public_keys.
 * Request: {"ids":[…], "public_key.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_public_keys(const char *request)
{
    return twitter_call("get_users_public_keys", request, NULL);
}

/**
 * Get Reposts of Me: GET /2/users/reposts_of_me.
 * Request: {"max_results"?, "pagination_token"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (timeline.read, tweet.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_reposts_of_me(const char *request)
{
    return twitter_call("get_users_reposts_of_me", request, NULL);
}

/**
 * Get Timeline: GET /2/users/{id}/timelines/reverse_chronological.
 * Request: {"id"?, "max_results"?, "pagination_token"?, "start_time"?, "end_time"?, "since_id"?,
 * "until_id"?, "exclude"?:[…], "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…],
 * "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_users_timeline(const char *request)
{
    return twitter_call("get_users_timeline", request, NULL);
}

/**
 * Get Webhook: GET /2/webhooks.
 * Request: {"webhook_config.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_webhooks(const char *request)
{
    return twitter_call("get_webhooks", request, NULL);
}

/**
 * Get Stream Links: GET /2/tweets/search/webhooks.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_get_webhooks_stream_links(const char *request)
{
    return twitter_call("get_webhooks_stream_links", request, NULL);
}

/**
 * Go Live on a Scheduled Broadcast: POST /2/broadcasts/scheduled/{id}/live.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_go_live_scheduled_broadcast(const char *request)
{
    return twitter_call("go_live_scheduled_broadcast", request, NULL);
}

/**
 * Hide Reply: PUT /2/tweets/{tweet_id}/hidden.
 * Request: {"tweet_id", "hidden", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.moderate.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_hide_posts_reply(const char *request)
{
    return twitter_call("hide_posts_reply", request, NULL);
}

/**
 * Initialize Chat Group: POST /2/chat/conversations/group/initialize.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_initialize_chat_group(const char *request)
{
    return twitter_call("initialize_chat_group", request, NULL);
}

/**
 * Initialize Media Upload: POST /2/media/upload/initialize.
 * Request: {"additional_owners"?:[…], "media_category"?, "media_type"?, "shared"?, "total_bytes"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_initialize_media_upload(const char *request)
{
    return twitter_call("initialize_media_upload", request, NULL);
}

/**
 * Join a Call: POST /2/calls/{id}/join.
 * Request: {"id", "media"?:{…}, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.join).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_join_call(const char *request)
{
    return twitter_call("join_call", request, NULL);
}

/**
 * Leave a Call: POST /2/calls/{id}/leave.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.join).
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_leave_call(const char *request)
{
    return twitter_call("leave_call", request, NULL);
}

/**
 * Like Post: POST /2/users/{id}/likes.
 * Request: {"tweet_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (like.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_like_post(const char *request)
{
    return twitter_call("like_post", request, NULL);
}

/**
 * List Broadcasts: GET /2/broadcasts.
 * Request: {"ids"?:[…], "max_results"?, "pagination_token"?, "broadcast.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_broadcasts(const char *request)
{
    return twitter_call("list_broadcasts", request, NULL);
}

/**
 * List Scheduled Broadcasts: GET /2/broadcasts/scheduled.
 * Request: {"max_results"?, "oldest_start_time"?, "newest_start_time"?, "pagination_token"?,
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_scheduled_broadcasts(const char *request)
{
    return twitter_call("list_scheduled_broadcasts", request, NULL);
}

/**
 * List Scheduled Calls: GET /2/calls/scheduled.
 * Request: {"start_time"?, "end_time"?, "max_results"?, "scheduled_call.fields"?:[…],
 * "expansions"?:[…], "call.fields"?:[…], "user.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_scheduled_calls(const char *request)
{
    return twitter_call("list_scheduled_calls", request, NULL);
}

/**
 * List Stream Sources: GET /2/sources.
 * Request: {"more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_sources(const char *request)
{
    return twitter_call("list_sources", request, NULL);
}

/**
 * List a User's Broadcasts: GET /2/users/{id}/broadcasts.
 * Request: {"id"?, "pagination_token"?, "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_user_broadcasts(const char *request)
{
    return twitter_call("list_user_broadcasts", request, NULL);
}

/**
 * List a User's Stream Sources: GET /2/users/{id}/sources.
 * Request: {"id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_list_user_sources(const char *request)
{
    return twitter_call("list_user_sources", request, NULL);
}

/**
 * Mark Conversation as Read: POST /2/chat/conversations/{id}/read.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mark_chat_conversation_read(const char *request)
{
    return twitter_call("mark_chat_conversation_read", request, NULL);
}

/**
 * Mark Conversation as Unread: POST /2/chat/conversations/{id}/unread.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mark_chat_conversation_unread(const char *request)
{
    return twitter_call("mark_chat_conversation_unread", request, NULL);
}

/**
 * Upload Media: POST /2/media/upload.
 * Request: {"media", "media_category", "additional_owners"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (media.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_media_upload(const char *request)
{
    return twitter_call("media_upload", request, NULL);
}

/**
 * Mute or Time Out a User in a Broadcast Chat: POST /2/broadcasts/{id}/chat/mutes.
 * Request: {"id", "user_id", "end_at_ms"?, "message_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mute_broadcast_chat_user(const char *request)
{
    return twitter_call("mute_broadcast_chat_user", request, NULL);
}

/**
 * Mute a Chat Conversation: POST /2/chat/conversations/{id}/mute.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mute_chat_conversation(const char *request)
{
    return twitter_call("mute_chat_conversation", request, NULL);
}

/**
 * Mute or Time Out a User in Chat: POST /2/broadcasts/chat/mutes.
 * Request: {"user_id", "broadcast_id"?, "end_at_ms"?, "message_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mute_chat_user(const char *request)
{
    return twitter_call("mute_chat_user", request, NULL);
}

/**
 * Mute User: POST /2/users/{id}/muting.
 * Request: {"target_user_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (mute.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_mute_user(const char *request)
{
    return twitter_call("mute_user", request, NULL);
}

/**
 * Pin List: POST /2/users/{id}/pinned_lists.
 * Request: {"list_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_pin_list(const char *request)
{
    return twitter_call("pin_list", request, NULL);
}

/**
 * Reject an Admin Request in a Chat Group Conversation: POST
 * /2/chat/conversations/{id}/admin_requests/{user_id}/reject.
 * Request: {"id", "user_id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_reject_chat_group_admin_request(const char *request)
{
    return twitter_call("reject_chat_group_admin_request", request, NULL);
}

/**
 * Reject Join Requests for a Chat Group Conversation: POST
 * /2/chat/conversations/{id}/join_requests/reject.
 * Request: {"id", "user_ids":[…], "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_reject_chat_group_join_requests(const char *request)
{
    return twitter_call("reject_chat_group_join_requests", request, NULL);
}

/**
 * Remove Admins from a Chat Group Conversation: POST /2/chat/conversations/{id}/admins/remove.
 * Request: {"id", "user_ids":[…], "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_remove_chat_group_admins(const char *request)
{
    return twitter_call("remove_chat_group_admins", request, NULL);
}

/**
 * Remove Members from a Chat Group Conversation: POST /2/chat/conversations/{id}/members/remove.
 * Request: {"id", "user_ids":[…], "action_signatures"?:[…], "group_key_rotation_data"?:{…},
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_remove_chat_group_members(const char *request)
{
    return twitter_call("remove_chat_group_members", request, NULL);
}

/**
 * Remove a Chat Moderator: DELETE /2/broadcasts/chat/moderators/{user_id}.
 * Request: {"user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_remove_chat_moderator(const char *request)
{
    return twitter_call("remove_chat_moderator", request, NULL);
}

/**
 * Remove List Member: DELETE /2/lists/{id}/members/{user_id}.
 * Request: {"id", "user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_remove_lists_member_by_user_id(const char *request)
{
    return twitter_call("remove_lists_member_by_user_id", request, NULL);
}

/**
 * Repost Post: POST /2/users/{id}/retweets.
 * Request: {"tweet_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, tweet.write, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_repost_post(const char *request)
{
    return twitter_call("repost_post", request, NULL);
}

/**
 * Respond to a Scheduled Call: POST /2/calls/scheduled/{id}/rsvp.
 * Request: {"id", "response", "occurrence_start_time"?, "scope"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_respond_to_scheduled_call(const char *request)
{
    return twitter_call("respond_to_scheduled_call", request, NULL);
}

/**
 * Revoke Bot Token: DELETE /2/bots/{id}/token.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_revoke_bot_token(const char *request)
{
    return twitter_call("revoke_bot_token", request, NULL);
}

/**
 * Rotate Bot Token: POST /2/bots/{id}/token.
 * Request: {"id", "scopes"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_rotate_bot_token(const char *request)
{
    return twitter_call("rotate_bot_token", request, NULL);
}

/**
 * Schedule a Call: POST /2/calls/scheduled.
 * Request: {"start_time", "description"?, "duration_minutes"?, "invitee_ids"?:[…], "notify_invitees"?,
 * "recurrence"?, "time_zone"?, "title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_schedule_call(const char *request)
{
    return twitter_call("schedule_call", request, NULL);
}

/**
 * Search Communities: GET /2/communities/search.
 * Request: {"query", "max_results"?, "next_token"?, "pagination_token"?, "community.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_communities(const char *request)
{
    return twitter_call("search_communities", request, NULL);
}

/**
 * Search for Community Notes Written: GET /2/notes/search/notes_written.
 * Request: {"test_mode", "max_results"?, "pagination_token"?, "note.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_community_notes_written(const char *request)
{
    return twitter_call("search_community_notes_written", request, NULL);
}

/**
 * Search for Posts Eligible for Community Notes: GET /2/notes/search/posts_eligible_for_notes.
 * Request: {"test_mode", "max_results"?, "pagination_token"?, "post_selection"?, "post.fields"?:[…],
 * "expansions"?:[…], "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…],
 * "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_eligible_posts(const char *request)
{
    return twitter_call("search_eligible_posts", request, NULL);
}

/**
 * Search News: GET /2/news/search.
 * Request: {"query", "max_results"?, "max_age_hours"?, "news.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_news(const char *request)
{
    return twitter_call("search_news", request, NULL);
}

/**
 * Search All Posts: GET /2/tweets/search/all.
 * Request: {"query", "start_time"?, "end_time"?, "since_id"?, "until_id"?, "max_results"?,
 * "next_token"?, "pagination_token"?, "sort_order"?, "post.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_posts_all(const char *request)
{
    return twitter_call("search_posts_all", request, NULL);
}

/**
 * Search Recent Posts: GET /2/tweets/search/recent.
 * Request: {"query", "max_results"?, "next_token"?, "pagination_token"?, "start_time"?, "end_time"?,
 * "since_id"?, "until_id"?, "sort_order"?, "post.fields"?:[…], "expansions"?:[…], "user.fields"?:[…],
 * "media.fields"?:[…], "poll.fields"?:[…], "place.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_posts_recent(const char *request)
{
    return twitter_call("search_posts_recent", request, NULL);
}

/**
 * Search Spaces: GET /2/spaces/search.
 * Request: {"query", "state"?, "max_results"?, "space.fields"?:[…], "expansions"?:[…],
 * "user.fields"?:[…], "topic.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (space.read, tweet.read, users.read) or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_spaces(const char *request)
{
    return twitter_call("search_spaces", request, NULL);
}

/**
 * Search Users: GET /2/users/search.
 * Request: {"query", "max_results"?, "next_token"?, "user.fields"?:[…], "expansions"?:[…],
 * "post.fields"?:[…], "max_pages"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_search_users(const char *request)
{
    return twitter_call("search_users", request, NULL);
}

/**
 * Send a Chat Message to a Live Broadcast: POST /2/broadcasts/{id}/chat.
 * Request: {"id", "text", "reply_to"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_send_broadcast_chat(const char *request)
{
    return twitter_call("send_broadcast_chat", request, NULL);
}

/**
 * Send Chat Message: POST /2/chat/conversations/{id}/messages.
 * Request: {"id", "encoded_message_create_event", "message_id", "conversation_token"?,
 * "encoded_message_event_signature"?, "xdk_version"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_send_chat_message(const char *request)
{
    return twitter_call("send_chat_message", request, NULL);
}

/**
 * Send Typing Indicator: POST /2/chat/conversations/{id}/typing.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_send_chat_typing_indicator(const char *request)
{
    return twitter_call("send_chat_typing_indicator", request, NULL);
}

/**
 * Unarchive a Chat Conversation: DELETE /2/chat/conversations/{id}/archive.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unarchive_chat_conversation(const char *request)
{
    return twitter_call("unarchive_chat_conversation", request, NULL);
}

/**
 * Unblock DMs: POST /2/users/{id}/dm/unblock.
 * Request: {"id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unblock_users_dms(const char *request)
{
    return twitter_call("unblock_users_dms", request, NULL);
}

/**
 * Unfollow List: DELETE /2/users/{id}/followed_lists/{list_id}.
 * Request: {"list_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unfollow_list(const char *request)
{
    return twitter_call("unfollow_list", request, NULL);
}

/**
 * Unfollow User: DELETE /2/users/{source_user_id}/following/{target_user_id}.
 * Request: {"source_user_id", "target_user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (follows.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unfollow_user(const char *request)
{
    return twitter_call("unfollow_user", request, NULL);
}

/**
 * Unlike Post: DELETE /2/users/{id}/likes/{tweet_id}.
 * Request: {"tweet_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (like.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unlike_post(const char *request)
{
    return twitter_call("unlike_post", request, NULL);
}

/**
 * Unmute a User in a Broadcast Chat: DELETE /2/broadcasts/{id}/chat/mutes/{user_id}.
 * Request: {"id", "user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unmute_broadcast_chat_user(const char *request)
{
    return twitter_call("unmute_broadcast_chat_user", request, NULL);
}

/**
 * Unmute a Chat Conversation: DELETE /2/chat/conversations/{id}/mute.
 * Request: {"id", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unmute_chat_conversation(const char *request)
{
    return twitter_call("unmute_chat_conversation", request, NULL);
}

/**
 * Unmute a User in Chat: DELETE /2/broadcasts/chat/mutes/{user_id}.
 * Request: {"user_id", "broadcast_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unmute_chat_user(const char *request)
{
    return twitter_call("unmute_chat_user", request, NULL);
}

/**
 * Unmute User: DELETE /2/users/{source_user_id}/muting/{target_user_id}.
 * Request: {"source_user_id", "target_user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (mute.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unmute_user(const char *request)
{
    return twitter_call("unmute_user", request, NULL);
}

/**
 * Unpin List: DELETE /2/users/{id}/pinned_lists/{list_id}.
 * Request: {"list_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unpin_list(const char *request)
{
    return twitter_call("unpin_list", request, NULL);
}

/**
 * Unrepost Post: DELETE /2/users/{id}/retweets/{source_tweet_id}.
 * Request: {"source_tweet_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (tweet.read, tweet.write, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_unrepost_post(const char *request)
{
    return twitter_call("unrepost_post", request, NULL);
}

/**
 * Update X Activity Subscription: PUT /2/activity/subscriptions/{subscription_id}.
 * Request: {"subscription_id", "tag"?, "webhook_id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_activity_subscription(const char *request)
{
    return twitter_call("update_activity_subscription", request, NULL);
}

/**
 * Update Bot: PUT /2/bots/{id}.
 * Request: {"id", "display_name"?, "dm_permission"?, "handle"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_bot(const char *request)
{
    return twitter_call("update_bot", request, NULL);
}

/**
 * End a Broadcast: PUT /2/broadcasts/{id}/state.
 * Request: {"id", "state", "chat_option"?, "locale"?, "should_not_tweet"?, "title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_broadcast_state(const char *request)
{
    return twitter_call("update_broadcast_state", request, NULL);
}

/**
 * Turn On Disappearing Messages in a Chat Conversation: PUT /2/chat/conversations/{id}/message_ttl.
 * Request: {"id", "message_ttl_ms", "action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_chat_conversation_message_ttl(const char *request)
{
    return twitter_call("update_chat_conversation_message_ttl", request, NULL);
}

/**
 * Update Screen Capture Settings for a Chat Conversation: PUT
 * /2/chat/conversations/{id}/screen_capture.
 * Request: {"id", "blocking" or "detection", "blocking_action_signatures"?:[…],
 * "detection_action_signatures"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_chat_conversation_screen_capture(const char *request)
{
    return twitter_call("update_chat_conversation_screen_capture", request, NULL);
}

/**
 * Update a Chat Group Conversation: PUT /2/chat/conversations/{id}.
 * Request: {"id", "conversation_key_version", "modified_fields":[…], "action_signatures"?:[…],
 * "base64_encoded_key_rotation"?, "conversation_participant_keys"?:[…], "group_avatar_url"?,
 * "group_description"?, "group_name"?, "rotated_pmk_bundle"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_chat_group(const char *request)
{
    return twitter_call("update_chat_group", request, NULL);
}

/**
 * Update the Admin-Only Settings of a Chat Group Conversation: PUT
 * /2/chat/conversations/{id}/admin_settings.
 * Request: {"id", "action_signatures"?:[…], "add_member"?, "block_screen_capture"?, "edit_group_info"?,
 * "edit_message_ttl"?, "send_message"?, "start_call"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_chat_group_admin_settings(const char *request)
{
    return twitter_call("update_chat_group_admin_settings", request, NULL);
}

/**
 * Update Chat Settings: PUT /2/chat/settings.
 * Request: {"allow_dms_from"?, "always_allow_dms_from_subscribers"?, "av_settings"?:{…},
 * "dm_quality_filter"?, "dm_receipt_settings"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_chat_settings(const char *request)
{
    return twitter_call("update_chat_settings", request, NULL);
}

/**
 * Update List: PUT /2/lists/{id}.
 * Request: {"id", "description"?, "name"?, "private"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (list.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_lists(const char *request)
{
    return twitter_call("update_lists", request, NULL);
}

/**
 * Update Stream Rules: POST /2/tweets/search/stream/rules.
 * Request: {"dry_run"?, "delete_all"?, "add"?:[…], "delete"?:{…}, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_rules(const char *request)
{
    return twitter_call("update_rules", request, NULL);
}

/**
 * Update a Scheduled Broadcast: PUT /2/broadcasts/scheduled/{id}.
 * Request: {"id", "scheduled_broadcast_id", "scheduled_end_ms", "scheduled_start_ms",
 * "available_for_replay"?, "chat_option"?, "description"?, "is_locked"?, "locale"?, "manual_publish"?,
 * "roll_forward"?, "source_id"?, "thumbnail_media_id"?, "title"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_scheduled_broadcast(const char *request)
{
    return twitter_call("update_scheduled_broadcast", request, NULL);
}

/**
 * Update a Scheduled Call: PUT /2/calls/scheduled/{id}.
 * Request: {"id", "description"?, "duration_minutes"?, "invitee_ids"?:[…], "notify_invitees"?,
 * "occurrence_start_time"?, "recurrence"?, "scope"?, "start_time"?, "time_zone"?, "title"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (calls.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_scheduled_call(const char *request)
{
    return twitter_call("update_scheduled_call", request, NULL);
}

/**
 * Rename a Stream Source: PUT /2/sources/{id}.
 * Request: {"id", "name", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_source(const char *request)
{
    return twitter_call("update_source", request, NULL);
}

/**
 * Publish or End a User's Broadcast: PUT /2/users/{id}/broadcasts/{broadcast_id}/state.
 * Request: {"broadcast_id", "state", "id"?, "chat_option"?, "locale"?, "should_not_tweet"?, "title"?,
 * "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_user_broadcast_state(const char *request)
{
    return twitter_call("update_user_broadcast_state", request, NULL);
}

/**
 * Rename a User's Stream Source: PUT /2/users/{id}/sources/{source_id}.
 * Request: {"source_id", "name", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (broadcast.read, broadcast.write) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_update_user_source(const char *request)
{
    return twitter_call("update_user_source", request, NULL);
}

/**
 * Upload Compliance Job Submission: PUT /2/compliance/jobs/{id}/upload.
 * Request: {"id", "token", "file", "compliance_job.fields"?:[…], "more"?:{…}}.
 * Result: X's JSON.
 * Signed by the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_upload_compliance_job_submission(const char *request)
{
    return twitter_call("upload_compliance_job_submission", request, NULL);
}

/**
 * Block User: POST /2/users/{id}/blocking.
 * Request: {"target_user_id", "id"?, "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (block.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_users_id_block(const char *request)
{
    return twitter_call("users_id_block", request, NULL);
}

/**
 * Unblock User: DELETE /2/users/{source_user_id}/blocking/{target_user_id}.
 * Request: {"source_user_id", "target_user_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (block.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_users_id_unblock(const char *request)
{
    return twitter_call("users_id_unblock", request, NULL);
}

/**
 * Validate Subscription: GET /2/account_activity/webhooks/{webhook_id}/subscriptions/all.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 (dm.read, dm.write, tweet.read, users.read) or OAuth 1.0a.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_validate_account_activity_subscription(const char *request)
{
    return twitter_call("validate_account_activity_subscription", request, NULL);
}

/**
 * Validate Webhook: PUT /2/webhooks/{webhook_id}.
 * Request: {"webhook_id", "more"?:{…}}.
 * Result: X's JSON.
 * Signed by OAuth 2.0 or OAuth 1.0a or the application's own token.
 */
TWITTER_MUST_USE TWITTER_INLINE char *twitter_validate_webhooks(const char *request)
{
    return twitter_call("validate_webhooks", request, NULL);
}

#endif /* TWITTER_OPERATIONS_H */
