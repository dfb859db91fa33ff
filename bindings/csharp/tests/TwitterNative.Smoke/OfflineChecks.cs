using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Calls that send nothing.</summary>
internal static class OfflineChecks
{
    private static readonly TwitterClient s_client = new(new TwitterParameters { AccessToken = "planted-secret" });

    public static async Task Run(Report report)
    {
        await report.Check("a text is counted", () =>
        {
            TweetWeight weight = s_client.ParseTweet("Grüße aus Köln").Value;
            Expect.Equal(14, weight.WeightedLength);
            Expect.Equal(new TextRange(0, 13), weight.ValidRange);
        });
        await report.Check("and asynchronously", async () =>
            Expect.Equal(7, (await s_client.ParseTweetAsync("\U0001F600 日本")).Value.WeightedLength));
        await report.Check("half a surrogate is refused with its field, and U+0000 does no harm", () =>
        {
            TwitterInvalidRequestException error =
                Expect.Throws<TwitterInvalidRequestException>(() => s_client.ParseTweet("a\uD800b"));
            Expect.Equal("text", error.Error.Field);
            Expect.Equal(false, s_client.ParseTweet("").Value.IsValid);
            _ = s_client.ParseTweet("a\0b").Value;
        });
        await report.Check("the OAuth 1.0a header of X's own example", () =>
        {
            var client = new TwitterClient(new TwitterParameters
            {
                OAuthConsumerKey = "xvz1evFS4wEEPTGEFPHBog",
                OAuthConsumerSecret = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
                OAuthToken = "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                OAuthTokenSecret = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
            });
            string header = client.CreateAuthorizationHeaderV1(
                "POST", "https://api.x.com/1.1/statuses/update.json?include_entities=true", new()
                {
                    Fields = new() { ["status"] = "Hello Ladies + Gentlemen, a signed OAuth request!" },
                    OAuthNonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
                    OAuthTimestamp = "1318622958",
                }).Value;
            Expect.Contains("Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D", header);
        });
        await report.Check("secrets are not printed", () =>
        {
            Expect.Lacks("planted-secret", s_client.ToString());
            Expect.Lacks("planted-secret", s_client.Parameters.ToString());
            Expect.Lacks("planted-secret", s_client.CreateAuthorizationHeaderV2().ToString());
            Expect.Lacks("planted-secret", new TwitterTokens { AccessToken = "planted-secret" }.ToString());
            Expect.Equal("planted-secret", s_client.Parameters.AccessToken);
        });
        await report.Check("parameters of a file", () =>
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, """{"client_id":"abc","timeout_seconds":"90","auth":"oauth1","check_limits":false}""");
                TwitterParameters parameters = TwitterParameters.Load(path);
                Expect.Equal("abc", parameters.ClientId);
                Expect.Equal(TimeSpan.FromSeconds(90), parameters.Timeout);
                Expect.Equal(TwitterAuth.OAuth1, parameters.Auth);
                Expect.Equal(false, parameters.CheckLimits);
                Expect.Equal("TwitterParameters { client_id, auth, timeout_seconds, check_limits }", parameters.ToString());
            }
            finally
            {
                File.Delete(path);
            }
            Expect.Throws<TwitterFileException>(() => TwitterParameters.Load("/no/such/file.json"));
            TwitterInvalidRequestException error =
                Expect.Throws<TwitterInvalidRequestException>(() => TwitterParameters.Parse("""{"client_idd":"abc"}"""));
            Expect.Equal("client_id", error.Error.Suggestion);
        });
        await report.Check("what is wrong is named", () =>
        {
            TwitterInvalidRequestException error =
                Expect.Throws<TwitterInvalidRequestException>(() => s_client.Call("create_text_tweet", new() { ["tex"] = "a" }));
            Expect.Equal("tex", error.Error.Field);
            Expect.Equal("text", error.Error.Suggestion);
            Expect.Equal("text", Expect.Throws<TwitterInvalidRequestException>(
                () => s_client.CreateTextTweet("a", new() { Text = "b" })).Error.Field);
            Expect.Throws<ArgumentNullException>(() => s_client.CreateTextTweet(null!));
        });
        await report.Check("a missing key is named", async () =>
        {
            var client = new TwitterClient(new TwitterParameters());
            TwitterMissingCredentialsException error = await Expect.ThrowsAsync<TwitterMissingCredentialsException>(
                () => client.CreateTextTweetAsync("a"));
            Expect.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
            Expect.True(error.Error.Missing.Contains("access_token"), error.Message);
        });
        await report.Check("the library describes itself", () =>
            Expect.True(s_client.Describe().Value.Any(function => function.Name == "create_text_tweet"), "no function"));
        await report.Check("other parameters for one client and one call", () =>
        {
            ITwitterClient other = s_client.With(new TwitterParameters { AccessToken = "other" });
            Expect.Equal("Bearer other", other.CreateAuthorizationHeaderV2().Value);
            Expect.Equal("Bearer third", other.CreateAuthorizationHeaderV2(
                new() { Parameters = new() { AccessToken = "third" } }).Value);
            Expect.Equal("Bearer planted-secret", s_client.CreateAuthorizationHeaderV2().Value);
        });
    }
}
