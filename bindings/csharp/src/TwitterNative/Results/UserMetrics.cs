using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>The public numbers of an account.</summary>
public sealed record UserMetrics : TwitterObject
{
    /// <summary>How many follow the account.</summary>
    public long? FollowersCount { get; init; }

    /// <summary>How many the account follows.</summary>
    public long? FollowingCount { get; init; }

    /// <summary>How many posts it has made.</summary>
    public long? TweetCount { get; init; }

    /// <summary>How many lists it is in.</summary>
    public long? ListedCount { get; init; }

    /// <summary>How many posts it likes.</summary>
    public long? LikeCount { get; init; }

    internal static UserMetrics? Read(JsonElement json) => !json.IsObject() ? null : new()
    {
        Json = json,
        FollowersCount = json.Long("followers_count"u8),
        FollowingCount = json.Long("following_count"u8),
        TweetCount = json.Long("tweet_count"u8, "post_count"u8),
        ListedCount = json.Long("listed_count"u8),
        LikeCount = json.Long("like_count"u8),
    };
}
