using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>A client takes over the tokens that it gets, one sign-in after the other, and says so.</summary>
public sealed class TokensChangedTests : AgainstX
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARefreshIsTakenOver(bool isAsync)
    {
        TwitterClient client = SignedIn();
        TwitterTokens? told = null;
        client.TokensChanged += (sender, change) =>
        {
            Assert.Same(client, sender);
            Assert.Equal(change.Tokens.RefreshToken, client.Parameters.RefreshToken);
            told = change.Tokens;
        };
        TwitterTokens tokens = isAsync ? (await client.RefreshTokenAsync()).Value : client.RefreshToken().Value;
        Assert.Equal(tokens, told);
        Assert.Equal(tokens.AccessToken, client.Parameters.AccessToken);
        Assert.Equal(X.Credential("screen_name"), client.GetMe().Value.Username);
    }

    [Fact]
    public async Task RefreshesTakeTurns()
    {
        TwitterClient client = SignedIn();
        var refreshed = new List<string>();
        client.TokensChanged += (_, change) => refreshed.Add(change.Tokens.RefreshToken!);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.RefreshTokenAsync()));
        Assert.Equal(8, refreshed.Distinct().Count());
        Assert.Equal(refreshed[^1], client.Parameters.RefreshToken);
    }

    [Fact]
    public async Task AHandlerMaySignIn()
    {
        TwitterClient client = SignedIn();
        int count = 0;
        client.TokensChanged += (_, _) =>
        {
            if (++count == 1)
            {
                client.RefreshToken();
            }
        };
        await client.RefreshTokenAsync();
        Assert.Equal(2, count);
        Assert.Equal(X.Credential("screen_name"), client.GetMe().Value.Username);
    }

    [Fact]
    public void SiblingsHaveTheirOwn()
    {
        TwitterClient client = SignedIn();
        string before = client.Parameters.AccessToken!;
        ITwitterClient sibling = client.With(new TwitterParameters { Timeout = TimeSpan.FromSeconds(30) });
        sibling.RefreshToken();
        Assert.Equal(before, client.Parameters.AccessToken);
        Assert.NotEqual(before, sibling.Parameters.AccessToken);
        Assert.Equal(TimeSpan.FromSeconds(30), sibling.Parameters.Timeout);
    }

    [Fact]
    public void WhatAHandlerThrowsComesOutAndTheTokensAreKept()
    {
        TwitterClient client = SignedIn();
        string before = client.Parameters.RefreshToken!;
        client.TokensChanged += (_, _) => throw new NotSupportedException("the database is gone");
        Assert.Throws<NotSupportedException>(() => client.RefreshToken());
        Assert.NotEqual(before, client.Parameters.RefreshToken);
        Assert.Throws<NotSupportedException>(() => client.RefreshToken());
    }
}
