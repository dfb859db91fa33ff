using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A post that another one replies to, quotes or repeats.</summary>
public sealed record ReferencedTweet : TwitterObject
{
    /// <summary><c>replied_to</c>, <c>quoted</c> or <c>retweeted</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The id of that post.</summary>
    public string? Id { get; init; }

    internal static ReferencedTweet Read(JsonElement json) => new()
    {
        Json = json,
        Type = json.Text("type"u8),
        Id = json.Text("id"u8),
    };
}
