using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Sign-ins, and the tokens that they give.</summary>
internal static class SignInChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        await report.Check("a person signs in", async () =>
        {
            var client = new TwitterClient(x.Application());
            TwitterTokens? told = null;
            client.TokensChanged += (_, change) => told = change.Tokens;
            AuthorizationLink link = client.GetAuthorizationLink(new() { Session = "a session" }).Value;
            Expect.Lacks(link.State!, link.ToString());
            JsonElement consent = x.Control("POST", "consent", $$"""{"url":"{{link.Url!.OriginalString}}"}""");
            string redirect = consent.GetProperty("redirect").GetString()!;
            TwitterTokens tokens = (await client.HandleIncomingRequestAfterAuthorizationAsync(
                redirect, new() { Session = "a session" })).Value;
            Expect.True(tokens.AccessToken is not null && tokens.ExpiresAt > DateTimeOffset.UtcNow, "no token");
            Expect.Equal(tokens, told);
            Expect.Equal(tokens.AccessToken, client.Parameters.AccessToken);
            Expect.Lacks(tokens.AccessToken!, tokens.ToString());
            Expect.Lacks(tokens.RefreshToken!, tokens.ToString());
            Expect.Equal(x.Credential("screen_name"), client.GetMe().Value.Username);
        });
        await report.Check("refreshes of one client take turns", async () =>
        {
            var client = new TwitterClient(x.SignedIn());
            var refreshed = new List<string>();
            client.TokensChanged += (_, change) =>
            {
                refreshed.Add(change.Tokens.RefreshToken!);
                if (refreshed.Count == 1)
                {
                    // A handler may use the client, and sign in itself.
                    client.RefreshToken();
                }
            };
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.RefreshTokenAsync()));
            Expect.Equal(5, refreshed.Distinct().Count());
            Expect.Equal(refreshed.Last(), client.Parameters.RefreshToken);
            Expect.Equal(x.Credential("screen_name"), client.GetMe().Value.Username);
        });
        await report.Check("a wrong redirect asks for a new sign-in", () =>
        {
            var client = new TwitterClient(x.Application());
            TwitterAuthorizationException error = Expect.Throws<TwitterAuthorizationException>(
                () => client.HandleIncomingRequestAfterAuthorization("?error=access_denied&state=x"));
            Expect.Equal("state", error.Error.Reason);
        });
        await report.Check("the first step of a sign-in by OAuth 1.0a", () =>
        {
            var client = new TwitterClient(new TwitterParameters
            {
                ApiUrl = x.Url,
                OAuthConsumerKey = x.Credential("oauth_consumer_key"),
                OAuthConsumerSecret = x.Credential("oauth_consumer_secret"),
            });
            RequestToken token = client.OAuth1RequestToken().Value;
            Expect.Lacks(token.OAuthTokenSecret!, token.ToString());
            Expect.True(token.AuthorizeUrl is not null, "no address");
        });
    }
}
