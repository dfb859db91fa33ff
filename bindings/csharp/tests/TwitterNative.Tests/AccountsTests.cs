using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>The parameters of one call never change whose client it is, and never mix two accounts.</summary>
public sealed class AccountsTests : AgainstX
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnotherAccountsRefreshLeavesTheClientAlone(bool isAsync)
    {
        (TwitterClient client, List<TwitterTokens> heard) = Listened(X.SignedIn());
        string?[] before = Account(client.Parameters);
        (string userId, TwitterParameters others) = SomebodyElse();
        RefreshTokenOptions options = new() { Parameters = others };
        TwitterTokens fresh = isAsync
            ? (await client.RefreshTokenAsync(options)).Value
            : client.RefreshToken(options).Value;
        Assert.NotEqual(others.AccessToken, fresh.AccessToken);
        Assert.Equal(before, Account(client.Parameters));
        Assert.Empty(heard);
        Assert.Equal(X.Credential("user_id"), client.GetMe().Value.Id);
        Assert.Equal(userId, MeBy(client, new() { AccessToken = fresh.AccessToken }));
        // The client's own goes on as before, also where the call names the token that the client has.
        TwitterTokens own = client.RefreshToken(
            new() { Parameters = new() { RefreshToken = client.Parameters.RefreshToken } }).Value;
        Assert.Equal([own], heard);
        Assert.Equal(own.RefreshToken, client.Parameters.RefreshToken);
    }

    [Fact]
    public void AClientWithoutAnAccountStaysWithout()
    {
        (TwitterClient site, List<TwitterTokens> heard) = Listened(X.Application());
        site.RefreshToken(new() { Parameters = SomebodyElse().Tokens });
        Assert.Empty(heard);
        Assert.Throws<TwitterMissingCredentialsException>(() => site.GetMe());
    }

    /// <summary>With both sets of keys the library sends an upload again by OAuth 1.0a: one account would post the other's.</summary>
    [Fact]
    public void AMissingScopeIsNotMadeGoodByTheClientsKeys()
    {
        TwitterClient client = new(OAuth1());
        TwitterParameters narrow = SomebodyElse("""["tweet.write","tweet.read","users.read"]""").Tokens;
        X.Control("DELETE", "requests");
        Assert.Throws<TwitterNotPermittedException>(() => client.UploadMediaFile(
            TwitterFile.FromBytes(new byte[] { 0xff, 0xd8, 0xff, 0xe0 }, "a.jpg"), new() { Parameters = narrow }));
        Assert.NotEmpty(Requests());
        Assert.DoesNotContain(Requests(), request => request.GetProperty("auth").GetString() == "oauth1");
    }

    [Fact]
    public void TheClientsTokenFileIsNotMadeAnewFromAnotherAccountsTokens()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            TwitterParameters parameters = X.SignedIn();
            parameters.TokenFile = file;
            (TwitterClient client, List<TwitterTokens> heard) = Listened(parameters);
            Assert.Equal(X.Credential("user_id"), client.GetMe().Value.Id);
            string content = File.ReadAllText(file);
            (string userId, TwitterParameters others) = SomebodyElse();
            Assert.Equal(userId, MeBy(client, others));
            client.RefreshToken(new() { Parameters = others });
            Assert.Equal(content, File.ReadAllText(file));
            Assert.Empty(heard);
            Assert.Equal(X.Credential("user_id"), client.GetMe().Value.Id);
        }
        finally
        {
            File.Delete(file);
            File.Delete(file + ".lock");
        }
    }

    [Fact]
    public void AnotherApplicationGetsNoSecretOrTokenOfTheClients()
    {
        TwitterParameters all = X.SignedIn();
        TwitterParameters keys = OAuth1();
        (all.OAuthConsumerKey, all.OAuthConsumerSecret) = (keys.OAuthConsumerKey, keys.OAuthConsumerSecret);
        (all.OAuthToken, all.OAuthTokenSecret) = (keys.OAuthToken, keys.OAuthTokenSecret);
        TwitterClient client = new(all);
        TwitterParameters used = client.With(new() { ClientId = "another" }).Parameters;
        Assert.All(Account(used).Append(used.ClientSecret), Assert.Null);
        Assert.Equal(all.OAuthConsumerSecret, used.OAuthConsumerSecret);
        used = client.With(new() { OAuthConsumerKey = "another" }).Parameters;
        Assert.All(Account(used).Append(used.OAuthConsumerSecret), Assert.Null);
        used = client.With(new() { ClientId = all.ClientId, MaxRetries = 1 }).Parameters;
        Assert.Equal(Account(all).Append(all.ClientSecret), Account(used).Append(used.ClientSecret));
    }

    private static (TwitterClient Client, List<TwitterTokens> Heard) Listened(TwitterParameters parameters)
    {
        var heard = new List<TwitterTokens>();
        TwitterClient client = new(parameters);
        client.TokensChanged += (_, change) => heard.Add(change.Tokens);
        return (client, heard);
    }

    private static string?[] Account(TwitterParameters parameters) =>
    [
        parameters.AccessToken, parameters.RefreshToken, parameters.TokenFile, parameters.OAuthToken,
        parameters.OAuthTokenSecret,
    ];

    private static string MeBy(TwitterClient client, TwitterParameters parameters) =>
        client.GetMe(new() { Parameters = parameters }).Value.Id!;

    /// <summary>Another account of the same application, by OAuth 2.0.</summary>
    private static (string UserId, TwitterParameters Tokens) SomebodyElse(
        string scopes = """["tweet.read","tweet.write","users.read","offline.access"]""")
    {
        string userId = X.Control(
            "POST", "accounts", $$"""{"screen_name":"a{{Guid.NewGuid().ToString("N")[..10]}}"}""")
            .GetProperty("user_id").GetString()!;
        JsonElement tokens = X.Control("POST", "tokens", $$"""{"scopes":{{scopes}},"user_id":"{{userId}}"}""");
        string? Token(string name) => tokens.TryGetProperty(name, out JsonElement token) ? token.GetString() : null;
        return (userId, new() { AccessToken = Token("access_token"), RefreshToken = Token("refresh_token") });
    }
}
