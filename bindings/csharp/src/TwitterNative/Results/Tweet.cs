using System;
using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// A post of API v2. X sends the id and the text, and other fields if the query asks for them
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

    private static readonly MemberNames s_names = new(
        "id", "text", "note_tweet", "note_post", "author_id", "created_at", "conversation_id", "in_reply_to_user_id", "lang",
        "community_id", "possibly_sensitive", "reply_settings", "edit_history_tweet_ids", "edit_history_post_ids",
        "referenced_tweets", "referenced_posts", "attachments", "geo", "public_metrics");

    /// <summary>From a post, or from an answer with one in its <c>data</c>.</summary>
    internal static Tweet Read(JsonElement json) =>
        ReadPost(json.Member("data"u8) is { ValueKind: JsonValueKind.Object } data ? data : json);

    /// <summary>From a post. Lists have hundreds of them, so it is read in one pass.</summary>
    internal static Tweet ReadPost(JsonElement json)
    {
        if (!json.IsObject())
        {
            return new() { Json = json };
        }
        string? id = null, text = null, author = null, conversation = null, inReplyTo = null, language = null, community = null;
        string? replySettings = null;
        bool? possiblySensitive = null;
        DateTimeOffset? created = null;
        JsonElement note = default, otherNote = default, versions = default, otherVersions = default;
        JsonElement referenced = default, otherReferenced = default, attachments = default, geo = default, metrics = default;
        MemberNames.Position position = s_names.Begin();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            JsonElement value = member.Value;
            switch (position.Next(member))
            {
                case 0: id = value.AsText(); break;
                case 1: text = value.AsText(); break;
                case 2: note = value; break;
                case 3: otherNote = value; break;
                case 4: author = value.AsText(); break;
                case 5: created = value.AsTime(); break;
                case 6: conversation = value.AsText(); break;
                case 7: inReplyTo = value.AsText(); break;
                case 8: language = value.AsText(); break;
                case 9: community = value.AsText(); break;
                case 10: possiblySensitive = value.AsFlag(); break;
                case 11: replySettings = value.AsText(); break;
                case 12: versions = value; break;
                case 13: otherVersions = value; break;
                case 14: referenced = value; break;
                case 15: otherReferenced = value; break;
                case 16: attachments = value; break;
                case 17: geo = value; break;
                case 18: metrics = value; break;
            }
        }
        return new()
        {
            Json = json,
            Id = id,
            Text = text,
            NoteText = note.Or(otherNote).Text("text"u8),
            AuthorId = author,
            CreatedAt = created,
            ConversationId = conversation,
            InReplyToUserId = inReplyTo,
            Language = language,
            CommunityId = community,
            PossiblySensitive = possiblySensitive,
            ReplySettings = replySettings is null ? default(ReplySettings?) : new ReplySettings(replySettings),
            EditHistoryTweetIds = versions.Or(otherVersions).AsTexts(),
            ReferencedTweets = referenced.Or(otherReferenced).List(ReferencedTweet.Read),
            MediaKeys = attachments.Texts("media_keys"u8),
            PollIds = attachments.Texts("poll_ids"u8),
            PlaceId = geo.Text("place_id"u8),
            PublicMetrics = TweetMetrics.Read(metrics),
        };
    }
}
