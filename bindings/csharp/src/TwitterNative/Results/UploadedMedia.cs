using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A file that is at X, to be used in a post by its id.</summary>
public sealed record UploadedMedia : TwitterObject
{
    /// <summary>The id, for <see cref="TweetOptions.MediaIds"/>.</summary>
    public string? MediaId { get; init; }

    /// <summary>The key by which X names it in posts.</summary>
    public string? MediaKey { get; init; }

    /// <summary>How long it can be used.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>How far X has processed a video or GIF; null if there is nothing to process.</summary>
    public MediaProcessing? Processing { get; init; }

    /// <summary>Reads the library's result of an upload, or X's answer about the status.</summary>
    internal static UploadedMedia Read(JsonElement json)
    {
        JsonElement media = json.Member("data"u8) is { ValueKind: JsonValueKind.Object } data ? data : json;
        return new()
        {
            Json = json,
            MediaId = media.Text("media_id"u8, "id"u8),
            MediaKey = media.Text("media_key"u8),
            ExpiresAfter = media.Seconds("expires_after_secs"u8),
            Processing = MediaProcessing.Read(media.Member("processing_info"u8)),
        };
    }
}
