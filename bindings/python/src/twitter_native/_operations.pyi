# Made by generate.py from the library's `describe`: change neither by hand.
"""X's operations as methods of a client."""

from abc import ABCMeta
from typing import Any, Literal, Mapping, Optional, Sequence, Union

from ._functions import Functions
from ._results import Result
from ._types import Cancel, File, Id, ParametersLike, Progress

class Operations(Functions, metaclass=ABCMeta):
    def accept_chat_message_request(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Accept a Chat Message Request: POST /2/chat/message_requests/{id}/accept."""

    def add_chat_group_admins(
        self, *, id: Id, user_ids: Union[Id, Sequence[Id]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add Admins to a Chat Group Conversation: POST /2/chat/conversations/{id}/admins."""

    def add_chat_group_members(
        self, *, id: Id, user_ids: Union[Id, Sequence[Id]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        conversation_key_version: Optional[str] = ...,
        conversation_participant_keys: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        encrypted_avatar_url: Optional[str] = ..., encrypted_title: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add Members to a Chat Group Conversation: POST /2/chat/conversations/{id}/members."""

    def add_chat_moderator(
        self, *, user_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add a Chat Moderator: POST /2/broadcasts/chat/moderators."""

    def add_conversation_keys(
        self, *, id: Id, conversation_key_version: str,
        conversation_participant_keys: Union[Mapping[str, Any], Sequence[Mapping[str, Any]]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        base64_encoded_key_rotation: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add Conversation Keys: POST /2/chat/conversations/{id}/keys."""

    def add_lists_member(
        self, *, id: Id, user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add List Member: POST /2/lists/{id}/members."""

    def add_user_public_key(
        self, *, public_key: Mapping[str, Any], id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Add Public Key: POST /2/users/{id}/public_keys."""

    def append_media_upload(
        self, *, id: Id, media: str, segment_index: int, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Append Media Upload: POST /2/media/upload/{id}/append."""

    def approve_chat_group_admin_request(
        self, *, id: Id, user_id: Id,
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Approve an Admin Request in a Chat Group Conversation: POST
        /2/chat/conversations/{id}/admin_requests/{user_id}/approve."""

    def archive_chat_conversation(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Archive a Chat Conversation: POST /2/chat/conversations/{id}/archive."""

    def article_create_draft(
        self, *, content_state: Mapping[str, Any], title: str, cover_media: Optional[Mapping[str, Any]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Draft Article: POST /2/articles/draft."""

    def article_publish(
        self, *, article_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Publish Article: POST /2/articles/{article_id}/publish."""

    def block_users_dms(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Block DMs: POST /2/users/{id}/dm/block."""

    def cancel_scheduled_call(
        self, *, id: Id, scope: Optional[Literal["all", "this", "this_and_following"]] = ...,
        occurrence_start_time: Optional[str] = ..., notify_invitees: Optional[bool] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Cancel a Scheduled Call: DELETE /2/calls/scheduled/{id}."""

    def chat_media_download(
        self, *, id: Id, media_hash_key: str, save_to: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Download Chat Media: GET /2/chat/media/{id}/{media_hash_key}."""

    def chat_media_upload_append(
        self, *, id: Id, conversation_id: Id, media: str, media_hash_key: str, segment_index: int,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Append Chat Media Upload: POST /2/chat/media/upload/{id}/append."""

    def chat_media_upload_finalize(
        self, *, id: Id, conversation_id: Id, media_hash_key: str, num_parts: str, message_id: Optional[Id] = ...,
        ttl_msec: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Finalize Chat Media Upload: POST /2/chat/media/upload/{id}/finalize."""

    def chat_media_upload_initialize(
        self, *, conversation_id: Id, total_bytes: int, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Initialize Chat Media Upload: POST /2/chat/media/upload/initialize."""

    def create_account_activity_subscription(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Subscription: POST /2/account_activity/webhooks/{webhook_id}/subscriptions/all."""

    def create_activity_subscription(
        self, *,
        event_type: Literal["profile.update.bio", "profile.update.profile_picture", "profile.update.banner_picture", "profile.update.screenname", "profile.update.geo", "profile.update.url", "profile.update.verified_badge", "profile.update.affiliate_badge", "profile.update.handle", "news.new", "follow.follow", "follow.unfollow", "subscriptions.subscribe", "subscriptions.unsubscribe", "spaces.start", "spaces.end", "broadcast.start", "broadcast.end", "broadcast.chat", "broadcast.chat.remove", "chat.received", "chat.sent", "chat.conversation.join", "chat.conversation_join", "chat.conversation.member_added", "chat.conversation.member_removed", "chat.conversation.admin_added", "chat.conversation.admin_removed", "chat.update.group_name", "chat.update.restrictions", "dm.sent", "dm.received", "dm.indicate_typing", "dm.read", "post.create", "post.delete", "post.mention.create", "post.reply.create", "post.quote.create", "post.repost.create", "like.create", "mute.mute", "mute.unmute", "block.block", "block.unblock"],
        filter: Mapping[str, Any], expires_at: Optional[str] = ..., tag: Optional[str] = ...,
        webhook_id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create X Activity Subscription: POST /2/activity/subscriptions."""

    def create_bot(
        self, *, handle: str, display_name: Optional[str] = ..., scopes: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Bot: POST /2/bots."""

    def create_call(
        self, *, audio_only: Optional[bool] = ..., conversation_id: Optional[Id] = ...,
        join_policy: Optional[Literal["open", "closed", "trusted"]] = ..., title: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Call: POST /2/calls."""

    def create_chat_conversation(
        self, *, conversation_id: Id, conversation_key_version: str,
        conversation_participant_keys: Union[Mapping[str, Any], Sequence[Mapping[str, Any]]],
        group_members: Union[str, Sequence[str]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        base64_encoded_key_rotation: Optional[str] = ..., group_admins: Optional[Union[str, Sequence[str]]] = ...,
        group_avatar_url: Optional[str] = ..., group_description: Optional[str] = ...,
        group_name: Optional[str] = ..., ttl_msec: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Chat Group Conversation: POST /2/chat/conversations/group."""

    def create_chat_group_admin_request(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Request Admin Permissions in a Chat Group Conversation: POST /2/chat/conversations/{id}/admin_requests."""

    def create_chat_group_join_request(
        self, *, id: Id, token: str,
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Request to Join a Chat Group: POST /2/chat/conversations/{id}/join_requests."""

    def create_community_notes(
        self, *, info: Mapping[str, Any], post_id: Id, test_mode: bool, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Community Note: POST /2/notes."""

    def create_compliance_jobs(
        self, *, type: Literal["tweets", "users"], compliance_job_fields: Optional[Union[str, Sequence[str]]] = ...,
        name: Optional[str] = ..., resumable: Optional[bool] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Compliance Job: POST /2/compliance/jobs."""

    def create_direct_messages_by_conversation_id(
        self, *, dm_conversation_id: Id,
        attachments: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ..., text: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create DM Message by Conversation ID: POST /2/dm_conversations/{dm_conversation_id}/messages."""

    def create_direct_messages_by_participant_id(
        self, *, participant_id: Id,
        attachments: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ..., text: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create DM Message by Participant ID: POST /2/dm_conversations/with/{participant_id}/messages."""

    def create_direct_messages_conversation(
        self, *, conversation_type: Literal["Group"], message: Mapping[str, Any],
        participant_ids: Union[Id, Sequence[Id]], more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create DM Conversation: POST /2/dm_conversations."""

    def create_lists(
        self, *, name: str, description: Optional[str] = ..., private: Optional[bool] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create List: POST /2/lists."""

    def create_media_metadata(
        self, *, id: Id, metadata: Mapping[str, Any], more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Media Metadata: POST /2/media/metadata."""

    def create_media_subtitles(
        self, *, id: Id, media_category: Literal["AmplifyVideo", "TweetVideo"], subtitles: Mapping[str, Any],
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Media Subtitles: POST /2/media/subtitles."""

    def create_posts(
        self, *, card_uri: Optional[str] = ..., community_id: Optional[Id] = ...,
        direct_message_deep_link: Optional[str] = ..., edit_options: Optional[Mapping[str, Any]] = ...,
        for_super_followers_only: Optional[bool] = ..., geo: Optional[Mapping[str, Any]] = ...,
        made_with_ai: Optional[bool] = ..., media: Optional[Mapping[str, Any]] = ..., nullcast: Optional[bool] = ...,
        paid_partnership: Optional[bool] = ..., poll: Optional[Mapping[str, Any]] = ...,
        quote_tweet_id: Optional[Id] = ..., reply: Optional[Mapping[str, Any]] = ...,
        reply_settings: Optional[Literal["following", "mentionedUsers", "subscribers", "verified"]] = ...,
        share_with_followers: Optional[bool] = ..., text: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create or Edit Post: POST /2/tweets."""

    def create_scheduled_broadcast(
        self, *, scheduled_start_ms: str, source_id: Id, available_for_replay: Optional[bool] = ...,
        chat_option: Optional[str] = ..., description: Optional[str] = ..., is_locked: Optional[bool] = ...,
        locale: Optional[str] = ..., manual_publish: Optional[bool] = ...,
        recurrence: Optional[Mapping[str, Any]] = ..., scheduled_end_ms: Optional[str] = ...,
        telecast_id: Optional[Id] = ..., thumbnail_media_id: Optional[Id] = ..., title: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Scheduled Broadcast: POST /2/broadcasts/scheduled."""

    def create_source(
        self, *, name: str, region: str, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Stream Source: POST /2/sources."""

    def create_user_broadcast(
        self, *, source_id: Id, id: Optional[Id] = ..., is_low_latency: Optional[bool] = ...,
        region: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Broadcast on a User's Source: POST /2/users/{id}/broadcasts."""

    def create_user_source(
        self, *, name: str, id: Optional[Id] = ..., region: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create a Stream Source for a User: POST /2/users/{id}/sources."""

    def create_users_bookmark(
        self, *, id: Optional[Id] = ..., folder_id: Optional[Id] = ..., tweet_id: Optional[Id] = ...,
        tweet_ids: Optional[Union[Id, Sequence[Id]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Bookmark: POST /2/users/{id}/bookmarks."""

    def create_users_bookmark_folder(
        self, *, name: str, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Bookmark Folder: POST /2/users/{id}/bookmarks/folders."""

    def create_webhook_replay_job(
        self, *, from_date: str, to_date: str, webhook_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Replay Job for Webhook: POST /2/webhooks/replay."""

    def create_webhooks(
        self, *, url: str, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Webhook: POST /2/webhooks."""

    def create_webhooks_stream_link(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Create Stream Link: POST /2/tweets/search/webhooks/{webhook_id}."""

    def delete_account_activity_subscription(
        self, *, webhook_id: Id, user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Subscription: DELETE /2/account_activity/webhooks/{webhook_id}/subscriptions/{user_id}/all."""

    def delete_activity_subscription(
        self, *, subscription_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete X Activity Subscription: DELETE /2/activity/subscriptions/{subscription_id}."""

    def delete_activity_subscriptions_by_ids(
        self, *, ids: Union[Id, Sequence[Id]], more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete X Activity Subscriptions by IDs: DELETE /2/activity/subscriptions."""

    def delete_all_connections(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Terminate All Connections: DELETE /2/connections/all."""

    def delete_bot(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Bot: DELETE /2/bots/{id}."""

    def delete_broadcast(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a Broadcast: DELETE /2/broadcasts/{id}."""

    def delete_broadcast_chat_message(
        self, *, id: Id, message_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Remove a Chat Message from a Live Broadcast: DELETE /2/broadcasts/{id}/chat/{message_id}."""

    def delete_chat_conversation(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a Chat Conversation: DELETE /2/chat/conversations/{id}."""

    def delete_chat_conversation_message_ttl(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Turn Off Disappearing Messages in a Chat Conversation: DELETE /2/chat/conversations/{id}/message_ttl."""

    def delete_chat_messages(
        self, *, id: Id, action_signatures: Union[Mapping[str, Any], Sequence[Mapping[str, Any]]],
        delete_message_action: Literal["delete_for_all", "delete_for_self"], sequence_ids: Union[Id, Sequence[Id]],
        media_hash_keys: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Chat Messages: POST /2/chat/conversations/{id}/messages/delete."""

    def delete_community_notes(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a Community Note: DELETE /2/notes/{id}."""

    def delete_compliance_jobs_by_id(
        self, *, id: Id, compliance_job_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Cancel Compliance Job: DELETE /2/compliance/jobs/{id}."""

    def delete_connections_by_endpoint(
        self, *,
        endpoint_id: Literal["filtered_stream", "sample_stream", "sample10_stream", "firehose_stream", "tweets_compliance_stream", "users_compliance_stream", "tweet_label_stream", "firehose_stream_lang_en", "firehose_stream_lang_ja", "firehose_stream_lang_ko", "firehose_stream_lang_pt", "likes_firehose_stream", "likes_sample10_stream", "likes_compliance_stream"],
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Terminate Connections by Endpoint: DELETE /2/connections/{endpoint_id}."""

    def delete_connections_by_uuids(
        self, *, uuids: Union[str, Sequence[str]], more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Terminate Multiple Connections: DELETE /2/connections."""

    def delete_direct_messages_events(
        self, *, event_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete DM Event: DELETE /2/dm_events/{event_id}."""

    def delete_lists(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete List: DELETE /2/lists/{id}."""

    def delete_media_subtitles(
        self, *, id: Id, language_code: str, media_category: str, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Media Subtitles: DELETE /2/media/subtitles."""

    def delete_posts(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Post: DELETE /2/tweets/{id}."""

    def delete_scheduled_broadcast(
        self, *, id: Id, roll_forward: Optional[bool] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a Scheduled Broadcast: DELETE /2/broadcasts/scheduled/{id}."""

    def delete_source(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a Stream Source: DELETE /2/sources/{id}."""

    def delete_user_broadcast(
        self, *, broadcast_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a User's Broadcast: DELETE /2/users/{id}/broadcasts/{broadcast_id}."""

    def delete_user_source(
        self, *, source_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete a User's Stream Source: DELETE /2/users/{id}/sources/{source_id}."""

    def delete_users_bookmark(
        self, *, tweet_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Bookmark: DELETE /2/users/{id}/bookmarks/{tweet_id}."""

    def delete_webhooks(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Webhook: DELETE /2/webhooks/{webhook_id}."""

    def delete_webhooks_stream_link(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Delete Stream Link: DELETE /2/tweets/search/webhooks/{webhook_id}."""

    def disable_chat_group_invite(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Disable a Chat Group Invite Link: DELETE /2/chat/conversations/{id}/invite."""

    def dm_conversations_media_download(
        self, *, dm_id: Id, media_id: Id, resource_id: Id, save_to: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Download DM Media: GET /2/dm_conversations/media/{dm_id}/{media_id}/{resource_id}."""

    def download_compliance_job_results(
        self, *, id: Id, token: str, compliance_job_fields: Optional[Union[str, Sequence[str]]] = ...,
        save_to: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Download Compliance Job Results: GET /2/compliance/jobs/{id}/download."""

    def enable_chat_group_invite(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        affiliate_user_id: Optional[Id] = ..., decrypted_avatar_url: Optional[str] = ...,
        decrypted_title: Optional[str] = ..., invite_url: Optional[str] = ...,
        validity_duration_msec: Optional[str] = ..., validity_expiry_timestamp_msec: Optional[str] = ...,
        welcome_message: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Enable a Chat Group Invite Link: POST /2/chat/conversations/{id}/invite."""

    def ensure_account(
        self, *, metadata: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Ensure Developer Account: POST /2/account."""

    def evaluate_community_notes(
        self, *, note_text: str, post_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Evaluate a Community Note: POST /2/notes/evaluate."""

    def finalize_media_upload(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Finalize Media Upload: POST /2/media/upload/{id}/finalize."""

    def follow_list(
        self, *, list_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Follow List: POST /2/users/{id}/followed_lists."""

    def follow_user(
        self, *, target_user_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Follow User: POST /2/users/{id}/following."""

    def get_account_activity_subscription_count(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Subscription Count: GET /2/account_activity/subscriptions/count."""

    def get_account_activity_subscriptions(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Subscriptions: GET /2/account_activity/webhooks/{webhook_id}/subscriptions/all/list."""

    def get_activity_subscriptions(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ..., user_id: Optional[Id] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get X Activity Subscriptions: GET /2/activity/subscriptions."""

    def get_bots(
        self, *, user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Bots: GET /2/bots."""

    def get_broadcast(
        self, *, id: Id, broadcast_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Broadcast: GET /2/broadcasts/{id}."""

    def get_broadcast_chat(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        broadcast_chat_message_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Broadcast Chat History: GET /2/broadcasts/{id}/chat."""

    def get_call(
        self, *, id: Id, call_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Call: GET /2/calls/{id}."""

    def get_chat_conversation(
        self, *, id: Id, chat_conversation_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Conversation: GET /2/chat/conversations/{id}."""

    def get_chat_conversation_events(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        chat_message_event_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Conversation Events: GET /2/chat/conversations/{id}/events."""

    def get_chat_conversation_pinned_messages(
        self, *, id: Id, pagination_token: Optional[str] = ...,
        chat_pinned_message_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Conversation Pinned Messages: GET /2/chat/conversations/{id}/pinned_messages."""

    def get_chat_conversations(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        unread_only: Optional[bool] = ..., type: Optional[Literal["direct", "group"]] = ...,
        is_archived: Optional[bool] = ..., is_muted: Optional[bool] = ...,
        participant_ids: Optional[Union[Id, Sequence[Id]]] = ..., participant_query: Optional[str] = ...,
        start_time: Optional[str] = ..., end_time: Optional[str] = ...,
        chat_conversation_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Conversations: GET /2/chat/conversations."""

    def get_chat_group_admin_requests(
        self, *, id: Id, pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Pending Admin Requests for a Chat Group Conversation: GET /2/chat/conversations/{id}/admin_requests."""

    def get_chat_group_invite(
        self, *, id: Id, token: str, chat_group_invite_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Chat Group Invite Link: GET /2/chat/conversations/{id}/invites/{token}."""

    def get_chat_message_request(
        self, *, id: Id, chat_message_request_detail_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Message Request: GET /2/chat/message_requests/{id}."""

    def get_chat_message_requests(
        self, *, inbox_type: Optional[Literal["you_may_know", "low_quality"]] = ..., max_results: Optional[int] = ...,
        pagination_token: Optional[str] = ..., chat_message_request_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Message Requests: GET /2/chat/message_requests."""

    def get_chat_moderators(
        self, *, user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Moderators: GET /2/broadcasts/chat/moderators."""

    def get_chat_muted_users(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        broadcast_chat_mute_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Muted Chat Users: GET /2/broadcasts/chat/mutes."""

    def get_chat_settings(
        self, *, chat_settings_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Chat Settings: GET /2/chat/settings."""

    def get_communities_by_id(
        self, *, id: Id, community_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Community by ID: GET /2/communities/{id}."""

    def get_compliance_jobs(
        self, *, type: Literal["tweets", "users"],
        status: Optional[Literal["created", "in_progress", "failed", "complete"]] = ...,
        compliance_job_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Compliance Jobs: GET /2/compliance/jobs."""

    def get_compliance_jobs_by_id(
        self, *, id: Id, compliance_job_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Compliance Job by ID: GET /2/compliance/jobs/{id}."""

    def get_connection_history(
        self, *, status: Optional[Literal["active", "inactive", "all"]] = ...,
        endpoints: Optional[Union[str, Sequence[str]]] = ..., max_results: Optional[int] = ...,
        pagination_token: Optional[str] = ..., connection_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Connection History: GET /2/connections."""

    def get_developer_account(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Developer Account: GET /2/account."""

    def get_direct_messages_events(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        event_types: Optional[Union[str, Sequence[str]]] = ...,
        dm_event_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get DM Events: GET /2/dm_events."""

    def get_direct_messages_events_by_conversation_id(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        event_types: Optional[Union[str, Sequence[str]]] = ...,
        dm_event_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get DM Events by Conversation ID: GET /2/dm_conversations/{id}/dm_events."""

    def get_direct_messages_events_by_id(
        self, *, event_id: Id, dm_event_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get DM Event by ID: GET /2/dm_events/{event_id}."""

    def get_direct_messages_events_by_participant_id(
        self, *, participant_id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        event_types: Optional[Union[str, Sequence[str]]] = ...,
        dm_event_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get DM Events by Participant ID: GET /2/dm_conversations/with/{participant_id}/dm_events."""

    def get_lists_by_id(
        self, *, id: Id, list_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get List by ID: GET /2/lists/{id}."""

    def get_lists_followers(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get List Followers: GET /2/lists/{id}/followers."""

    def get_lists_members(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get List Members: GET /2/lists/{id}/members."""

    def get_lists_posts(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get List Posts: GET /2/lists/{id}/tweets."""

    def get_media_analytics(
        self, *, media_keys: Union[str, Sequence[str]], start_time: str, end_time: str,
        granularity: Optional[Literal["hourly", "daily", "total"]] = ...,
        media_analytics_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Media Analytics: GET /2/media/analytics."""

    def get_media_by_media_key(
        self, *, media_key: str, media_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Media by Media Key: GET /2/media/{media_key}."""

    def get_media_by_media_keys(
        self, *, media_keys: Union[str, Sequence[str]], media_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Media by Media Keys: GET /2/media."""

    def get_media_upload_status(
        self, *, media_id: Id, command: Optional[Literal["STATUS"]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Media Upload Status: GET /2/media/upload."""

    def get_news(
        self, *, id: Id, news_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get News Stories by ID: GET /2/news/{id}."""

    def get_open_api_spec(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get OpenAPI Spec: GET /2/openapi.json."""

    def get_posts_analytics(
        self, *, ids: Union[Id, Sequence[Id]], start_time: str, end_time: str,
        granularity: Optional[Literal["hourly", "weekly", "daily", "total"]] = ...,
        analytics_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Post Analytics: GET /2/tweets/analytics."""

    def get_posts_by_id(
        self, *, id: Id, post_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Post by ID: GET /2/tweets/{id}."""

    def get_posts_by_ids(
        self, *, ids: Union[Id, Sequence[Id]], post_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Posts by IDs: GET /2/tweets."""

    def get_posts_counts_all(
        self, *, query: str, start_time: Optional[str] = ..., end_time: Optional[str] = ...,
        since_id: Optional[Id] = ..., until_id: Optional[Id] = ..., next_token: Optional[str] = ...,
        pagination_token: Optional[str] = ..., granularity: Optional[Literal["minute", "hour", "day"]] = ...,
        search_count_fields: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Count of All Posts: GET /2/tweets/counts/all."""

    def get_posts_counts_recent(
        self, *, query: str, start_time: Optional[str] = ..., end_time: Optional[str] = ...,
        since_id: Optional[Id] = ..., until_id: Optional[Id] = ..., next_token: Optional[str] = ...,
        pagination_token: Optional[str] = ..., granularity: Optional[Literal["minute", "hour", "day"]] = ...,
        search_count_fields: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Count of Recent Posts: GET /2/tweets/counts/recent."""

    def get_posts_liking_users(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Liking Users: GET /2/tweets/{id}/liking_users."""

    def get_posts_quoted_posts(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        exclude: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Quoted Posts: GET /2/tweets/{id}/quote_tweets."""

    def get_posts_reposted_by(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Reposted By: GET /2/tweets/{id}/retweeted_by."""

    def get_posts_reposts(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Reposts: GET /2/tweets/{id}/retweets."""

    def get_region(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get the Ingest Region: GET /2/region."""

    def get_rule_counts(
        self, *, rules_count_fields: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Stream Rule Counts: GET /2/tweets/search/stream/rules/counts."""

    def get_rules(
        self, *, ids: Optional[Union[Id, Sequence[Id]]] = ..., max_results: Optional[int] = ...,
        pagination_token: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Stream Rules: GET /2/tweets/search/stream/rules."""

    def get_scheduled_broadcast(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Scheduled Broadcast: GET /2/broadcasts/scheduled/{id}."""

    def get_scheduled_call(
        self, *, id: Id, scheduled_call_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., call_fields: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Scheduled Call: GET /2/calls/scheduled/{id}."""

    def get_source(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a Stream Source: GET /2/sources/{id}."""

    def get_spaces_buyers(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Space Ticket Buyers: GET /2/spaces/{id}/buyers."""

    def get_spaces_by_creator_ids(
        self, *, user_ids: Union[Id, Sequence[Id]], space_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        topic_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Spaces by Creator IDs: GET /2/spaces/by/creator_ids."""

    def get_spaces_by_id(
        self, *, id: Id, space_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        topic_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Space by ID: GET /2/spaces/{id}."""

    def get_spaces_by_ids(
        self, *, ids: Union[Id, Sequence[Id]], space_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        topic_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Spaces by IDs: GET /2/spaces."""

    def get_spaces_posts(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Space Posts: GET /2/spaces/{id}/tweets."""

    def get_trends_by_woeid(
        self, *, woeid: int, max_trends: Optional[int] = ..., trend_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Trends by WOEID: GET /2/trends/by/woeid/{woeid}."""

    def get_trends_personalized_trends(
        self, *, personalized_trend_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Personalized Trends: GET /2/users/personalized_trends."""

    def get_usage(
        self, *, days: Optional[int] = ..., usage_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Usage: GET /2/usage/tweets."""

    def get_usage_credits(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Usage Credits: GET /2/usage/credits."""

    def get_user_broadcast(
        self, *, broadcast_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a User's Broadcast: GET /2/users/{id}/broadcasts/{broadcast_id}."""

    def get_user_source(
        self, *, source_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get a User's Stream Source: GET /2/users/{id}/sources/{source_id}."""

    def get_users_affiliates(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Affiliates: GET /2/users/{id}/affiliates."""

    def get_users_blocking(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Blocked Users: GET /2/users/{id}/blocking."""

    def get_users_bookmark_folders(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Bookmark Folders: GET /2/users/{id}/bookmarks/folders."""

    def get_users_bookmarks(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Bookmarks: GET /2/users/{id}/bookmarks."""

    def get_users_bookmarks_by_folder_id(
        self, *, folder_id: Id, id: Optional[Id] = ..., max_results: Optional[int] = ...,
        pagination_token: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Bookmarks by Folder ID: GET /2/users/{id}/bookmarks/folders/{folder_id}."""

    def get_users_by_id(
        self, *, id: Id, user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get User by ID: GET /2/users/{id}."""

    def get_users_by_ids(
        self, *, ids: Union[Id, Sequence[Id]], user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Users by IDs: GET /2/users."""

    def get_users_by_username(
        self, *, username: str, user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get User by Username: GET /2/users/by/username/{username}."""

    def get_users_by_usernames(
        self, *, usernames: Union[str, Sequence[str]], user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Users by Usernames: GET /2/users/by."""

    def get_users_followed_lists(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        list_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Followed Lists: GET /2/users/{id}/followed_lists."""

    def get_users_followers(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Followers: GET /2/users/{id}/followers."""

    def get_users_following(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Following: GET /2/users/{id}/following."""

    def get_users_liked_posts(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Liked Posts: GET /2/users/{id}/liked_tweets."""

    def get_users_list_memberships(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        list_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get List Memberships: GET /2/users/{id}/list_memberships."""

    def get_users_me(
        self, *, user_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get My User: GET /2/users/me."""

    def get_users_me_followers(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get the Authenticated User's Followers: GET /2/users/me/followers."""

    def get_users_me_following(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get the Users the Authenticated User Follows: GET /2/users/me/following."""

    def get_users_mentions(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        start_time: Optional[str] = ..., end_time: Optional[str] = ..., since_id: Optional[Id] = ...,
        until_id: Optional[Id] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Mentions: GET /2/users/{id}/mentions."""

    def get_users_muting(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Muting: GET /2/users/{id}/muting."""

    def get_users_owned_lists(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        list_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Owned Lists: GET /2/users/{id}/owned_lists."""

    def get_users_pinned_lists(
        self, *, id: Optional[Id] = ..., list_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Pinned Lists: GET /2/users/{id}/pinned_lists."""

    def get_users_posts(
        self, *, id: Id, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        start_time: Optional[str] = ..., end_time: Optional[str] = ..., since_id: Optional[Id] = ...,
        until_id: Optional[Id] = ..., exclude: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Posts: GET /2/users/{id}/tweets."""

    def get_users_public_key(
        self, *, id: Optional[Id] = ..., public_key_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get User Public Keys: GET /2/users/{id}/public_keys."""

    def get_users_public_keys(
        self, *, ids: Union[Id, Sequence[Id]], public_key_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Public Keys for Multiple Users: GET /2/users/public_keys."""

    def get_users_reposts_of_me(
        self, *, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Reposts of Me: GET /2/users/reposts_of_me."""

    def get_users_timeline(
        self, *, id: Optional[Id] = ..., max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        start_time: Optional[str] = ..., end_time: Optional[str] = ..., since_id: Optional[Id] = ...,
        until_id: Optional[Id] = ..., exclude: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Timeline: GET /2/users/{id}/timelines/reverse_chronological."""

    def get_webhooks(
        self, *, webhook_config_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Webhook: GET /2/webhooks."""

    def get_webhooks_stream_links(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Get Stream Links: GET /2/tweets/search/webhooks."""

    def go_live_scheduled_broadcast(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Go Live on a Scheduled Broadcast: POST /2/broadcasts/scheduled/{id}/live."""

    def hide_posts_reply(
        self, *, tweet_id: Id, hidden: bool, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Hide Reply: PUT /2/tweets/{tweet_id}/hidden."""

    def initialize_chat_group(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Initialize Chat Group: POST /2/chat/conversations/group/initialize."""

    def initialize_media_upload(
        self, *, additional_owners: Optional[Union[str, Sequence[str]]] = ...,
        media_category: Optional[Literal["amplify_video", "tweet_gif", "tweet_image", "tweet_video", "dm_gif", "dm_image", "dm_video", "subtitles"]] = ...,
        media_type: Optional[Literal["video/mp4", "video/webm", "video/mp2t", "video/quicktime", "text/srt", "text/vtt", "image/jpeg", "image/gif", "image/bmp", "image/png", "image/webp", "image/pjpeg", "image/tiff", "model/gltf-binary", "model/vnd.usdz+zip"]] = ...,
        shared: Optional[bool] = ..., total_bytes: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Initialize Media Upload: POST /2/media/upload/initialize."""

    def join_call(
        self, *, id: Id, media: Optional[Mapping[str, Any]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Join a Call: POST /2/calls/{id}/join."""

    def leave_call(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Leave a Call: POST /2/calls/{id}/leave."""

    def like_post(
        self, *, tweet_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Like Post: POST /2/users/{id}/likes."""

    def list_broadcasts(
        self, *, ids: Optional[Union[Id, Sequence[Id]]] = ..., max_results: Optional[int] = ...,
        pagination_token: Optional[str] = ..., broadcast_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List Broadcasts: GET /2/broadcasts."""

    def list_scheduled_broadcasts(
        self, *, max_results: Optional[int] = ..., oldest_start_time: Optional[str] = ...,
        newest_start_time: Optional[str] = ..., pagination_token: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List Scheduled Broadcasts: GET /2/broadcasts/scheduled."""

    def list_scheduled_calls(
        self, *, start_time: Optional[str] = ..., end_time: Optional[str] = ..., max_results: Optional[int] = ...,
        scheduled_call_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., call_fields: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List Scheduled Calls: GET /2/calls/scheduled."""

    def list_sources(
        self, *, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List Stream Sources: GET /2/sources."""

    def list_user_broadcasts(
        self, *, id: Optional[Id] = ..., pagination_token: Optional[str] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List a User's Broadcasts: GET /2/users/{id}/broadcasts."""

    def list_user_sources(
        self, *, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """List a User's Stream Sources: GET /2/users/{id}/sources."""

    def mark_chat_conversation_read(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mark Conversation as Read: POST /2/chat/conversations/{id}/read."""

    def mark_chat_conversation_unread(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mark Conversation as Unread: POST /2/chat/conversations/{id}/unread."""

    def media_upload(
        self, *, media: str,
        media_category: Literal["tweet_image", "tweet_video", "tweet_gif", "dm_image", "dm_video", "dm_gif", "subtitles"],
        additional_owners: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Upload Media: POST /2/media/upload."""

    def mute_broadcast_chat_user(
        self, *, id: Id, user_id: Id, end_at_ms: Optional[str] = ..., message_id: Optional[Id] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mute or Time Out a User in a Broadcast Chat: POST /2/broadcasts/{id}/chat/mutes."""

    def mute_chat_conversation(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mute a Chat Conversation: POST /2/chat/conversations/{id}/mute."""

    def mute_chat_user(
        self, *, user_id: Id, broadcast_id: Optional[Id] = ..., end_at_ms: Optional[str] = ...,
        message_id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mute or Time Out a User in Chat: POST /2/broadcasts/chat/mutes."""

    def mute_user(
        self, *, target_user_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Mute User: POST /2/users/{id}/muting."""

    def pin_list(
        self, *, list_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Pin List: POST /2/users/{id}/pinned_lists."""

    def reject_chat_group_admin_request(
        self, *, id: Id, user_id: Id,
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Reject an Admin Request in a Chat Group Conversation: POST
        /2/chat/conversations/{id}/admin_requests/{user_id}/reject."""

    def reject_chat_group_join_requests(
        self, *, id: Id, user_ids: Union[Id, Sequence[Id]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Reject Join Requests for a Chat Group Conversation: POST
        /2/chat/conversations/{id}/join_requests/reject."""

    def remove_chat_group_admins(
        self, *, id: Id, user_ids: Union[Id, Sequence[Id]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Remove Admins from a Chat Group Conversation: POST /2/chat/conversations/{id}/admins/remove."""

    def remove_chat_group_members(
        self, *, id: Id, user_ids: Union[Id, Sequence[Id]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        group_key_rotation_data: Optional[Mapping[str, Any]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Remove Members from a Chat Group Conversation: POST /2/chat/conversations/{id}/members/remove."""

    def remove_chat_moderator(
        self, *, user_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Remove a Chat Moderator: DELETE /2/broadcasts/chat/moderators/{user_id}."""

    def remove_lists_member_by_user_id(
        self, *, id: Id, user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Remove List Member: DELETE /2/lists/{id}/members/{user_id}."""

    def repost_post(
        self, *, tweet_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Repost Post: POST /2/users/{id}/retweets."""

    def respond_to_scheduled_call(
        self, *, id: Id, response: Literal["accepted", "declined", "tentative"],
        occurrence_start_time: Optional[str] = ...,
        scope: Optional[Literal["all", "this", "this_and_following"]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Respond to a Scheduled Call: POST /2/calls/scheduled/{id}/rsvp."""

    def revoke_bot_token(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Revoke Bot Token: DELETE /2/bots/{id}/token."""

    def rotate_bot_token(
        self, *, id: Id, scopes: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Rotate Bot Token: POST /2/bots/{id}/token."""

    def schedule_call(
        self, *, start_time: str, description: Optional[str] = ..., duration_minutes: Optional[int] = ...,
        invitee_ids: Optional[Union[Id, Sequence[Id]]] = ..., notify_invitees: Optional[bool] = ...,
        recurrence: Optional[str] = ..., time_zone: Optional[str] = ..., title: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Schedule a Call: POST /2/calls/scheduled."""

    def search_communities(
        self, *, query: str, max_results: Optional[int] = ..., next_token: Optional[str] = ...,
        pagination_token: Optional[str] = ..., community_fields: Optional[Union[str, Sequence[str]]] = ...,
        max_pages: Optional[int] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search Communities: GET /2/communities/search."""

    def search_community_notes_written(
        self, *, test_mode: bool, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        note_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search for Community Notes Written: GET /2/notes/search/notes_written."""

    def search_eligible_posts(
        self, *, test_mode: bool, max_results: Optional[int] = ..., pagination_token: Optional[str] = ...,
        post_selection: Optional[str] = ..., post_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search for Posts Eligible for Community Notes: GET /2/notes/search/posts_eligible_for_notes."""

    def search_news(
        self, *, query: str, max_results: Optional[int] = ..., max_age_hours: Optional[int] = ...,
        news_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search News: GET /2/news/search."""

    def search_posts_all(
        self, *, query: str, start_time: Optional[str] = ..., end_time: Optional[str] = ...,
        since_id: Optional[Id] = ..., until_id: Optional[Id] = ..., max_results: Optional[int] = ...,
        next_token: Optional[str] = ..., pagination_token: Optional[str] = ...,
        sort_order: Optional[Literal["recency", "relevancy"]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search All Posts: GET /2/tweets/search/all."""

    def search_posts_recent(
        self, *, query: str, max_results: Optional[int] = ..., next_token: Optional[str] = ...,
        pagination_token: Optional[str] = ..., start_time: Optional[str] = ..., end_time: Optional[str] = ...,
        since_id: Optional[Id] = ..., until_id: Optional[Id] = ...,
        sort_order: Optional[Literal["recency", "relevancy"]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ...,
        media_fields: Optional[Union[str, Sequence[str]]] = ...,
        poll_fields: Optional[Union[str, Sequence[str]]] = ...,
        place_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search Recent Posts: GET /2/tweets/search/recent."""

    def search_spaces(
        self, *, query: str, state: Optional[Literal["live", "scheduled", "all"]] = ...,
        max_results: Optional[int] = ..., space_fields: Optional[Union[str, Sequence[str]]] = ...,
        expansions: Optional[Union[str, Sequence[str]]] = ..., user_fields: Optional[Union[str, Sequence[str]]] = ...,
        topic_fields: Optional[Union[str, Sequence[str]]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search Spaces: GET /2/spaces/search."""

    def search_users(
        self, *, query: str, max_results: Optional[int] = ..., next_token: Optional[str] = ...,
        user_fields: Optional[Union[str, Sequence[str]]] = ..., expansions: Optional[Union[str, Sequence[str]]] = ...,
        post_fields: Optional[Union[str, Sequence[str]]] = ..., max_pages: Optional[int] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Search Users: GET /2/users/search."""

    def send_broadcast_chat(
        self, *, id: Id, text: str, reply_to: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Send a Chat Message to a Live Broadcast: POST /2/broadcasts/{id}/chat."""

    def send_chat_message(
        self, *, id: Id, encoded_message_create_event: str, message_id: Id, conversation_token: Optional[str] = ...,
        encoded_message_event_signature: Optional[str] = ..., xdk_version: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Send Chat Message: POST /2/chat/conversations/{id}/messages."""

    def send_chat_typing_indicator(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Send Typing Indicator: POST /2/chat/conversations/{id}/typing."""

    def unarchive_chat_conversation(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unarchive a Chat Conversation: DELETE /2/chat/conversations/{id}/archive."""

    def unblock_users_dms(
        self, *, id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unblock DMs: POST /2/users/{id}/dm/unblock."""

    def unfollow_list(
        self, *, list_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unfollow List: DELETE /2/users/{id}/followed_lists/{list_id}."""

    def unfollow_user(
        self, *, source_user_id: Id, target_user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unfollow User: DELETE /2/users/{source_user_id}/following/{target_user_id}."""

    def unlike_post(
        self, *, tweet_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unlike Post: DELETE /2/users/{id}/likes/{tweet_id}."""

    def unmute_broadcast_chat_user(
        self, *, id: Id, user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unmute a User in a Broadcast Chat: DELETE /2/broadcasts/{id}/chat/mutes/{user_id}."""

    def unmute_chat_conversation(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unmute a Chat Conversation: DELETE /2/chat/conversations/{id}/mute."""

    def unmute_chat_user(
        self, *, user_id: Id, broadcast_id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unmute a User in Chat: DELETE /2/broadcasts/chat/mutes/{user_id}."""

    def unmute_user(
        self, *, source_user_id: Id, target_user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unmute User: DELETE /2/users/{source_user_id}/muting/{target_user_id}."""

    def unpin_list(
        self, *, list_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unpin List: DELETE /2/users/{id}/pinned_lists/{list_id}."""

    def unrepost_post(
        self, *, source_tweet_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unrepost Post: DELETE /2/users/{id}/retweets/{source_tweet_id}."""

    def update_activity_subscription(
        self, *, subscription_id: Id, tag: Optional[str] = ..., webhook_id: Optional[Id] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update X Activity Subscription: PUT /2/activity/subscriptions/{subscription_id}."""

    def update_bot(
        self, *, id: Id, display_name: Optional[str] = ...,
        dm_permission: Optional[Literal["everyone", "premium", "no_one"]] = ..., handle: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update Bot: PUT /2/bots/{id}."""

    def update_broadcast_state(
        self, *, id: Id, state: str, chat_option: Optional[int] = ..., locale: Optional[str] = ...,
        should_not_tweet: Optional[bool] = ..., title: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """End a Broadcast: PUT /2/broadcasts/{id}/state."""

    def update_chat_conversation_message_ttl(
        self, *, id: Id, message_ttl_ms: str,
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Turn On Disappearing Messages in a Chat Conversation: PUT /2/chat/conversations/{id}/message_ttl."""

    def update_chat_conversation_screen_capture(
        self, *, id: Id, blocking: Optional[bool] = ...,
        blocking_action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        detection: Optional[bool] = ...,
        detection_action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update Screen Capture Settings for a Chat Conversation: PUT /2/chat/conversations/{id}/screen_capture."""

    def update_chat_group(
        self, *, id: Id, conversation_key_version: str, modified_fields: Union[str, Sequence[str]],
        action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        base64_encoded_key_rotation: Optional[str] = ...,
        conversation_participant_keys: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        group_avatar_url: Optional[str] = ..., group_description: Optional[str] = ...,
        group_name: Optional[str] = ...,
        rotated_pmk_bundle: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update a Chat Group Conversation: PUT /2/chat/conversations/{id}."""

    def update_chat_group_admin_settings(
        self, *, id: Id, action_signatures: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        add_member: Optional[bool] = ..., block_screen_capture: Optional[bool] = ...,
        edit_group_info: Optional[bool] = ..., edit_message_ttl: Optional[bool] = ...,
        send_message: Optional[bool] = ..., start_call: Optional[bool] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update the Admin-Only Settings of a Chat Group Conversation: PUT
        /2/chat/conversations/{id}/admin_settings."""

    def update_chat_settings(
        self, *, allow_dms_from: Optional[Literal["all", "verified", "following"]] = ...,
        always_allow_dms_from_subscribers: Optional[bool] = ..., av_settings: Optional[Mapping[str, Any]] = ...,
        dm_quality_filter: Optional[Literal["enabled", "disabled"]] = ...,
        dm_receipt_settings: Optional[Literal["all_enabled", "all_disabled"]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update Chat Settings: PUT /2/chat/settings."""

    def update_lists(
        self, *, id: Id, description: Optional[str] = ..., name: Optional[str] = ..., private: Optional[bool] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update List: PUT /2/lists/{id}."""

    def update_rules(
        self, *, dry_run: Optional[bool] = ..., delete_all: Optional[bool] = ...,
        add: Optional[Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]] = ...,
        delete: Optional[Mapping[str, Any]] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update Stream Rules: POST /2/tweets/search/stream/rules."""

    def update_scheduled_broadcast(
        self, *, id: Id, scheduled_broadcast_id: Id, scheduled_end_ms: str, scheduled_start_ms: str,
        available_for_replay: Optional[bool] = ..., chat_option: Optional[str] = ...,
        description: Optional[str] = ..., is_locked: Optional[bool] = ..., locale: Optional[str] = ...,
        manual_publish: Optional[bool] = ..., roll_forward: Optional[bool] = ..., source_id: Optional[Id] = ...,
        thumbnail_media_id: Optional[Id] = ..., title: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update a Scheduled Broadcast: PUT /2/broadcasts/scheduled/{id}."""

    def update_scheduled_call(
        self, *, id: Id, description: Optional[str] = ..., duration_minutes: Optional[int] = ...,
        invitee_ids: Optional[Union[Id, Sequence[Id]]] = ..., notify_invitees: Optional[bool] = ...,
        occurrence_start_time: Optional[str] = ..., recurrence: Optional[str] = ...,
        scope: Optional[Literal["all", "this", "this_and_following"]] = ..., start_time: Optional[str] = ...,
        time_zone: Optional[str] = ..., title: Optional[str] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Update a Scheduled Call: PUT /2/calls/scheduled/{id}."""

    def update_source(
        self, *, id: Id, name: str, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Rename a Stream Source: PUT /2/sources/{id}."""

    def update_user_broadcast_state(
        self, *, broadcast_id: Id, state: str, id: Optional[Id] = ..., chat_option: Optional[int] = ...,
        locale: Optional[str] = ..., should_not_tweet: Optional[bool] = ..., title: Optional[str] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Publish or End a User's Broadcast: PUT /2/users/{id}/broadcasts/{broadcast_id}/state."""

    def update_user_source(
        self, *, source_id: Id, name: str, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Rename a User's Stream Source: PUT /2/users/{id}/sources/{source_id}."""

    def upload_compliance_job_submission(
        self, *, id: Id, token: str, file: File, compliance_job_fields: Optional[Union[str, Sequence[str]]] = ...,
        more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Upload Compliance Job Submission: PUT /2/compliance/jobs/{id}/upload."""

    def users_id_block(
        self, *, target_user_id: Id, id: Optional[Id] = ..., more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Block User: POST /2/users/{id}/blocking."""

    def users_id_unblock(
        self, *, source_user_id: Id, target_user_id: Id, more: Optional[Mapping[str, Any]] = ...,
        parameters: Optional[ParametersLike] = ..., progress: Optional[Progress] = ...,
        cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Unblock User: DELETE /2/users/{source_user_id}/blocking/{target_user_id}."""

    def validate_account_activity_subscription(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Validate Subscription: GET /2/account_activity/webhooks/{webhook_id}/subscriptions/all."""

    def validate_webhooks(
        self, *, webhook_id: Id, more: Optional[Mapping[str, Any]] = ..., parameters: Optional[ParametersLike] = ...,
        progress: Optional[Progress] = ..., cancel: Optional[Cancel] = ...,
    ) -> Result:
        """Validate Webhook: PUT /2/webhooks/{webhook_id}."""
