using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// An account of X. X sends id, name and username, and other fields if the query asks for them (<c>user.fields</c>).
/// </summary>
public sealed record User : TwitterObject
{
    /// <summary>The id.</summary>
    public string? Id { get; init; }

    /// <summary>The name that is shown.</summary>
    public string? Name { get; init; }

    /// <summary>The name behind the @.</summary>
    public string? Username { get; init; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The text of the profile.</summary>
    public string? Description { get; init; }

    /// <summary>The place that the profile names, in the person's own words.</summary>
    public string? Location { get; init; }

    /// <summary>The link of the profile.</summary>
    public string? Url { get; init; }

    /// <summary>The address of the picture.</summary>
    public string? ProfileImageUrl { get; init; }

    /// <summary>The post that is shown first.</summary>
    public string? PinnedTweetId { get; init; }

    /// <summary>Whether only followers see the posts.</summary>
    public bool? IsProtected { get; init; }

    /// <summary>Whether X has verified the account.</summary>
    public bool? IsVerified { get; init; }

    /// <summary><c>blue</c>, <c>business</c>, <c>government</c> or <c>none</c>.</summary>
    public string? VerifiedType { get; init; }

    /// <summary>How many follow, are followed, and so on.</summary>
    public UserMetrics? PublicMetrics { get; init; }

    /// <summary>From an account, or from an answer with one in its <c>data</c>.</summary>
    internal static User Read(JsonElement json)
    {
        json = json.Member("data"u8) is { ValueKind: JsonValueKind.Object } data ? data : json;
        return new()
        {
            Json = json,
            // API 1.1 has the id as a number in `id`, and as text in `id_str`.
            Id = json.Text("id_str"u8, "id"u8),
            Name = json.Text("name"u8),
            Username = json.Text("username"u8, "screen_name"u8),
            CreatedAt = json.Time("created_at"u8),
            Description = json.Text("description"u8),
            Location = json.Text("location"u8),
            Url = json.Text("url"u8),
            ProfileImageUrl = json.Text("profile_image_url"u8),
            PinnedTweetId = json.Text("pinned_tweet_id"u8, "pinned_post_id"u8),
            IsProtected = json.Flag("protected"u8),
            IsVerified = json.Flag("verified"u8),
            VerifiedType = json.Text("verified_type"u8),
            PublicMetrics = UserMetrics.Read(json.Member("public_metrics"u8)),
        };
    }
}
