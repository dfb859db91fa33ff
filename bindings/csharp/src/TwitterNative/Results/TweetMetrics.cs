using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What everybody may see of a post's success.</summary>
public sealed record TweetMetrics : TwitterObject
{
    /// <summary>How often it was repeated.</summary>
    public long? RetweetCount { get; init; }

    /// <summary>How many replies it has.</summary>
    public long? ReplyCount { get; init; }

    /// <summary>How many like it.</summary>
    public long? LikeCount { get; init; }

    /// <summary>How often it was quoted.</summary>
    public long? QuoteCount { get; init; }

    /// <summary>How many have bookmarked it.</summary>
    public long? BookmarkCount { get; init; }

    /// <summary>How often it was shown.</summary>
    public long? ImpressionCount { get; init; }

    internal static TweetMetrics? Read(JsonElement json) => !json.IsObject() ? null : new()
    {
        Json = json,
        RetweetCount = json.Long("retweet_count"u8, "repost_count"u8),
        ReplyCount = json.Long("reply_count"u8),
        LikeCount = json.Long("like_count"u8),
        QuoteCount = json.Long("quote_count"u8),
        BookmarkCount = json.Long("bookmark_count"u8),
        ImpressionCount = json.Long("impression_count"u8),
    };
}
