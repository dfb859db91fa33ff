using System;
using System.Text;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>The request token of a sign-in by OAuth 1.0a. Token and secret are not printed.</summary>
public sealed record RequestToken : TwitterObject
{
    /// <summary>The request token; the parameter <see cref="TwitterParameters.OAuthToken"/> of the next step.</summary>
    public string? OAuthToken { get; init; }

    /// <summary>Its secret; the parameter <see cref="TwitterParameters.OAuthTokenSecret"/> of the next step.</summary>
    public string? OAuthTokenSecret { get; init; }

    /// <summary>The address where the person authorizes the application.</summary>
    public Uri? AuthorizeUrl { get; init; }

    internal static RequestToken Read(JsonElement json) => new()
    {
        Json = json,
        OAuthToken = json.Text("oauth_token"u8),
        OAuthTokenSecret = json.Text("oauth_token_secret"u8),
        AuthorizeUrl = Uri.TryCreate(json.Text("authorize_url"u8), UriKind.Absolute, out Uri? url) ? url : null,
    };

    /// <summary>Prints nothing: the address holds the token.</summary>
    /// <param name="builder">What is printed so far.</param>
    protected override bool PrintMembers(StringBuilder builder) => false;
}
