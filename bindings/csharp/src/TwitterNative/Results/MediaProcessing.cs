using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>How far X has processed a file.</summary>
public sealed record MediaProcessing : TwitterObject
{
    /// <summary><c>pending</c>, <c>in_progress</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public string? State { get; init; }

    /// <summary>How long to wait before asking again.</summary>
    public TimeSpan? CheckAfter { get; init; }

    /// <summary>How much is done, from 0 to 100.</summary>
    public int? ProgressPercent { get; init; }

    /// <summary>Why X could not process it.</summary>
    public string? Error { get; init; }

    internal static MediaProcessing? Read(JsonElement json) => !json.IsObject() ? null : new()
    {
        Json = json,
        State = json.Text("state"u8),
        CheckAfter = json.Seconds("check_after_secs"u8),
        ProgressPercent = json.Int("progress_percent"u8),
        Error = json.Member("error"u8).Text("message"u8, "name"u8),
    };
}
