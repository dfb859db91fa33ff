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

    private static readonly MemberNames s_names = new(
        "retweet_count", "repost_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count");

    internal static TweetMetrics? Read(JsonElement json)
    {
        if (!json.IsObject())
        {
            return null;
        }
        JsonElement retweets = default, reposts = default;
        long? replies = null, likes = null, quotes = null, bookmarks = null, impressions = null;
        MemberNames.Position position = s_names.Begin();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            JsonElement value = member.Value;
            switch (position.Next(member))
            {
                case 0: retweets = value; break;
                case 1: reposts = value; break;
                case 2: replies = value.AsLong(); break;
                case 3: likes = value.AsLong(); break;
                case 4: quotes = value.AsLong(); break;
                case 5: bookmarks = value.AsLong(); break;
                case 6: impressions = value.AsLong(); break;
            }
        }
        return new()
        {
            Json = json,
            RetweetCount = retweets.Or(reposts).AsLong(),
            ReplyCount = replies,
            LikeCount = likes,
            QuoteCount = quotes,
            BookmarkCount = bookmarks,
            ImpressionCount = impressions,
        };
    }
}
