using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A picture, GIF or video of a post. X sends it if the query asks for it (<c>expansions</c>, <c>media.fields</c>).</summary>
public sealed record Media : TwitterObject
{
    /// <summary>The key by which <see cref="Tweet.MediaKeys"/> names it.</summary>
    public string? MediaKey { get; init; }

    /// <summary><c>photo</c>, <c>video</c> or <c>animated_gif</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The address of a picture.</summary>
    public string? Url { get; init; }

    /// <summary>The address of the picture that is shown before a video plays.</summary>
    public string? PreviewImageUrl { get; init; }

    /// <summary>The description for screen readers.</summary>
    public string? AltText { get; init; }

    /// <summary>The width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>How long a video is.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How often a video was seen.</summary>
    public long? ViewCount { get; init; }

    internal static Media Read(JsonElement json) => new()
    {
        Json = json,
        MediaKey = json.Text("media_key"u8),
        Type = json.Text("type"u8),
        Url = json.Text("url"u8),
        PreviewImageUrl = json.Text("preview_image_url"u8),
        AltText = json.Text("alt_text"u8),
        Width = json.Int("width"u8),
        Height = json.Int("height"u8),
        Duration = json.Int("duration_ms"u8) is int milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        ViewCount = json.Member("public_metrics"u8).Long("view_count"u8),
    };
}
