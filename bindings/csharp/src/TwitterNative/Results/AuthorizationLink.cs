using System;
using System.Text;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>Where a person authorizes the application. State and verifier are secrets of the sign-in, and not printed.</summary>
public sealed record AuthorizationLink : TwitterObject
{
    /// <summary>The address for the person's browser.</summary>
    public Uri? Url { get; init; }

    /// <summary>Comes back with the redirect. To be kept only where the application has no secret.</summary>
    public string? State { get; init; }

    /// <summary>Proves that who began the sign-in ends it. To be kept only where the application has no secret.</summary>
    public string? CodeVerifier { get; init; }

    internal static AuthorizationLink Read(JsonElement json) => new()
    {
        Json = json,
        Url = Uri.TryCreate(json.Text("url"u8), UriKind.Absolute, out Uri? url) ? url : null,
        State = json.Text("state"u8),
        CodeVerifier = json.Text("code_verifier"u8),
    };

    /// <summary>Nothing: the address holds the state.</summary>
    /// <param name="builder">What is printed so far.</param>
    protected override bool PrintMembers(StringBuilder builder) => false;
}
