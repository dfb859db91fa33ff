using System;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative.Calls;

/// <summary>The parameters of a client. Immutable: new tokens make a new object, so threads see the old ones or the new ones.</summary>
internal sealed class ClientParameters
{
    private readonly TwitterParameters _values;

    /// <param name="values">Nobody else may have a reference to them.</param>
    public ClientParameters(TwitterParameters values)
    {
        _values = values;
        Json = Encode(values);
        Server = Uri.TryCreate(values.ApiUrl, UriKind.Absolute, out Uri? url) ? url.Host : Accounts.DefaultServer;
    }

    /// <summary>The parameters as a JSON object in UTF-8, as requests have them.</summary>
    public byte[] Json { get; }

    /// <summary>The host of X's API.</summary>
    public string Server { get; }

    public TwitterParameters Copy() => _values.Copy();

    /// <summary>The JSON object with the parameters of a call in place of the client's.</summary>
    public byte[] JsonWith(TwitterParameters? given) => given is null ? Json : Encode(Merged(given));

    /// <summary>These parameters, overridden by others; without the tokens if the others name another account.</summary>
    public TwitterParameters Merged(TwitterParameters given) => Accounts.Merged(_values, given);

    /// <summary>The parameters without the account's tokens.</summary>
    public TwitterParameters OfApplication()
    {
        TwitterParameters values = _values.Copy();
        Accounts.RemoveTokens(values);
        return values;
    }

    /// <summary>Whether a call with these parameters is for the client's account.</summary>
    public bool IsOwnAccount(TwitterParameters? given) => given is null || Accounts.IsOwn(_values, given);

    /// <summary>Whether the client takes over the tokens that a call with these parameters gets.</summary>
    public bool AreOwnTokens(Function function, TwitterParameters? given) =>
        given is null || Accounts.AreOwnTokens(function.Name, _values, given);

    /// <summary>These parameters with the tokens of an answer; null if the answer has none.</summary>
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
