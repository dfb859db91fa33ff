using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Posts, lists and errors of X.</summary>
internal static partial class PostingChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        await report.Check("a post", () =>
        {
            TwitterResult<Tweet> result = client.CreateTextTweet("Hello, world");
            Expect.Equal("Hello, world", result.Value.Text);
            Expect.Equal(201, result.Http?.Status);
            Expect.Equal("oauth2", result.Http?.Auth);
            Expect.True(result.Http?.RateLimit?.Limit > 0, "no limit");
            Expect.Equal("Hello, world", client.GetTweet(result.Value.Id!).Value.Text);
        });
        await report.Check("a post asynchronously, with a poll", async () =>
        {
            Tweet tweet = (await client.CreatePollTweetAsync("Tea?", ["Yes", "No"], TimeSpan.FromMinutes(30))).Value;
            Expect.True((await client.DeleteTweetAsync(tweet.Id!)).Value, "not deleted");
        });
        await report.Check("the same again is a duplicate", async () =>
        {
            TwitterDuplicateException error =
                await Expect.ThrowsAsync<TwitterDuplicateException>(() => client.CreateTextTweetAsync("Hello, world"));
            Expect.Equal(TwitterOutcome.Rejected, error.Error.Outcome);
            Expect.Equal(403, error.Error.Status);
        });
        await report.Check("what is gone is not found", () =>
            Expect.Throws<TwitterNotFoundException>(() => client.GetTweet("1")));
        await report.Check("a limit says how long it lasts", async () =>
        {
            x.Fault("/2/tweets", """{"Status":{"status":429,"headers":{"retry-after":"600"}}}""");
            TwitterRateLimitedException error =
                await Expect.ThrowsAsync<TwitterRateLimitedException>(() => client.CreateTextTweetAsync("later"));
            Expect.Equal(TimeSpan.FromMinutes(10), error.RetryAfter);
        });
        await report.Check("a server that is not there", () =>
        {
            TwitterNetworkException error = Expect.Throws<TwitterNetworkException>(() => client.CreateTextTweet("a", new()
            {
                Parameters = new() { ApiUrl = "http://127.0.0.1:9", MaxRetries = 0 },
            }));
            Expect.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
        });
        await report.Check("a lost answer is told as such", async () =>
        {
            x.Fault("/2/tweets", """{"Drop":{"after_handling":true}}""");
            TwitterException error =
                await Expect.ThrowsAsync<TwitterException>(() => client.CreateTextTweetAsync("lost"));
            Expect.Equal(TwitterOutcome.Unknown, error.Error.Outcome);
            Expect.Equal(false, error.Error.IsRetryable);
        });
        await report.Check("any function by its name", async () =>
        {
            JsonElement json = (await client.CallAsync("create_text_tweet", new() { ["text"] = "by name" })).Json;
            Expect.Equal("by name", json.GetProperty("data").GetProperty("text").GetString());
#if NET8_0_OR_GREATER
            Answer? answer = (await client.CallAsync("get_me", null, SmokeJson.Default.Answer)).Value;
            Expect.Equal(x.Credential("screen_name"), answer?.Data?.Username);
#endif
            Expect.Equal(x.Credential("screen_name"), (await client.GetMeAsync()).Value.Username);
        });
        await report.Check("a list page by page", async () =>
        {
            string id = client.CreateTextTweet("liked").Value.Id!;
            x.Control("POST", "likes", $$"""{"tweet_id":"{{id}}","people":25}""");
            var users = new HashSet<string>();
            await foreach (User user in client.EnumerateLikingUsers(id, new() { Query = new() { ["max_results"] = 10 } }))
            {
                users.Add(user.Id!);
            }
            Expect.Equal(25, users.Count);
            TwitterResult<IReadOnlyList<User>> two =
                client.GetLikingUsers(id, new() { MaxPages = 2, Query = new() { ["max_results"] = 10 } });
            Expect.Equal(20, two.Value.Count);
            Expect.True(two.NextToken is not null && two.Incomplete is null, "no third page");
        });
    }

#if NET8_0_OR_GREATER
    internal sealed record Answer(Account? Data);

    internal sealed record Account(string? Username);

    [JsonSerializable(typeof(Answer))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    internal sealed partial class SmokeJson : JsonSerializerContext;
#endif
}
