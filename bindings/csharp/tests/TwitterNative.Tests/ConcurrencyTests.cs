using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Many clients of several accounts at once: each post is its own account's.</summary>
public sealed class ConcurrencyTests : AgainstX
{
    private const int Accounts = 8;
    private const int Clients = 32;
    private const int PostsOfEach = 50;

    [Fact]
    public async Task EachPostIsItsOwnAccounts()
    {
        (string UserId, TwitterParameters Parameters)[] accounts = [.. Enumerable.Range(0, Accounts).Select(_ => NewAccount())];
        IEnumerable<Task<(string Id, string UserId)>> posts = Enumerable.Range(0, Clients).SelectMany(number =>
        {
            (string userId, TwitterParameters parameters) = accounts[number % Accounts];
            var client = new TwitterClient(parameters);
            return Enumerable.Range(0, PostsOfEach).Select(async _ =>
                ((await client.CreateTextTweetAsync(NewText())).Value.Id!, userId));
        });
        (string Id, string UserId)[] made = await Task.WhenAll(posts);
        Assert.Equal(Clients * PostsOfEach, made.Length);
        Dictionary<string, string> authors = X.Control("GET", "tweets").EnumerateArray().ToDictionary(
            tweet => tweet.GetProperty("id").GetString()!, tweet => tweet.GetProperty("user_id").GetString()!);
        Assert.All(made, post => Assert.Equal(post.UserId, authors[post.Id]));
    }

    private static (string UserId, TwitterParameters Parameters) NewAccount()
    {
        JsonElement account = X.Control("POST", "accounts", $$"""{"screen_name":"c{{Guid.NewGuid().ToString("N")[..10]}}"}""");
        TwitterParameters parameters = OAuth1();
        parameters.OAuthToken = account.GetProperty("oauth_token").GetString();
        parameters.OAuthTokenSecret = account.GetProperty("oauth_token_secret").GetString();
        return (account.GetProperty("user_id").GetString()!, parameters);
    }

    /// <summary>All calls without files share one object, and each disposes of it.</summary>
    [Fact]
    public void ManyThreadsDisposeOfNoFilesAtOnce()
    {
        Parallel.For(0, 8, _ =>
        {
            for (int count = 0; count < 500_000; count++)
            {
                Files.CallFiles.None.Dispose();
            }
        });
    }
}
