using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>The account's tokens in a store of the host's.</summary>
public sealed class TokenStoreTests : AgainstX
{
    private readonly MemoryTokenStore _store = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheStoreKeepsAndRenewsTheTokens(bool isAsync)
    {
        // From the parameters at first, from the store alone from then on.
        await Call(Client(X.SignedIn()), isAsync);
        string made = _store.Text()!;
        Assert.Contains("refresh_token", made, StringComparison.Ordinal);
        TwitterClient client = Client();
        await Call(client, isAsync);
        Assert.Equal(made, _store.Text());
        ExpireTokens();
        await Call(client, isAsync);
        Assert.NotEqual(made, _store.Text());
        // By the function too, whose result it keeps.
        TwitterTokens tokens = isAsync ? (await client.RefreshTokenAsync()).Value : client.RefreshToken().Value;
        Assert.Equal(tokens.RefreshToken, TwitterTokens.Parse(_store.Text()!).RefreshToken);
        Assert.Equal(1, _store.Lock().CurrentCount);
    }

    [Fact]
    public async Task ManyCallsRefreshOnce()
    {
        Client(X.SignedIn()).GetMe();
        TwitterClient client = Client();
        for (int round = 0; round < 3; round++)
        {
            ExpireTokens();
            int granted = Refreshes("granted");
            await Task.WhenAll(
                Enumerable.Range(0, 32).Select(number => number % 2 == 0
                    ? client.GetMeAsync()
                    : Task.Factory.StartNew(
                        () => client.GetMe(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Equal(granted + 1, Refreshes("granted"));
        }
    }

    [Fact]
    public async Task AccountsHaveRowsOfTheirOwn()
    {
        TwitterParameters parameters = X.SignedIn();
        TwitterClient client = Client(parameters, "first");
        await client.GetMeAsync();
        parameters.OAuthToken = "the first account's";
        ITwitterClient other = Client(parameters, "first").ForAccount("second");
        Assert.Equal(
            (null, null, null, X.Credential("client_id")),
            (other.Parameters.AccessToken, other.Parameters.RefreshToken, other.Parameters.OAuthToken, other.Parameters.ClientId));
        await Assert.ThrowsAsync<TwitterMissingCredentialsException>(() => other.GetMeAsync());
        Assert.Null(_store.Text("second"));

        string id = X.Control("POST", "accounts", """{"screen_name":"second_person"}""").GetProperty("user_id").GetString()!;
        JsonElement tokens = X.Control(
            "POST", "tokens", $$"""{"scopes":["tweet.read","users.read","offline.access"],"user_id":"{{id}}"}""");
        ITwitterClient signedIn = other.With(new()
        {
            AccessToken = tokens.GetProperty("access_token").GetString(),
            RefreshToken = tokens.GetProperty("refresh_token").GetString(),
        });
        // Tokens by hand are for no store that has other ones.
        Assert.Equal("second_person", signedIn.GetMe().Value.Username);
        Assert.Null(_store.Text("second"));
        Client(signedIn.Parameters, "second").GetMe();
        ExpireTokens();
        Assert.Equal("second_person", (await other.GetMeAsync()).Value.Username);
        Assert.Equal(X.Credential("screen_name"), (await client.GetMeAsync()).Value.Username);
        Assert.Throws<InvalidOperationException>(() => new TwitterClient(new()).ForAccount("a"));
    }

    [Fact]
    public async Task ACallForAnotherAccountLeavesTheStoreAlone()
    {
        await Client(X.SignedIn()).GetMeAsync();
        string before = _store.Text()!;
        await Client().GetMeAsync(new() { Parameters = new() { AccessToken = X.SignedIn().AccessToken } });
        Assert.Equal(before, _store.Text());
        TwitterInvalidRequestException error = await Assert.ThrowsAsync<TwitterInvalidRequestException>(() =>
        {
            TwitterParameters parameters = X.Application();
            parameters.TokenFile = Path.Combine(Path.GetTempPath(), "never-made.json");
            return Client(parameters).GetMeAsync();
        });
        Assert.Contains("token_file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatTheStoreThrowsIsTheInnerException(bool isAsync)
    {
        Client(X.SignedIn()).GetMe();
        X.Control("DELETE", "requests");
        TwitterClient client = Client();
        _store.Reading = _ => throw new NotSupportedException("the database is gone");
        TwitterFileException error = await Assert.ThrowsAsync<TwitterFileException>(() => Call(client, isAsync));
        Assert.Equal("the database is gone", Assert.IsType<NotSupportedException>(error.InnerException).Message);
        Assert.Empty(Requests());
        _store.Reading = null;

        ExpireTokens();
        string before = _store.Text()!;
        _store.Locked = () => throw new NotSupportedException("no lock");
        error = await Assert.ThrowsAsync<TwitterFileException>(() => Call(client, isAsync));
        Assert.Equal("no lock", Assert.IsType<NotSupportedException>(error.InnerException).Message);
        Assert.Equal(before, _store.Text());
        _store.Locked = null;

        // What can't be kept before X is asked is not sent.
        int granted = Refreshes("granted");
        _store.Saving = () => throw new NotSupportedException("read-only");
        error = await Assert.ThrowsAsync<TwitterFileException>(() => Call(client, isAsync));
        Assert.Equal("read-only", Assert.IsType<NotSupportedException>(error.InnerException).Message);
        Assert.Equal((granted, before), (Refreshes("granted"), _store.Text()));

        // X has given new tokens: what fails to keep them is tried again.
        int saves = 0;
        _store.Saving = () => saves++ is 1 or 2 ? throw new NotSupportedException("restarting") : Task.CompletedTask;
        await Call(client, isAsync);
        Assert.Equal(granted + 1, Refreshes("granted"));
        Assert.NotEqual(before, _store.Text());

        ExpireTokens();
        saves = 0;
        _store.Saving = () => saves++ > 0 ? throw new NotSupportedException("full") : Task.CompletedTask;
        TwitterClient hurried = Client(timeout: TimeSpan.FromSeconds(1));
        error = await Assert.ThrowsAsync<TwitterFileException>(() => Call(hurried, isAsync));
        Assert.Equal("full", Assert.IsType<NotSupportedException>(error.InnerException).Message);
        Assert.Equal(1, _store.Lock().CurrentCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASlowStoreDoesNotHoldTheCall(bool ignoresItsToken)
    {
        Client(X.SignedIn()).GetMe();
        X.Control("DELETE", "requests");
        var end = new TaskCompletionSource();
        bool isCanceled = false;
        _store.Reading = async token =>
        {
            try
            {
                await end.Task.WaitAsync(ignoresItsToken ? default : token);
            }
            finally
            {
                isCanceled = token.IsCancellationRequested;
            }
        };
        using var delay = new MachineDelay();
        var clock = Stopwatch.StartNew();
        TwitterException error = await Assert.ThrowsAnyAsync<TwitterException>(
            () => Client(timeout: TimeSpan.FromSeconds(1)).GetMeAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 3 + delay.Total.TotalSeconds);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Empty(Requests());
        end.SetResult();
        WaitFor(() => isCanceled);
    }

    [Fact]
    public async Task ALockThatIsHeldTooLongIsGivenUp()
    {
        Client(X.SignedIn()).GetMe();
        ExpireTokens();
        int granted = Refreshes("granted");
        // It has the lock, and is slow to say so.
        var end = new TaskCompletionSource();
        _store.Locked = () => end.Task;
        await Assert.ThrowsAsync<TwitterFileException>(() => Client(timeout: TimeSpan.FromSeconds(1)).GetMeAsync());
        Assert.Equal(0, _store.Lock().CurrentCount);
        _store.Locked = null;
        end.SetResult();
        WaitFor(() => _store.Lock().CurrentCount == 1);
        Assert.Equal(granted, Refreshes("granted"));
        await Client().GetMeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACallThatWaitsForTheLockIsCanceledInTime(bool isAsync)
    {
        Client(X.SignedIn()).GetMe();
        ExpireTokens();
        await _store.Lock().WaitAsync();
        int updates = _store.Updates;
        using var source = new CancellationTokenSource();
        TwitterClient client = Client();
        Task call = isAsync
            ? client.GetMeAsync(cancellationToken: source.Token)
            : Task.Run(() => client.GetMe(cancellationToken: source.Token));
        WaitFor(() => _store.Updates > updates);
        Assert.False(call.IsCompleted);
        using var delay = new MachineDelay();
        var clock = Stopwatch.StartNew();
        source.Cancel();
        TwitterCanceledException error = await Assert.ThrowsAsync<TwitterCanceledException>(() => call);
        Assert.True(clock.Elapsed < TimeSpan.FromMilliseconds(250) + delay.Total, $"it ended after {clock.Elapsed}");
        Assert.Equal(source.Token, error.CancellationToken);
        _store.Lock().Release();
        await client.GetMeAsync();
    }

    /// <summary>What X has answered is kept before a call ends.</summary>
    [Fact]
    public async Task ACanceledCallKeepsTheNewTokens()
    {
        Client(X.SignedIn()).GetMe();
        ExpireTokens();
        string before = _store.Text()!;
        using var source = new CancellationTokenSource();
        bool isSaved = false;
        int saves = 0;
        _store.Saving = async () =>
        {
            // The first is the start of the refresh.
            if (saves++ == 0)
            {
                return;
            }
            source.Cancel();
            await Task.Delay(300);
            isSaved = true;
        };
        await Assert.ThrowsAsync<TwitterCanceledException>(() => Client().GetMeAsync(cancellationToken: source.Token));
        Assert.True(isSaved);
        Assert.NotEqual(before, _store.Text());
        _store.Saving = null;
        await Client().GetMeAsync();
    }

    [Fact]
    public async Task AStoreMayUseTheLibraryButNoStore()
    {
        Client(X.SignedIn()).GetMe();
        TwitterClient client = Client();
        var errors = new List<Exception?>();
        _store.Reading = async token =>
        {
            TwitterRuntime.Version.ToString();
            new TwitterClient(new()).ParseTweet("free", cancellationToken: token);
            errors.Add(await Record.ExceptionAsync(() => client.GetMeAsync(cancellationToken: token)));
            errors.Add(Record.Exception(() => client.GetMe(cancellationToken: token)));
            errors.Add(Record.Exception(TwitterRuntime.Shutdown));
        };
        await client.GetMeAsync();
        client.GetMe();
        Assert.Equal(6, errors.Count);
        Assert.All(errors.Where((_, number) => number % 3 < 2), error =>
            Assert.Contains("token store", Assert.IsType<TwitterTimeoutException>(error).Message, StringComparison.Ordinal));
        Assert.All(errors.Where((_, number) => number % 3 == 2), error => Assert.IsType<InvalidOperationException>(error));
    }

    /// <summary>What a store has started and left running is none of it.</summary>
    [Fact]
    public async Task WhatAStoreLeavesRunningMayUseAStore()
    {
        Client(X.SignedIn()).GetMe();
        TwitterClient client = Client();
        var isOver = new TaskCompletionSource();
        Task<TwitterResult<User>>? later = null;
        _store.Reading = _ =>
        {
            later ??= Task.Run(async () =>
            {
                await isOver.Task;
                return await client.GetMeAsync();
            });
            return Task.CompletedTask;
        };
        await client.GetMeAsync();
        isOver.SetResult();
        Assert.Equal(X.Credential("screen_name"), (await later!).Value.Username);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("returns")]
    [InlineData("blocks")]
    [InlineData("twice")]
    public async Task AStoreThatDoesItOtherwise(string how)
    {
        Client(X.SignedIn()).GetMe();
        ExpireTokens();
        int granted = Refreshes("granted");
        var client = new TwitterClient(X.Application(), new() { TokenStore = new Odd(_store, how) });
        if (how is "blocks" or "twice")
        {
            await client.GetMeAsync();
            Assert.Equal(granted + 1, Refreshes("granted"));
            ExpireTokens();
            client.GetMe();
            return;
        }
        TwitterFileException error = await Assert.ThrowsAsync<TwitterFileException>(() => client.GetMeAsync());
        Assert.Contains("change", Assert.IsType<InvalidOperationException>(error.InnerException).Message, StringComparison.Ordinal);
        Assert.Equal(granted, Refreshes("granted"));
    }

    /// <summary>The thread of a user interface may make a synchronous call, whatever the store does.</summary>
    [Fact]
    public void ASynchronousCallDoesNotWaitForItsOwnThread()
    {
        Client(X.SignedIn()).GetMe();
        ExpireTokens();
        TwitterClient client = Client();
        SynchronizationContext? former = SynchronizationContext.Current;
        var context = new NeverRuns();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            client.GetMe();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(former);
        }
        Assert.Equal(0, context.Count);
    }

    [Fact]
    public async Task ManyProcessesRefreshOnceAtATime()
    {
        using var folder = new StoreFolder();
        int before = Refreshes("granted"), spent = Refreshes("spent_again");
        X.Control("POST", "access_tokens", """{"lifetime":2}""");
        try
        {
            new TwitterClient(X.SignedIn(), new() { TokenStore = folder.Store }).RefreshToken();
            int[] codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => folder.Run("share", "16", "6")));
            Assert.Equal([0, 0, 0, 0], codes);
        }
        finally
        {
            X.Control("POST", "access_tokens", """{"lifetime":7200}""");
        }
        Assert.Equal(spent, Refreshes("spent_again"));
        // The one above, and those of the processes: how many depends on how fast the machine is.
        Assert.InRange(Refreshes("granted"), before + 2, int.MaxValue);
    }

    [Fact]
    public async Task AKillCostsOneSignIn()
    {
        using var folder = new StoreFolder();
        var client = new TwitterClient(X.SignedIn(), new() { TokenStore = folder.Store });
        client.RefreshToken();
        File.WriteAllText(Path.Combine(folder.Path, "die"), "");
        Assert.NotEqual(0, await folder.Run("die"));
        File.Delete(Path.Combine(folder.Path, "die"));
        ExpireTokens();
        var later = new TwitterClient(X.Application(), new() { TokenStore = folder.Store });
        TwitterAuthorizationException error = await Assert.ThrowsAsync<TwitterAuthorizationException>(() => later.GetMeAsync());
        Assert.Equal("refresh_token", error.Error.Reason);
        int spent = Refreshes("spent_again");
        await Assert.ThrowsAsync<TwitterAuthorizationException>(() => later.GetMeAsync());
        Assert.Equal(spent, Refreshes("spent_again"));
        new TwitterClient(X.SignedIn(), new() { TokenStore = folder.Store }).GetMe();
        ExpireTokens();
        Assert.Equal(X.Credential("screen_name"), (await later.GetMeAsync()).Value.Username);
    }

    [Fact]
    public void TokensAreATextAndBack()
    {
        const string Text = """{"access_token":"ä","expires_at":1700000000.5,"of_a_later_version":{"a":[1]},"scope":"a b"}""";
        TwitterTokens tokens = TwitterTokens.Parse(Text);
        Assert.Equal(Text, tokens.ToJson());
        Assert.Equal(tokens, TwitterTokens.Parse(Text));
        Assert.NotEqual(tokens, TwitterTokens.Parse(Text.Replace("[1]", "[2]")));
        TwitterTokens changed = tokens with { AccessToken = "new", Scope = null, ExpiresIn = TimeSpan.FromHours(2) };
        Assert.NotEqual(tokens, changed);
        Assert.Equal(
            """{"expires_at":1700000000.5,"of_a_later_version":{"a":[1]},"access_token":"new","expires_in":7200}""", changed.ToJson());
        var byHand = new TwitterTokens { OAuthToken = "a", OAuthTokenSecret = "b" };
        Assert.Equal(byHand, TwitterTokens.Parse(byHand.ToJson()));
        Assert.DoesNotContain("new", changed.ToString(), StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => TwitterTokens.Parse(""));
        Assert.ThrowsAny<JsonException>(() => TwitterTokens.Parse("[]"));
    }

    private static void ExpireTokens() => X.Control("DELETE", "access_tokens");

    private static int Refreshes(string what) => X.Control("GET", "refreshes").GetProperty(what).GetInt32();

    private static Task<TwitterResult<User>> Call(TwitterClient client, bool isAsync) => isAsync ? client.GetMeAsync() : Task.Run(() => client.GetMe());

    private TwitterClient Client(TwitterParameters? parameters = null, string account = "default", TimeSpan? timeout = null)
    {
        parameters ??= X.Application();
        parameters.Timeout = timeout;
        return new TwitterClient(parameters, new() { TokenStore = _store, Account = account });
    }

    /// <summary>Does with <c>change</c> what it should not.</summary>
    private sealed class Odd(ITokenStore inner, string how) : ITokenStore
    {
        public ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken) =>
            inner.ReadAsync(account, cancellationToken);

        public async ValueTask<TwitterTokens?> UpdateAsync(
            string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
        {
            switch (how)
            {
                case "never":
                    return null;
                case "returns":
                    _ = change(await ReadAsync(account, cancellationToken)).AsTask();
                    return null;
                case "blocks":
                    return await inner.UpdateAsync(
                        account, current => new(change(current).AsTask().GetAwaiter().GetResult()), cancellationToken);
                default:
                    // As an execution strategy does, which tries a failed transaction again.
                    return await inner.UpdateAsync(
                        account,
                        async current =>
                        {
                            await change(current);
                            return await change(current);
                        },
                        cancellationToken);
            }
        }
    }

    private sealed class NeverRuns : SynchronizationContext
    {
        public int Count;

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref Count);

        public override void Send(SendOrPostCallback d, object? state) => Interlocked.Increment(ref Count);
    }

    /// <summary>A store in a folder, with the parameters of the application.</summary>
    private sealed class StoreFolder : TemporaryFolder
    {
        public StoreFolder() => Write("parameters.json", JsonSerializer.Serialize(
            new Dictionary<string, string>
            {
                ["api_url"] = X.Url,
                ["proxy"] = "none",
                ["client_id"] = X.Credential("client_id"),
                ["client_secret"] = X.Credential("client_secret"),
            }));

        public ITokenStore Store => new Stress.FileTokenStore(Path);

        /// <summary>Runs another process on it; gives its exit code.</summary>
        public async Task<int> Run(string what, params string[] arguments)
        {
            ProcessStartInfo start = Programs.Start("tests/TwitterNative.Stress", [what, Path, .. arguments]);
            start.RedirectStandardOutput = false;
            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
