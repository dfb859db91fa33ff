using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TwitterNative.Calls;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Each kind of failure has its exception, and each field of an error its property.</summary>
public sealed class ErrorTests : AgainstX
{
    [Theory]
    [InlineData("invalid_request", null, typeof(TwitterInvalidRequestException))]
    [InlineData("missing_credentials", null, typeof(TwitterMissingCredentialsException))]
    [InlineData("authorization", null, typeof(TwitterAuthorizationException))]
    [InlineData("io", null, typeof(TwitterFileException))]
    [InlineData("network", null, typeof(TwitterNetworkException))]
    [InlineData("timeout", null, typeof(TwitterTimeoutException))]
    [InlineData("rate_limited", null, typeof(TwitterRateLimitedException))]
    [InlineData("media_failed", null, typeof(TwitterMediaFailedException))]
    [InlineData("unexpected_response", null, typeof(TwitterUnexpectedResponseException))]
    [InlineData("internal", null, typeof(TwitterInternalException))]
    [InlineData("of_next_year", null, typeof(TwitterUnknownException))]
    [InlineData("api", null, typeof(TwitterApiException))]
    [InlineData("api", "of_next_year", typeof(TwitterApiException))]
    [InlineData("api", "duplicate", typeof(TwitterDuplicateException))]
    [InlineData("api", "credits", typeof(TwitterOutOfCreditsException))]
    [InlineData("api", "spend_cap", typeof(TwitterOutOfCreditsException))]
    [InlineData("api", "missing_scope", typeof(TwitterNotPermittedException))]
    [InlineData("api", "app_permissions", typeof(TwitterNotPermittedException))]
    [InlineData("api", "access_level", typeof(TwitterNotPermittedException))]
    [InlineData("api", "not_found", typeof(TwitterNotFoundException))]
    public void EachKindHasItsException(string kind, string? problem, Type expected)
    {
        TwitterException error = Failure(
            $$"""{"kind":"{{kind}}","message":"Said."{{(problem is null ? "" : $",\"problem\":\"{problem}\"")}}}""");
        Assert.IsType(expected, error);
        Assert.Equal(("Said.", kind, problem), (error.Message, error.Error.Kind, error.Error.Problem));
    }

    [Fact]
    public void EachFieldIsAProperty()
    {
        TwitterException error = Failure(
            """
            {"kind":"api","message":"Said.","retryable":true,"outcome":"rejected","status":403,"code":"187","title":"Forbidden",
             "problem":"p","reason":"r","field":"files[1]","suggestion":"s","path":"/a","os_error":2,"step":"upload",
             "state":"failed","media_id":"7","media_ids":["7","8"],"missing":["client_id"],"retry_after":90,
             "posted":[{"id":"20","text":"a"}],"next":1,"details":{"x":1},"of_next_year":true}
            """);
        TwitterError told = error.Error;
        Assert.True(told.IsRetryable);
        Assert.Equal(TwitterOutcome.Rejected, told.Outcome);
        Assert.Equal((403, "187", "Forbidden", "p", "r"), (told.Status, told.Code, told.Title, told.Problem, told.Reason));
        Assert.Equal(("files[1]", "s", "/a", 2), (told.Field, told.Suggestion, told.Path, told.OSError));
        Assert.Equal(("upload", "failed", "7"), (told.Step, told.State, told.MediaId));
        Assert.Equal(["7", "8"], told.MediaIds);
        Assert.Equal(["client_id"], told.Missing);
        Assert.Equal(("20", 1), (Assert.Single(told.Posted).Id, told.Next));
        Assert.Equal(TimeSpan.FromSeconds(90), told.RetryAfter);
        Assert.Equal(1, told.Details.GetProperty("x").GetInt32());
        Assert.True(told.Json.GetProperty("of_next_year").GetBoolean());
    }

    /// <summary>What the library's own types write is what these have properties for: nothing is forgotten in either.</summary>
    [Theory]
    [InlineData("core/src/base/error.rs", "Report", typeof(TwitterError))]
    [InlineData("core/src/x/http_report.rs", "HttpReport", typeof(TwitterHttp))]
    public void TheLibrarysMembersAreTheProperties(string source, string type, Type read)
    {
        string code = File.ReadAllText(Path.Combine(Programs.Package, "../..", source));
        string body = Regex.Match(code, $@"struct {type} \{{(.*?)^\}}", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        body = Regex.Replace(body, @"#\[serde\(skip\)\]\s*pub \w+", "");
        IEnumerable<string> written = Regex.Matches(body, @"pub (\w+):").Select(match => match.Groups[1].Value switch
        {
            "retryable" => "IsRetryable",
            "os_error" => "OSError",
            string name => Pascal(name),
        });
        IEnumerable<string> properties = read.GetProperties().Select(property => property.Name).Where(name => name != "Json");
        Assert.Equal(written.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
    }

    private static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The members of <c>http</c> as they are documented. There is a property for each.</summary>
    [Fact]
    public void EachMemberOfHttpIsAProperty()
    {
        const string Window = "{\"limit\":100,\"remaining\":99,\"reset\":1790000000}";
        using var told = JsonDocument.Parse(
            $$$"""
            {"status":201,"requests":2,"attempts":3,"auth":"oauth2","transaction_id":"t","already":true,
             "rate_limit":{"limit":100,"remaining":99,"reset":1790000000,"user_24h":{{{Window}}},"app_24h":{{{Window}}}}}
            """);
        AllIsRead(told.RootElement, TwitterHttp.Read(told.RootElement)!);
    }

    /// <summary>No member of an object of the library may be without a property that has its value.</summary>
    private static void AllIsRead(JsonElement json, object read)
    {
        var properties = read.GetType().GetProperties().Where(property => property.Name != "Json")
            .ToDictionary(property => property.Name, property => property.GetValue(read));
        foreach (JsonProperty member in json.EnumerateObject())
        {
            object? value = properties[Pascal(member.Name)];
            switch (value)
            {
                case TwitterRateLimit inner:
                    AllIsRead(member.Value, inner);
                    break;
                case DateTimeOffset time:
                    Assert.Equal(member.Value.GetInt64(), time.ToUnixTimeSeconds());
                    break;
                default:
                    Assert.Equal(member.Value.ToString(), $"{value}");
                    break;
            }
        }
    }

    [Fact]
    public void AnOutcomeThatIsNewIsUnknown() =>
        Assert.Equal(TwitterOutcome.Unknown, Failure("""{"kind":"api","message":"","outcome":"maybe"}""").Error.Outcome);

    [Fact]
    public void OneClassHoldsAllFailures()
    {
        IEnumerable<Type> kinds = typeof(TwitterException).Assembly.GetExportedTypes()
            .Where(type => typeof(Exception).IsAssignableFrom(type));
        foreach (Type kind in kinds)
        {
            Assert.True(
                typeof(TwitterException).IsAssignableFrom(kind)
                || kind == typeof(TwitterCanceledException) || kind == typeof(TwitterLibraryException), kind.Name);
        }
        Assert.True(typeof(OperationCanceledException).IsAssignableFrom(typeof(TwitterCanceledException)));
        Assert.True(typeof(DllNotFoundException).IsAssignableFrom(typeof(TwitterLibraryException)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task XsWordsArrive(bool isAsync)
    {
        TwitterClient client = SignedIn();
        string text = NewText();
        client.CreateTextTweet(text);
        TwitterDuplicateException error = isAsync
            ? await Assert.ThrowsAsync<TwitterDuplicateException>(() => client.CreateTextTweetAsync(text))
            : Assert.Throws<TwitterDuplicateException>(() => client.CreateTextTweet(text));
        Assert.Equal((403, TwitterOutcome.Rejected, false), (error.Error.Status, error.Error.Outcome, error.Error.IsRetryable));
        Assert.Contains("duplicate", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(403, error.Http?.Status);
        Assert.Equal("oauth2", error.Http?.Auth);
    }

    [Fact]
    public void CreditsPermissionsAndAbsenceAreTold()
    {
        TwitterClient client = SignedIn();
        Answer("/2/tweets", 402, """{"title":"CreditsDepleted","detail":"No credits.","type":"https://api.twitter.com/2/problems/credits","status":402}""");
        Assert.Throws<TwitterOutOfCreditsException>(() => client.CreateTextTweet(NewText()));
        Assert.Throws<TwitterNotFoundException>(() => client.GetTweet("1"));
        Answer("/2/tweets", 403, """{"title":"Forbidden","detail":"Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.","type":"https://api.twitter.com/2/problems/oauth1-permissions","status":403}""");
        Assert.Throws<TwitterNotPermittedException>(() => client.CreateTextTweet(NewText()));
    }

    [Fact]
    public void ALimitSaysHowLongItLasts()
    {
        X.Fault("/2/tweets", """{"Status":{"status":429,"headers":{"retry-after":"600"}}}""");
        TwitterRateLimitedException error =
            Assert.Throws<TwitterRateLimitedException>(() => SignedIn().CreateTextTweet(NewText()));
        Assert.Equal(TimeSpan.FromMinutes(10), error.RetryAfter);
    }

    [Fact]
    public async Task ALostAnswerIsUnknown()
    {
        X.Fault("/2/tweets", """{"Drop":{"after_handling":true}}""");
        TwitterException error =
            await Assert.ThrowsAnyAsync<TwitterException>(() => SignedIn().CreateTextTweetAsync(NewText()));
        Assert.Equal((TwitterOutcome.Unknown, false), (error.Error.Outcome, error.Error.IsRetryable));
    }

    [Fact]
    public void AServerThatIsNotThereIsANetworkFailure()
    {
        var client = new TwitterClient(new TwitterParameters { ApiUrl = "http://127.0.0.1:9", AccessToken = "a", MaxRetries = 0, Proxy = "none" });
        TwitterNetworkException error = Assert.Throws<TwitterNetworkException>(() => client.CreateTextTweet("a"));
        Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
    }

    [Fact]
    public void TimeoutsAreNoSystemTimeouts()
    {
        X.Fault("/2/users/me", Stall);
        TwitterTimeoutException error = Assert.Throws<TwitterTimeoutException>(() => SignedIn().GetMe(
            new() { Parameters = new() { Deadline = TimeSpan.FromSeconds(1) } }));
        Assert.Null(error.Error.Outcome);
    }

    [Fact]
    public void NullArgumentsAreRefusedBeforeAnything()
    {
        TwitterClient client = SignedIn();
        Assert.Throws<ArgumentNullException>("text", () => client.CreateTextTweet(null!));
        Assert.Throws<ArgumentNullException>("id", () => { _ = client.GetTweetAsync(null!); });
        Assert.Throws<ArgumentNullException>(() => new TwitterClient(null!));
        Assert.Empty(Requests());
    }

    private static TwitterException Failure(string error) =>
        TwitterException.Of(Envelope.Read(Encoding.UTF8.GetBytes($$"""{"ok":false,"error":{{error}}}""")));
}
