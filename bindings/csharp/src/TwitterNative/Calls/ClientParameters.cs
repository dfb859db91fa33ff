using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative.Calls;

/// <summary>A client's parameters at one moment: never changed, so that threads see either the old tokens or the new ones.</summary>
internal sealed class ClientParameters
{
    private readonly TwitterParameters _values;

    /// <param name="values">Not shared with anybody.</param>
    public ClientParameters(TwitterParameters values)
    {
        _values = values;
        Json = Encode(values);
        Server = Uri.TryCreate(values.ApiUrl, UriKind.Absolute, out Uri? url) ? url.Host : Accounts.DefaultServer;
    }

    /// <summary>The parameters as a JSON object, ready for a request.</summary>
    public byte[] Json { get; }

    /// <summary>The host of X's API.</summary>
    public string Server { get; }

    public TwitterParameters Copy() => _values.Copy();

    /// <summary>The same as a JSON object, with those of one call in place of them.</summary>
    public byte[] JsonWith(TwitterParameters? given) => given is null ? Json : Encode(Merged(given));

    /// <summary>The same with others in place of them; without the tokens where these name another account.</summary>
    public TwitterParameters Merged(TwitterParameters given) => Accounts.Merged(_values, given);

    /// <summary>Those of the application, without the account's.</summary>
    public TwitterParameters OfApplication()
    {
        TwitterParameters values = _values.Copy();
        Accounts.RemoveTokens(values);
        return values;
    }

    /// <summary>Whether a call with these parameters is for the client's own account.</summary>
    public bool IsOwnAccount(TwitterParameters? given) => given is null || Accounts.IsOwn(_values, given);

    /// <summary>Whether the tokens that a call with these parameters brings are the client's from then on.</summary>
    public bool AreOwnTokens(Function function, TwitterParameters? given) =>
        given is null || Accounts.AreOwnTokens(function.Name, _values, given);

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
        if (tokens.AccessToken is null && tokens.OAuthToken is null)
        {
            return null;
        }
        TwitterParameters values = _values.Copy();
        values.LayOver(tokens);
        return new ClientParameters(values);
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
