using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Answers of any size and shape; what X changes does not make a success look failed.</summary>
public sealed class AnswerTests : AgainstX
{
    [Fact]
    public void ABigOne()
    {
        X.Fault("/2/users/me", """{"Huge":{"bytes":31000000}}""");
        Assert.True(SignedIn().Request("GET", "/2/users/me").Json.GetRawText().Length >= 31_000_000);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    public void ADeepOne(int depth)
    {
        Answer("/2/users/me", 200, new string('[', depth) + new string(']', depth));
        JsonElement json = SignedIn().Request("GET", "/2/users/me").Json;
        int levels = 0;
        for (; json.ValueKind == JsonValueKind.Array; json = json.EnumerateArray().FirstOrDefault())
        {
            levels++;
        }
        Assert.Equal(depth, levels);
    }

    [Fact]
    public void NoJson()
    {
        X.Fault("/2/users/me", "\"Garbage\"");
        Assert.Throws<TwitterUnexpectedResponseException>(() => SignedIn().GetMe());
        X.Fault("/2/users/me", "{\"Html\":{\"status\":200}}");
        Assert.Throws<TwitterUnexpectedResponseException>(() => SignedIn().GetMe());
    }

    [Fact]
    public void AnEmptyOne()
    {
        X.Fault("/2/users/me", """{"EmptyBody":{"status":200}}""");
        TwitterResult<JsonElement> result = SignedIn().Request("GET", "/2/users/me");
        Assert.Equal(JsonValueKind.Null, result.Json.ValueKind);
        Assert.Equal(200, result.Http?.Status);
        Assert.Empty(result.Includes.Users);
        Assert.Empty(result.Problems);
        Assert.Null(result.NextToken);
    }

    [Fact]
    public void FieldsOfAnotherKind()
    {
        Answer("/2/tweets/5", 200, """{"data":{"id":5,"text":["a"],"public_metrics":"many","created_at":"soon","author_id":null,"edit_history_tweet_ids":"5","new":{"a":[]}}}""");
        Tweet tweet = SignedIn().GetTweet("5").Value;
        Assert.Null(tweet.CreatedAt);
        Assert.Null(tweet.PublicMetrics?.LikeCount);
        Assert.Null(tweet.AuthorId);
        Assert.Equal(JsonValueKind.Object, tweet.Json.GetProperty("new").ValueKind);
        Answer("/2/tweets/5", 200, "[1]");
        Assert.Null(SignedIn().GetTweet("5").Value.Id);
        Answer("/2/users/me", 200, """{"data":{"id":"7","username":"a"},"includes":[],"errors":{},"meta":7}""");
        TwitterResult<User> me = SignedIn().GetMe();
        Assert.Equal("7", me.Value.Id);
        Assert.Empty(me.Problems);
        Assert.Empty(me.Includes.Tweets);
    }

    [Theory]
    [InlineData("edit_history_tweet_ids", "referenced_tweets", "tweets")]
    [InlineData("edit_history_post_ids", "referenced_posts", "posts")]
    public void BothSpellings(string history, string referenced, string included)
    {
        Answer("/2/tweets/5", 200, $$$"""
            {"data":{"id":"5","text":"a","{{{history}}}":["4","5"],"{{{referenced}}}":[{"type":"quoted","id":"3"}]},
             "includes":{"{{{included}}}":[{"id":"3","text":"b"}]}}
            """);
        TwitterResult<Tweet> result = SignedIn().GetTweet("5");
        Assert.Equal(["4", "5"], result.Value.EditHistoryTweetIds);
        Assert.Equal("3", Assert.Single(result.Value.ReferencedTweets).Id);
        Assert.Equal("b", Assert.Single(result.Includes.Tweets).Text);
    }

    [Fact]
    public void WhatWasLeftOutIsTold()
    {
        Answer("/2/tweets*", 200, """{"data":[{"id":"5","text":"a"}],"errors":[{"title":"Not Found Error","detail":"Gone.","resource_id":"6"}]}""");
        TwitterResult<System.Collections.Generic.IReadOnlyList<Tweet>> result = SignedIn().GetTweets(["5", "6"]);
        Assert.Equal("5", Assert.Single(result.Value).Id);
        Assert.Equal("Not Found Error", Assert.Single(result.Problems).Title);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\ud83d\ude00 \u0007 \"quoted\" \\ \u2028")]
    public void TextArrivesAsItIs(string text)
    {
        TwitterClient client = SignedIn();
        // The range is that of the whole text only if no unit of it was lost or replaced.
        Assert.Equal(new TextRange(0, text.Length - 1), client.ParseTweet(text).Value.DisplayRange);
        string unique = NewText() + " \ud83d\ude00 \"quoted\" \\";
        Assert.Equal(unique, client.CreateTextTweet(unique).Value.Text);
    }

    [Fact]
    public void ResultsCanBeMadeByHand()
    {
        var result = new TwitterResult<Tweet>(new Tweet { Id = "1" });
        Assert.Equal("1", result.Value.Id);
        Assert.Empty(result.Problems);
        Assert.Null(result.Incomplete);
    }
}
