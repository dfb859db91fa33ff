using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Parameters and options arrive as they are meant.</summary>
public sealed class ConversionTests : AgainstX
{
    [Fact]
    public void SecondsAreRoundedUp()
    {
        var client = new TwitterClient(new TwitterParameters { Timeout = TimeSpan.FromMilliseconds(1_200), Deadline = TimeSpan.FromMinutes(2) });
        TwitterParameters inUse = client.GetStandardParameters().Value;
        Assert.Equal(TimeSpan.FromSeconds(2), inUse.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(120), inUse.Deadline);
    }

    [Fact]
    public void FilesOfParametersAreChecked()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "\uFEFF{\"client_id\":\"abc\",\"timeout_seconds\":\"90\",\"auth\":\"oauth1\",\"check_limits\":false}");
            TwitterParameters parameters = TwitterParameters.Load(path);
            Assert.Equal(("abc", TimeSpan.FromSeconds(90), TwitterAuth.OAuth1, false),
                (parameters.ClientId, parameters.Timeout, parameters.Auth, parameters.CheckLimits));
            Assert.Equal("TwitterParameters { client_id, auth, timeout_seconds, check_limits }", parameters.ToString());
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Equal("/no/such/file.json", Assert.Throws<TwitterFileException>(() => TwitterParameters.Load("/no/such/file.json")).Error.Path);
        Assert.Equal("client_id", Assert.Throws<TwitterInvalidRequestException>(
            () => TwitterParameters.Parse("""{"client_idd":"abc"}""")).Error.Suggestion);
        Assert.Throws<TwitterInvalidRequestException>(() => TwitterParameters.Parse("/etc/passwd"));
    }

    [Fact]
    public void OptionsAreReadAtTheCall()
    {
        var parameters = new TwitterParameters { ApiUrl = X.Url, AccessToken = "first" };
        var client = new TwitterClient(parameters);
        parameters.AccessToken = "second";
        Assert.Equal("Bearer first", client.CreateAuthorizationHeaderV2().Value);
        client.Parameters.AccessToken = "third";
        Assert.Equal("Bearer first", client.CreateAuthorizationHeaderV2().Value);
        Assert.Equal("Bearer other", client.CreateAuthorizationHeaderV2(new() { Parameters = new() { AccessToken = "other" } }).Value);
    }

    [Fact]
    public async Task OptionsMayBeChangedWhileTheCallRuns()
    {
        TwitterClient client = SignedIn();
        X.Fault("/2/tweets", """{"Delay":{"milliseconds":300}}""");
        string text = NewText();
        var options = new TweetOptions { Text = text };
        Task<TwitterResult<Tweet>> call = client.CreateCustomTweetAsync(options);
        options.Text = "changed";
        Assert.Equal(text, (await call).Value.Text);
    }

    [Fact]
    public void NewerFieldsGetThrough()
    {
        TwitterClient client = SignedIn();
        string text = NewText();
        Assert.Equal(text, client.CreateCustomTweet(new() { AdditionalFields = new() { ["text"] = text } }).Value.Text);
        TwitterInvalidRequestException error = Assert.Throws<TwitterInvalidRequestException>(
            () => client.CreateTextTweet("a", new() { AdditionalFields = new() { ["repli"] = new JsonObject() } }));
        Assert.Equal(("repli", "reply"), (error.Error.Field, error.Error.Suggestion));
        Assert.Equal("parameters.clientid", Assert.Throws<TwitterInvalidRequestException>(
            () => new TwitterClient(new TwitterParameters { Additional = new() { ["clientid"] = "a" } }).GetStandardParameters()).Error.Field);
    }

    [Fact]
    public async Task AnyFunctionByItsName()
    {
        TwitterClient client = SignedIn();
        string text = NewText();
        Assert.Equal(text, client.Call("create_text_tweet", new() { ["text"] = text }).Json.GetProperty("data").GetProperty("text").GetString());
        string id = (await client.CallAsync(
            "upload_media_file",
            new() { ["file"] = new JsonObject { ["bytes"] = 0 }, ["type"] = "tweet_video", ["media_type"] = "video/mp4", ["wait"] = false },
            [new byte[5_000]])).Json.GetProperty("media_id").GetString()!;
        Assert.Equal(64, X.Sha256Of(id).Length);
        Assert.Throws<TwitterInvalidRequestException>(() => client.Call("no_such_function"));
    }

    [Fact]
    public void TokensArePrintedWithoutThem()
    {
        var tokens = new TwitterTokens { AccessToken = "planted", RefreshToken = "planted", OAuthTokenSecret = "planted", Scope = "tweet.read" };
        Assert.DoesNotContain("planted", tokens.ToString(), StringComparison.Ordinal);
        Assert.Contains("tweet.read", tokens.ToString(), StringComparison.Ordinal);
    }
}
