using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A post as API 1.1 sends it.</summary>
public sealed record Status : TwitterObject
{
    /// <summary>The id (X's <c>id_str</c>).</summary>
    public string? Id { get; init; }

    /// <summary>The text, whole where X sent it whole.</summary>
    public string? Text { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The author; the id alone where <c>trim_user</c> was asked for.</summary>
    public User? User { get; init; }

    /// <summary>The id of the post that it answers.</summary>
    public string? InReplyToStatusId { get; init; }

    /// <summary>The language, as X guesses it.</summary>
    public string? Language { get; init; }

    /// <summary>How often it was repeated.</summary>
    public long? RetweetCount { get; init; }

    /// <summary>How many like it.</summary>
    public long? FavoriteCount { get; init; }

    /// <summary>Whether the account has repeated it.</summary>
    public bool? IsRetweeted { get; init; }

    /// <summary>Whether the account likes it.</summary>
    public bool? IsFavorited { get; init; }

    /// <summary>The post that this one repeats.</summary>
    public Status? RetweetedStatus { get; init; }

    internal static Status Read(JsonElement json) => new()
    {
        Json = json,
        Id = json.Text("id_str", "id"),
        Text = json.Text("full_text", "text"),
        CreatedAt = json.Time("created_at"),
        User = json.Member("user") is { ValueKind: JsonValueKind.Object } user ? TwitterNative.User.Read(user) : null,
        InReplyToStatusId = json.Text("in_reply_to_status_id_str"),
        Language = json.Text("lang"),
        RetweetCount = json.Long("retweet_count"),
        FavoriteCount = json.Long("favorite_count"),
        IsRetweeted = json.Flag("retweeted"),
        IsFavorited = json.Flag("favorited"),
        RetweetedStatus = json.Member("retweeted_status") is { ValueKind: JsonValueKind.Object } status ? Read(status) : null,
    };
}
