using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>A call ends within 250 ms of its cancellation, wherever it is, and says what may have happened.</summary>
public sealed class CancellationTests : AgainstX
{
    private const string Limited = """{"Status":{"status":429,"headers":{"retry-after":"30"}}}""";

    private static readonly TimeSpan s_inTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_onABusyMachine = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task InTheQueue()
    {
        TwitterClient client = SignedIn();
        int limit = TwitterRuntime.MaxConcurrentCalls;
        TwitterRuntime.MaxConcurrentCalls = 1;
        try
        {
            X.Fault("/2/tweets", """{"StallBeforeAnswer":{"seconds":3}}""");
            Task<TwitterResult<Tweet>> first = client.CreateTextTweetAsync(NewText());
            WaitFor(() => Requests().Count == 1);
            TwitterCanceledException error = await EndsInTime(
                token => client.CreateTextTweetAsync(NewText(), cancellationToken: token), () => Calls.CallThreads.Queued == 1);
            Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
            Assert.False(first.IsCompleted);
            await first;
        }
        finally
        {
            TwitterRuntime.MaxConcurrentCalls = limit;
        }
    }

    [Fact]
    public async Task WhileItConnects()
    {
        // It takes connections and never answers their handshake.
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        TwitterParameters parameters = X.SignedIn();
        parameters.ApiUrl = $"https://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}";
        var client = new TwitterClient(parameters);
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateTextTweetAsync(NewText(), cancellationToken: token), mute.Pending);
        Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
    }

    [Fact]
    public async Task WithoutAnAnswer()
    {
        TwitterClient client = SignedIn();
        int posts = Posts();
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateTextTweetAsync(NewText(), cancellationToken: token),
            () => Posts() > posts, () => { X.Fault("/2/tweets", Stall); posts = Posts(); });
        Assert.Equal((TwitterOutcome.Unknown, false), (error.Error.Outcome, error.Error.IsRetryable));
    }

    [Fact]
    public async Task InASlowAnswer()
    {
        TwitterClient client = SignedIn();
        int posts = Posts();
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateTextTweetAsync(NewText(), cancellationToken: token),
            () => Posts() > posts,
            () => { X.Fault("/2/tweets", """{"StallMidAnswer":{"seconds":20}}"""); posts = Posts(); });
        Assert.Equal(TwitterOutcome.Unknown, error.Error.Outcome);
    }

    [Fact]
    public async Task WithSegmentsOnTheWay()
    {
        TwitterClient client = SignedIn();
        int posts = Posts();
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateVideoTweetAsync(
                null, new byte[3_000_000],
                new() { Type = MediaCategory.TweetVideo, Parameters = new() { MediaApi = "2" } }, token),
            () => Requests().Any(request => request.GetProperty("path").GetString()!.EndsWith("/append", StringComparison.Ordinal)),
            () => X.Fault("/2/media/*", """{"SlowBody":{"bytes_per_second":20000}}""", times: 20));
        Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
        Assert.Equal(posts, Posts());
    }

    [Fact]
    public async Task BeforeARetry()
    {
        TwitterClient client = SignedIn();
        int posts = Posts();
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateTextTweetAsync(NewText(), cancellationToken: token),
            () => Requests().Count > 0, () => X.Fault("/2/tweets", Limited));
        Assert.Equal(TwitterOutcome.Rejected, error.Error.Outcome);
        Assert.Equal(posts, Posts());
    }

    [Fact]
    public async Task WhileXProcessesAVideo()
    {
        TwitterClient client = SignedIn();
        int posts = Posts();
        bool isProcessing = false;
        TwitterCanceledException error = await EndsInTime(
            token => client.CreateVideoTweetAsync(
                null, new byte[10_000],
                new()
                {
                    Type = MediaCategory.TweetVideo,
                    Progress = new SynchronousProgress(now => isProcessing |= now.Stage == TwitterStage.Processing),
                },
                token),
            () => Volatile.Read(ref isProcessing),
            () => isProcessing = false);
        Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
        Assert.Equal(posts, Posts());
    }

    [Fact]
    public async Task WaitingForTheTokenFile()
    {
        string folder = Directory.CreateTempSubdirectory("twitter-native-tests-").FullName;
        try
        {
            TwitterParameters parameters = X.SignedIn();
            parameters.TokenFile = Path.Combine(folder, "token.json");
            var client = new TwitterClient(parameters);
            client.RefreshToken();
            // A whole file of the operating system's, so that the lock is the one that other processes hold.
            using var held = new FileStream(parameters.TokenFile + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            bool waits = false;
            TwitterCanceledException error = await EndsInTime(
                token => client.RefreshTokenAsync(
                    new() { Progress = new SynchronousProgress(_ => waits = true) }, token),
                () => waits, () => waits = false);
            Assert.Equal("canceled", error.Error.Kind);
            Assert.Empty(Requests().Skip(1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task WaitingForAPerson()
    {
        TwitterParameters parameters = X.Application();
        parameters.RedirectUri = $"http://127.0.0.1:{FreePort()}/callback";
        var client = new TwitterClient(parameters);
        AuthorizationLink link = client.GetAuthorizationLink().Value;
        bool waits = false;
        await EndsInTime(
            token => client.WaitForAuthorizationAsync(
                new()
                {
                    State = link.State,
                    CodeVerifier = link.CodeVerifier,
                    OpenBrowser = false,
                    Progress = new SynchronousProgress(_ => waits = true),
                },
                token),
            () => waits, () => waits = false);
    }

    [Fact]
    public async Task ASignInThatXDoesNotAnswer()
    {
        TwitterParameters parameters = X.SignedIn();
        var client = new TwitterClient(parameters);
        TwitterCanceledException error = await EndsInTime(
            token => client.RefreshTokenAsync(cancellationToken: token),
            () => Requests().Count > 0, () => X.Fault("/2/oauth2/token", """{"StallBeforeBody":{"seconds":20}}"""));
        Assert.Equal(TwitterOutcome.Unknown, error.Error.Outcome);
        Assert.Equal(parameters.RefreshToken, client.Parameters.RefreshToken);
    }

    [Fact]
    public async Task ASynchronousCall()
    {
        TwitterClient client = SignedIn();
        TwitterCanceledException error = await EndsInTime(
            token => Task.Factory.StartNew(
                () => client.GetMe(cancellationToken: token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            () => Requests().Count > 0, () => X.Fault("/2/users/me", Stall));
        Assert.Null(error.Error.Outcome);
    }

    [Fact]
    public async Task ATokenThatIsCanceledAlready()
    {
        TwitterClient client = SignedIn();
        var canceled = new CancellationToken(canceled: true);
        TwitterCanceledException error = await Assert.ThrowsAsync<TwitterCanceledException>(
            () => client.CreateTextTweetAsync("never", cancellationToken: canceled));
        Assert.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
        Assert.Throws<TwitterCanceledException>(() => client.CreateTextTweet("never", cancellationToken: canceled));
        Assert.Empty(Requests());
    }

    /// <summary>As the README says: <c>Task.Wait</c> loses the exception, <c>await</c> does not.</summary>
    [Fact]
    public async Task AwaitKeepsTheExceptionAndWaitDoesNot()
    {
        Task call = SignedIn().GetMeAsync(cancellationToken: new CancellationToken(canceled: true));
        await Assert.ThrowsAsync<TwitterCanceledException>(() => call);
        AggregateException error = Assert.IsType<AggregateException>(Record.Exception(call.Wait));
        Assert.IsType<TaskCanceledException>(Assert.Single(error.InnerExceptions));
    }

    [Fact]
    public void SuccessWinsOverALateCancellation()
    {
        using var source = new CancellationTokenSource();
        var log = new Canceler(source);
        TwitterResult<Tweet> result = SignedIn(log).CreateTextTweet(NewText(), cancellationToken: source.Token);
        Assert.True(source.IsCancellationRequested);
        Assert.NotNull(result.Value.Id);
    }

    [Fact]
    public void ACatchOfOperationCanceledHolds()
    {
        using var source = new CancellationTokenSource(200);
        X.Fault("/2/users/me", Stall);
        try
        {
            SignedIn().GetMe(cancellationToken: source.Token);
            Assert.Fail("it was not canceled");
        }
        catch (OperationCanceledException error) when (error.CancellationToken == source.Token)
        {
            Assert.IsType<TwitterCanceledException>(error);
        }
    }

    /// <summary>Cancels a call once it is where it is meant to be.</summary>
    private static async Task<TwitterCanceledException> EndsInTime(
        Func<CancellationToken, Task> begin, Func<bool> isThere, Action? prepare = null)
    {
        prepare?.Invoke();
        using var source = new CancellationTokenSource();
        Task call = begin(source.Token);
        WaitFor(() => call.IsCompleted || isThere());
        Assert.False(call.IsCompleted, call.Exception?.ToString() ?? "it has ended already");
        using var delay = new MachineDelay();
        var clock = Stopwatch.StartNew();
        source.Cancel();
        TwitterCanceledException error = await Assert.ThrowsAsync<TwitterCanceledException>(() => call);
        TimeSpan took = clock.Elapsed;
        Assert.Equal("canceled", error.Error.Kind);
        Assert.Equal(source.Token, error.CancellationToken);
        TimeSpan limit = IsBusy() ? s_onABusyMachine : s_inTime + delay.Total;
        Assert.True(
            took <= limit,
            $"it ended after {took.TotalMilliseconds:F0} ms, {delay.Total.TotalMilliseconds:F0} of them for want of a processor");
        return error;
    }

    /// <summary>Whether more runs than this machine has processors for. Then a call takes longer, whatever it does.</summary>
    private static bool IsBusy() =>
        File.Exists("/proc/loadavg")
        && double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) > Environment.ProcessorCount + 1;

    /// <summary>Cancels when X has answered.</summary>
    private sealed class Canceler(CancellationTokenSource source) : TwitterLog
    {
        public override bool IsEnabled(TwitterLogLevel level) => true;

        public override void Write(TwitterLogLevel level, string function, string message)
        {
            if (message.Contains("201", StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }
    }
}
