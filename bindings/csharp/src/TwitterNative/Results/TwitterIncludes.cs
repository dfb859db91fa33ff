using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What X sent beside the data because the query's <c>expansions</c> asked for it. Read when it is looked at.</summary>
public sealed class TwitterIncludes
{
    private readonly JsonElement _json;

    internal TwitterIncludes(JsonElement json) => _json = json;

    /// <summary>Authors, and others who are mentioned.</summary>
    public IReadOnlyList<User> Users => _json.Member("users"u8).List(User.Read);

    /// <summary>Posts that are replied to, quoted or repeated.</summary>
    public IReadOnlyList<Tweet> Tweets => _json.Member("tweets"u8, "posts"u8).List(Tweet.ReadPost);

    /// <summary>Pictures, GIFs and videos.</summary>
    public IReadOnlyList<Media> Media => _json.Member("media"u8).List(TwitterNative.Media.Read);

    /// <summary>Polls.</summary>
    public IReadOnlyList<Poll> Polls => _json.Member("polls"u8).List(Poll.Read);

    /// <summary>Places.</summary>
    public IReadOnlyList<Place> Places => _json.Member("places"u8).List(Place.Read);

    /// <summary>The JSON, with what has no property. Undefined if X sent none.</summary>
    public JsonElement Json => _json;
}
