using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>The HTML that shows a post or a timeline on a page.</summary>
public sealed record OEmbed : TwitterObject
{
    /// <summary>The HTML for the page.</summary>
    public string? Html { get; init; }

    /// <summary>The address of what is shown.</summary>
    public string? Url { get; init; }

    /// <summary>The author's name.</summary>
    public string? AuthorName { get; init; }

    /// <summary>The address of the author's profile.</summary>
    public string? AuthorUrl { get; init; }

    /// <summary>The width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels. X leaves it out for posts: their height depends on the page.</summary>
    public int? Height { get; init; }

    /// <summary>How long the answer may be kept.</summary>
    public TimeSpan? CacheAge { get; init; }

    internal static OEmbed Read(JsonElement json) => new()
    {
        Json = json,
        Html = json.Text("html"u8),
        Url = json.Text("url"u8),
        AuthorName = json.Text("author_name"u8),
        AuthorUrl = json.Text("author_url"u8),
        Width = json.Int("width"u8),
        Height = json.Int("height"u8),
        CacheAge = json.Long("cache_age"u8) is long seconds && seconds is >= 0 and < 900_000_000_000
            ? TimeSpan.FromSeconds(seconds)
            : null,
    };
}
