using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>How much of one of X's limits is left.</summary>
public sealed class TwitterRateLimit
{
    /// <summary>How many requests the window allows.</summary>
    public long? Limit { get; init; }

    /// <summary>How many requests are left in the window.</summary>
    public long? Remaining { get; init; }

    /// <summary>When the next window begins.</summary>
    public DateTimeOffset? Reset { get; init; }

    /// <summary>The account's limit for 24 hours; null if X does not tell it.</summary>
    public TwitterRateLimit? User24h { get; init; }

    /// <summary>The application's limit for 24 hours; null if X does not tell it.</summary>
    public TwitterRateLimit? App24h { get; init; }

    internal static TwitterRateLimit? Read(JsonElement json) => !json.IsObject() ? null : new()
    {
        Limit = json.Long("limit"u8),
        Remaining = json.Long("remaining"u8),
        Reset = json.UnixTime("reset"u8),
        User24h = Read(json.Member("user_24h"u8)),
        App24h = Read(json.Member("app_24h"u8)),
    };
}
