using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>The facts of a call's last request to X.</summary>
public sealed class TwitterHttp
{
    /// <summary>The HTTP status; null if no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>How many requests the call made.</summary>
    public int Requests { get; init; }

    /// <summary>How many attempts the call made, retries included.</summary>
    public int Attempts { get; init; }

    /// <summary>Which keys signed the request: <c>oauth1</c>, <c>oauth2</c>, <c>bearer</c> or <c>none</c>.</summary>
    public string? Auth { get; init; }

    /// <summary>X's identifier of the request, for questions to its support.</summary>
    public string? TransactionId { get; init; }

    /// <summary>
    /// True if an earlier attempt of this call, whose answer was lost, did what was asked for: X answered that it was done
    /// already.
    /// </summary>
    public bool Already { get; init; }

    /// <summary>X's limits; null if the answer has none.</summary>
    public TwitterRateLimit? RateLimit { get; init; }

    /// <summary>The facts as the library gave them, with those that this version doesn't know.</summary>
    public JsonElement Json { get; init; }

    internal static TwitterHttp? Read(JsonElement json) => !json.IsObject() ? null : new()
    {
        Status = json.Int("status"u8),
        Requests = json.Int("requests"u8) ?? 0,
        Attempts = json.Int("attempts"u8) ?? 0,
        Auth = json.Text("auth"u8),
        TransactionId = json.Text("transaction_id"u8),
        Already = json.Flag("already"u8) ?? false,
        RateLimit = TwitterRateLimit.Read(json.Member("rate_limit"u8)),
        Json = json,
    };
}
