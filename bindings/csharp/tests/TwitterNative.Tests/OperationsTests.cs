using System;
using System.Collections.Specialized;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using System.Web;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>The operations of X's own document, called by their names.</summary>
public sealed class OperationsTests : AgainstX
{
    private const string Found = """{"data":[{"id":"1","text":"found","lang":"en"}],"meta":{"result_count":1}}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnOperationIsCalledByItsName(bool isAsync)
    {
        Answer("/2/tweets/search/recent", 200, Found);
        JsonObject request = new() { ["query"] = "cats & dogs", ["max_results"] = 10, ["tweet.fields"] = new JsonArray("lang", "created_at") };
        TwitterClient client = SignedIn();
        TwitterResult<JsonElement> found = isAsync
            ? await client.CallAsync("search_posts_recent", request)
            : client.Call("search_posts_recent", request);
        Assert.Equal("found", found.Json.GetProperty("data")[0].GetProperty("text").GetString());
        Assert.Equal(200, found.Http?.Status);
        JsonElement sent = Assert.Single(Requests());
        Assert.Equal("GET", sent.GetProperty("method").GetString());
        Assert.Equal("/2/tweets/search/recent", sent.GetProperty("path").GetString());
        NameValueCollection query = HttpUtility.ParseQueryString(sent.GetProperty("query").GetString()!);
        Assert.Equal(("cats & dogs", "10"), (query["query"], query["max_results"]));
        // One field under two names, tweets and posts: X takes either.
        Assert.Equal("lang,created_at", query["tweet.fields"] ?? query["post.fields"]);
    }

    [Fact]
    public async Task APartOfThePathIsAField()
    {
        Answer("/2/users/by/username/XDevelopers", 200, """{"data":{"id":"2244994945","username":"XDevelopers"}}""");
        TwitterResult<JsonElement> user =
            await SignedIn().CallAsync("get_users_by_username", new() { ["username"] = "XDevelopers" });
        Assert.Equal("2244994945", user.Json.GetProperty("data").GetProperty("id").GetString());
    }

    [Fact]
    public async Task AMistakeIsNamedBeforeAnythingIsSent()
    {
        TwitterClient client = SignedIn();
        TwitterInvalidRequestException missing = await Assert.ThrowsAsync<TwitterInvalidRequestException>(
            () => client.CallAsync("search_posts_recent", new() { ["max_results"] = 10 }));
        Assert.Equal("query", missing.Error.Field);
        TwitterInvalidRequestException misspelt = await Assert.ThrowsAsync<TwitterInvalidRequestException>(
            () => client.CallAsync("search_posts_recent", new() { ["qery"] = "cats", ["query"] = "cats" }));
        Assert.Equal(("qery", "query"), (misspelt.Error.Field, misspelt.Error.Suggestion));
        TwitterInvalidRequestException unknown = await Assert.ThrowsAsync<TwitterInvalidRequestException>(
            () => client.CallAsync("search_post_recent"));
        Assert.Contains("search_posts_recent", unknown.Message, StringComparison.Ordinal);
        Assert.Empty(Requests());
    }
}
