using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>
/// Half of a surrogate pair, which a text has that was cut in the middle of a character, is refused with its field,
/// wherever it goes in. It is never posted as something else.
/// </summary>
public sealed class SurrogateTests : AgainstX
{
    private const string High = "cut \ud83d";
    private const string Low = "\ude00 cut";

    private static readonly Dictionary<string, Action<TwitterClient>> s_calls = new()
    {
        ["text"] = client => client.CreateTextTweet(High),
        ["alt_text"] = client => client.SetMediaMetadata("1", Low),
        ["poll_options[1]"] = client => client.CreatePollTweet("a", ["b", High + " b"], TimeSpan.FromMinutes(5)),
        ["parameters.client_id"] = client => client.With(new() { ClientId = Low }).GetMe(),
        ["parameters.proxy"] = client => client.GetMe(new() { Parameters = new() { Proxy = High } }),
        ["reply.in_reply_to_tweet_id"] = client => client.CreateTextTweet(
            "a", new() { AdditionalFields = new() { ["reply"] = new JsonObject { ["in_reply_to_tweet_id"] = Low } } }),
        ["query.expansions"] = client => client.GetTweet("1", new() { Query = new() { ["expansions"] = High } }),
        ["files[0]"] = client => client.CreateImageTweet("a", [TwitterFile.FromPath("/tmp/" + High + ".png")]),
        ["files[0].name"] = client => client.CreateImageTweet("a", [TwitterFile.FromBytes(new byte[9], High + ".png")]),
        ["json.a[0]"] = client => client.Call(
            "request", new() { ["method"] = "POST", ["path"] = "/2/tweets", ["json"] = new JsonObject { ["a"] = new JsonArray(High) } }),
        ["json.b"] = client => client.Call(
            "request", Parsed("""{"method":"POST","path":"/2/tweets","json":{"b":"cut \ud83d"}}""")),
    };

    /// <summary>Names that are cut, by where they are; parsed JSON is another way in.</summary>
    private static readonly Dictionary<string, (string? Field, Action<TwitterClient> Call)> s_names = new()
    {
        ["additional"] = (null, client => client.CreateTextTweet("a", new() { AdditionalFields = new() { ["new " + High] = 1 } })),
        ["query"] = ("query", client => client.GetTweet("1", new() { Query = new() { [Low] = "1" } })),
        ["json"] = ("json", client => client.Call(
            "request", new() { ["method"] = "POST", ["path"] = "/2/tweets", ["json"] = new JsonObject { [High] = 1 } })),
        ["parameters"] = ("parameters", client => client.With(new() { Additional = new() { [High] = 1 } }).GetMe()),
        ["call"] = (null, client => client.Call("request", new() { [High] = 1 })),
        ["parsed additional"] = (null, client => client.CreateTextTweet("a", new() { AdditionalFields = Parsed("""{"a\ud83d":1}""") })),
        ["parsed query"] = ("query", client => client.GetTweet("1", new() { Query = Parsed("""{"\ude00":"1"}""") })),
        ["parsed json"] = ("json", client => client.Call("request", Parsed("""{"method":"POST","path":"/2/tweets","json":{"a\ud83d":1}}"""))),
        ["parsed deep"] = ("json", client => client.Call("request", Parsed("""{"method":"POST","path":"/2/tweets","json":{"a":[{"\ude00":1}]}}"""))),
        ["parsed parameters"] = ("parameters", client => client.With(new() { Additional = Parsed("""{"a\ud83d":1}""") }).GetMe()),
        ["parsed call"] = (null, client => client.Call("request", Parsed("""{"a\ud83d":1}"""))),
    };

    public static TheoryData<string> Fields => [.. s_calls.Keys];

    public static TheoryData<string> Names => [.. s_names.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void HalfAPairInANameIsRefused(string where)
    {
        (string? field, Action<TwitterClient> call) = s_names[where];
        TwitterInvalidRequestException error = Assert.Throws<TwitterInvalidRequestException>(() => call(SignedIn()));
        Assert.Equal(field, error.Error.Field);
        Assert.Contains("A name in the request holds half of a surrogate pair", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Requests());
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void HalfAPairIsNamedWithItsField(string field)
    {
        TwitterInvalidRequestException error = Assert.Throws<TwitterInvalidRequestException>(() => s_calls[field](SignedIn()));
        Assert.Equal(field, error.Error.Field);
        Assert.Contains("half of a surrogate pair", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Requests());
    }

    [Fact]
    public void WholePairsAndEverythingElseArrive()
    {
        string text = NewText() + " 😀 \"quoted\" \\ <ü> \u0001\u2028 \U0001F468\u200D\U0001F469 " + new string('x', 20);
        Assert.Equal(text, SignedIn().CreateTextTweet(text).Value.Text);
        text = NewText() + new string('ж', 100) + "😀";
        Assert.Equal(text, SignedIn().Call("create_text_tweet", new() { ["text"] = text }).Json
            .GetProperty("data").GetProperty("text").GetString());
    }

    [Fact]
    public void ANameThatIsThereTwiceIsRefused()
    {
        TwitterInvalidRequestException error = Assert.Throws<TwitterInvalidRequestException>(
            () => SignedIn().GetTweet("1", new() { Query = Parsed("""{"a":"1","a":"2"}""") }));
        Assert.Equal("query", error.Error.Field);
    }

    private static JsonObject Parsed(string json) => (JsonObject)JsonNode.Parse(json)!;
}
