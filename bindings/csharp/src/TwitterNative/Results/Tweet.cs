using System;
using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// A post of API v2. X sends the id and the text, and other fields where the query asks for them
/// (<c>tweet.fields</c>, <c>post.fields</c>).
/// </summary>
public sealed record Tweet : TwitterObject
{
    /// <summary>The id.</summary>
    public string? Id { get; init; }

    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The whole text of a long post, whose <see cref="Text"/> is cut.</summary>
    public string? NoteText { get; init; }

    /// <summary>The author's user id.</summary>
    public string? AuthorId { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The id of the post that began the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The author of the post that this one answers.</summary>
    public string? InReplyToUserId { get; init; }

    /// <summary>The language, as X guesses it.</summary>
    public string? Language { get; init; }

    /// <summary>The community it was posted in.</summary>
    public string? CommunityId { get; init; }

    /// <summary>Whether it links to what may offend.</summary>
    public bool? PossiblySensitive { get; init; }

    /// <summary>Who may reply.</summary>
    public ReplySettings? ReplySettings { get; init; }

    /// <summary>The ids of its versions, the first one first.</summary>
    public IReadOnlyList<string> EditHistoryTweetIds { get; init; } = [];

    /// <summary>What it replies to, quotes or repeats.</summary>
    public IReadOnlyList<ReferencedTweet> ReferencedTweets { get; init; } = [];

    /// <summary>The keys of its media; the media are in <see cref="TwitterIncludes.Media"/>.</summary>
    public IReadOnlyList<string> MediaKeys { get; init; } = [];

    /// <summary>The ids of its poll; the poll is in <see cref="TwitterIncludes.Polls"/>.</summary>
    public IReadOnlyList<string> PollIds { get; init; } = [];

    /// <summary>The id of its place; the place is in <see cref="TwitterIncludes.Places"/>.</summary>
    public string? PlaceId { get; init; }

    /// <summary>How often it was liked, repeated and so on.</summary>
    public TweetMetrics? PublicMetrics { get; init; }

    /// <summary>From a post, or from an answer with one in its <c>data</c>.</summary>
    internal static Tweet Read(JsonElement json)
    {
        json = json.Member("data"u8) is { ValueKind: JsonValueKind.Object } data ? data : json;
        JsonElement attachments = json.Member("attachments"u8);
        return new()
        {
            Json = json,
            Id = json.Text("id"u8),
            Text = json.Text("text"u8),
            NoteText = json.Member("note_tweet"u8, "note_post"u8).Text("text"u8),
            AuthorId = json.Text("author_id"u8),
            CreatedAt = json.Time("created_at"u8),
            ConversationId = json.Text("conversation_id"u8),
            InReplyToUserId = json.Text("in_reply_to_user_id"u8),
            Language = json.Text("lang"u8),
            CommunityId = json.Text("community_id"u8),
            PossiblySensitive = json.Flag("possibly_sensitive"u8),
            ReplySettings = json.Text("reply_settings"u8) is string who ? new ReplySettings(who) : default(ReplySettings?),
            EditHistoryTweetIds = json.Texts("edit_history_tweet_ids"u8, "edit_history_post_ids"u8),
            ReferencedTweets = json.Member("referenced_tweets"u8, "referenced_posts"u8).List(ReferencedTweet.Read),
            MediaKeys = attachments.Texts("media_keys"u8),
            PollIds = attachments.Texts("poll_ids"u8),
            PlaceId = json.Member("geo"u8).Text("place_id"u8),
            PublicMetrics = TweetMetrics.Read(json.Member("public_metrics"u8)),
        };
    }
}
