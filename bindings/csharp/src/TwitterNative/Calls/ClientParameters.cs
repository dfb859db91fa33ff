using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative.Calls;

/// <summary>A client's parameters at one moment: never changed, so that threads see either the old tokens or the new ones.</summary>
internal sealed class ClientParameters
{
    private const string DefaultServer = "api.x.com";

    private readonly TwitterParameters _values;

    /// <param name="values">Not shared with anybody.</param>
    public ClientParameters(TwitterParameters values)
    {
        _values = values;
        Json = Encode(values);
        Server = Uri.TryCreate(values.ApiUrl, UriKind.Absolute, out Uri? url) ? url.Host : DefaultServer;
    }

    /// <summary>The parameters as a JSON object, ready for a request.</summary>
    public byte[] Json { get; }

    /// <summary>The host of X's API.</summary>
    public string Server { get; }

    public TwitterParameters Copy() => _values.Copy();

    /// <summary>The same with others laid over.</summary>
    public byte[] JsonWith(TwitterParameters? others) => others is null ? Json : Encode(LaidOver(others));

    public TwitterParameters LaidOver(TwitterParameters others)
    {
        TwitterParameters values = _values.Copy();
        values.LayOver(others);
        return values;
    }

    /// <summary>Those of the application, without the account's.</summary>
    public TwitterParameters OfApplication()
    {
        TwitterParameters values = _values.Copy();
        (values.AccessToken, values.RefreshToken, values.OAuthToken, values.OAuthTokenSecret) = (null, null, null, null);
        return values;
    }

    /// <summary>Whether a call with these parameters laid over is for the client's own account.</summary>
    public bool IsOwnAccount(TwitterParameters others)
    {
        string?[] naming =
        [
            others.AccessToken, others.RefreshToken, others.TokenFile, others.OAuthToken, others.OAuthTokenSecret,
            others.ClientId, others.ClientSecret, others.OAuthConsumerKey, others.OAuthConsumerSecret,
        ];
        return Array.TrueForAll(naming, string.IsNullOrEmpty)
            && (others.ApiUrl is null || Address(others.ApiUrl) == Address(_values.ApiUrl));
    }

    private static string Address(string? url) =>
        (string.IsNullOrEmpty(url) ? "https://" + DefaultServer : url!).TrimEnd('/');

    /// <summary>The same with the tokens of an answer; null where it has none.</summary>
    public ClientParameters? WithTokens(JsonElement answer)
    {
        TwitterParameters tokens = new()
        {
            AccessToken = answer.Text("access_token"u8),
            RefreshToken = answer.Text("refresh_token"u8),
            OAuthToken = answer.Text("oauth_token"u8),
            OAuthTokenSecret = answer.Text("oauth_token_secret"u8),
        };
        return tokens.AccessToken is null && tokens.OAuthToken is null ? null : new ClientParameters(LaidOver(tokens));
    }

    private static byte[] Encode(TwitterParameters values)
    {
        RequestWriter writer = RequestWriter.Begin();
        try
        {
            values.Write(writer);
            return writer.EndObject();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
