using System;
using System.Text;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>The address where a person authorizes the application. State and verifier are secret and not printed.</summary>
public sealed record AuthorizationLink : TwitterObject
{
    /// <summary>The address for the person's browser.</summary>
    public Uri? Url { get; init; }

    /// <summary>The state, which comes back with the redirect. Keep it if the application has no secret to make it from again.</summary>
    public string? State { get; init; }

    /// <summary>The PKCE code verifier, for the exchange of the code. Keep it if the application has no secret to make it from again.</summary>
    public string? CodeVerifier { get; init; }

    internal static AuthorizationLink Read(JsonElement json) => new()
    {
        Json = json,
        Url = Uri.TryCreate(json.Text("url"u8), UriKind.Absolute, out Uri? url) ? url : null,
        State = json.Text("state"u8),
        CodeVerifier = json.Text("code_verifier"u8),
    };

    /// <summary>Prints nothing: the address holds the state.</summary>
    /// <param name="builder">What is printed so far.</param>
    protected override bool PrintMembers(StringBuilder builder) => false;
}
