using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>How much of one of X's limits is left.</summary>
public sealed class TwitterRateLimit
{
    /// <summary>How many requests the window allows.</summary>
    public long? Limit { get; init; }

    /// <summary>How many of them are left.</summary>
    public long? Remaining { get; init; }

    /// <summary>When the window begins anew.</summary>
    public DateTimeOffset? Reset { get; init; }

    /// <summary>The account's limit of 24 hours, where X tells it.</summary>
    public TwitterRateLimit? User24h { get; init; }

    /// <summary>The application's limit of 24 hours, where X tells it.</summary>
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
