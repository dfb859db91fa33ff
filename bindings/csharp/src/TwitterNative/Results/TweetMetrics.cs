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
        RetweetCount = json.Long("retweet_count", "repost_count"),
        ReplyCount = json.Long("reply_count"),
        LikeCount = json.Long("like_count"),
        QuoteCount = json.Long("quote_count"),
        BookmarkCount = json.Long("bookmark_count"),
        ImpressionCount = json.Long("impression_count"),
    };
}
