using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A post as API 1.1 sends it.</summary>
public sealed record Status : TwitterObject
{
    /// <summary>The id (X's <c>id_str</c>).</summary>
    public string? Id { get; init; }

    /// <summary>The text: X's <c>full_text</c>, or <c>text</c>, which X may have cut.</summary>
    public string? Text { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The author. With <c>trim_user</c> it has the id only.</summary>
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
        Id = json.Text("id_str"u8, "id"u8),
        Text = json.Text("full_text"u8, "text"u8),
        CreatedAt = json.Time("created_at"u8),
        User = json.Member("user"u8) is { ValueKind: JsonValueKind.Object } user ? TwitterNative.User.Read(user) : null,
        InReplyToStatusId = json.Text("in_reply_to_status_id_str"u8),
        Language = json.Text("lang"u8),
        RetweetCount = json.Long("retweet_count"u8),
        FavoriteCount = json.Long("favorite_count"u8),
        IsRetweeted = json.Flag("retweeted"u8),
        IsFavorited = json.Flag("favorited"u8),
        RetweetedStatus = json.Member("retweeted_status"u8) is { ValueKind: JsonValueKind.Object } status ? Read(status) : null,
    };
}
