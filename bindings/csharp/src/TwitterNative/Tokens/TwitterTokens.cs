using System;
using System.IO;
using System.Text;
using System.Text.Json;
using TwitterNative.Calls;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// What a sign-in gives: the tokens of OAuth 2.0, or the account's keys of OAuth 1.0a. Printing shows which are there,
/// never their values.
/// </summary>
public sealed record TwitterTokens : TwitterObject
{
    /// <summary>OAuth 2.0: the access token. It is valid for two hours.</summary>
    public string? AccessToken { get; init; }

    /// <summary>OAuth 2.0: the refresh token. It can be used once: a refresh gives a new one.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>OAuth 2.0: <c>bearer</c>.</summary>
    public string? TokenType { get; init; }

    /// <summary>OAuth 2.0: what the tokens may be used for, separated by spaces.</summary>
    public string? Scope { get; init; }

    /// <summary>OAuth 2.0: how long the access token is valid, counted from when X made it.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>OAuth 2.0: when the access token expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>OAuth 1.0a: the account's access token.</summary>
    public string? OAuthToken { get; init; }

    /// <summary>OAuth 1.0a: the secret of <see cref="OAuthToken"/>.</summary>
    public string? OAuthTokenSecret { get; init; }

    /// <summary>OAuth 1.0a: the account's user id.</summary>
    public string? UserId { get; init; }

    /// <summary>OAuth 1.0a: the account's name, without the @.</summary>
    public string? ScreenName { get; init; }

    /// <summary>The field of the JSON for each property, and the value that the property has for it.</summary>
    private static readonly (string Name, Func<TwitterTokens, object?> Value)[] s_fields =
    [
        ("access_token", static tokens => tokens.AccessToken),
        ("refresh_token", static tokens => tokens.RefreshToken),
        ("token_type", static tokens => tokens.TokenType),
        ("scope", static tokens => tokens.Scope),
        ("expires_in", static tokens => (long?)tokens.ExpiresIn?.TotalSeconds),
        ("expires_at", static tokens => tokens.ExpiresAt?.ToUnixTimeSeconds()),
        ("oauth_token", static tokens => tokens.OAuthToken),
        ("oauth_token_secret", static tokens => tokens.OAuthTokenSecret),
        ("user_id", static tokens => tokens.UserId),
        ("screen_name", static tokens => tokens.ScreenName),
    ];

    /// <summary>Reads what <see cref="ToJson"/> gave.</summary>
    /// <param name="json">A JSON object.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="JsonException"><paramref name="json"/> is no JSON object.</exception>
    public static TwitterTokens Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(Guard.NotNull(json, nameof(json)));
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? Read(document.RootElement.Clone())
            : throw new JsonException("Tokens are a JSON object.");
    }

    /// <summary>
    /// The tokens as a JSON object, to be stored. Fields that have no property are in it too. Properties that were changed
    /// since the tokens were read are written as they are now. The text is secret.
    /// </summary>
    public string ToJson()
    {
        TwitterTokens read = Read(Json);
        bool IsChanged((string Name, Func<TwitterTokens, object?> Value) field) =>
            !Equals(field.Value(this), field.Value(read));

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JsonText.Encoder }))
        {
            writer.WriteStartObject();
            if (Json.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in Json.EnumerateObject())
                {
                    if (!Array.Exists(s_fields, field => member.NameEquals(field.Name) && IsChanged(field)))
                    {
                        member.WriteTo(writer);
                    }
                }
            }
            foreach ((string name, Func<TwitterTokens, object?> value) in Array.FindAll(s_fields, IsChanged))
            {
                switch (value(this))
                {
                    case string text:
                        writer.WriteString(name, text);
                        break;
                    case long number:
                        writer.WriteNumber(name, number);
                        break;
                }
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Compares all fields, also those that have no property.</summary>
    /// <param name="other">Other tokens.</param>
    public bool Equals(TwitterTokens? other) =>
        ReferenceEquals(this, other) || (other is not null && ToJson() == other.ToJson());

    /// <summary>The hash code of the tokens.</summary>
    public override int GetHashCode() => (AccessToken, RefreshToken, OAuthToken).GetHashCode();

    internal static TwitterTokens Read(JsonElement json) => new()
    {
        Json = json,
        AccessToken = json.Text("access_token"u8),
        RefreshToken = json.Text("refresh_token"u8),
        TokenType = json.Text("token_type"u8),
        Scope = json.Text("scope"u8),
        ExpiresIn = json.Seconds("expires_in"u8),
        ExpiresAt = json.UnixTime("expires_at"u8),
        OAuthToken = json.Text("oauth_token"u8),
        OAuthTokenSecret = json.Text("oauth_token_secret"u8),
        UserId = json.Text("user_id"u8),
        ScreenName = json.Text("screen_name"u8),
    };

    /// <summary>Prints which tokens are there, when they expire, and whose they are.</summary>
    /// <param name="builder">What is printed so far.</param>
    protected override bool PrintMembers(StringBuilder builder)
    {
        int start = builder.Length;
        void Add(string name, bool isSet, string? shown = null)
        {
            if (isSet)
            {
                builder.Append(builder.Length > start ? ", " : "").Append(name).Append(" = ").Append(shown ?? "…");
            }
        }

        Add(nameof(AccessToken), AccessToken is not null);
        Add(nameof(RefreshToken), RefreshToken is not null);
        Add(nameof(OAuthToken), OAuthToken is not null);
        Add(nameof(OAuthTokenSecret), OAuthTokenSecret is not null);
        Add(nameof(Scope), Scope is not null, Scope);
        Add(nameof(ExpiresAt), ExpiresAt is not null, ExpiresAt?.ToString("u", null));
        Add(nameof(UserId), UserId is not null, UserId);
        Add(nameof(ScreenName), ScreenName is not null, ScreenName);
        return builder.Length > start;
    }
}
