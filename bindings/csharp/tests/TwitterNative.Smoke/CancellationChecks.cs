using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Cancellation, and many calls at once.</summary>
internal static class CancellationChecks
{
    /// <summary>250 ms are promised; a busy machine may take longer.</summary>
    private static readonly TimeSpan s_inTime = TimeSpan.FromMilliseconds(250);

    public static async Task Run(Report report, LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        await report.Check("a post that is cancelled may be there", async () =>
        {
            x.Fault("/2/tweets", """{"StallBeforeAnswer":{"seconds":20}}""");
            x.Forget();
            using var source = new CancellationTokenSource();
            Task<TwitterResult<Tweet>> call = client.CreateTextTweetAsync("cancelled", cancellationToken: source.Token);
            x.WaitForRequests("/2/tweets", 1);
            TwitterCanceledException error = await EndsInTime(call, source);
            Expect.Equal(TwitterOutcome.Unknown, error.Error.Outcome);
            Expect.True(call.IsCanceled, "the task is not canceled");
            Expect.Equal(source.Token, error.CancellationToken);
        });
        await report.Check("a synchronous call is cancelled from elsewhere", () =>
        {
            x.Fault("/2/tweets", """{"StallBeforeAnswer":{"seconds":20}}""");
            using var source = new CancellationTokenSource(300);
            using var delay = new MachineDelay();
            var clock = Stopwatch.StartNew();
            Expect.Throws<TwitterCanceledException>(() => client.CreateTextTweet("cancelled too", cancellationToken: source.Token));
            TimeSpan took = clock.Elapsed;
            Expect.True(took < TimeSpan.FromMilliseconds(300) + s_inTime + delay.Total, $"after {took}");
        });
        await report.Check("a token that is cancelled already", async () =>
        {
            TwitterCanceledException error = await Expect.ThrowsAsync<TwitterCanceledException>(
                () => client.CreateTextTweetAsync("never", cancellationToken: new CancellationToken(true)));
            Expect.Equal(TwitterOutcome.NotSent, error.Error.Outcome);
        });
        await report.Check("a call in the queue is cancelled at once", async () =>
        {
            TwitterRuntime.MaxConcurrentCalls = 1;
            try
            {
                x.Fault("/2/tweets", """{"StallBeforeAnswer":{"seconds":2}}""");
                Task<TwitterResult<Tweet>> first = client.CreateTextTweetAsync("first");
                using var source = new CancellationTokenSource();
                Task<TwitterResult<Tweet>> second = client.CreateTextTweetAsync("second", cancellationToken: source.Token);
                Expect.Equal(TwitterOutcome.NotSent, (await EndsInTime(second, source)).Error.Outcome);
                Expect.Equal("first", (await first).Value.Text);
            }
            finally
            {
                TwitterRuntime.MaxConcurrentCalls = 64;
            }
        });
        await report.Check("many calls at once leave the thread pool alone", async () =>
        {
            ThreadPool.GetMinThreads(out int workers, out int ports);
            ThreadPool.SetMinThreads(2, ports);
            x.Fault("/2/users/me", """{"Delay":{"milliseconds":1000}}""", times: 40);
            using var delay = new MachineDelay();
            var clock = Stopwatch.StartNew();
            Task all = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.GetMeAsync()));
            TimeSpan latest = TimeSpan.Zero;
            while (!all.IsCompleted)
            {
                TimeSpan before = clock.Elapsed;
                await Task.Delay(10);
                TimeSpan late = clock.Elapsed - before;
                latest = late > latest ? late : latest;
            }
            await all;
            TimeSpan took = clock.Elapsed;
            Console.WriteLine($"        40 calls of 1 s: {took.TotalSeconds:F2} s, 10 ms took {latest.TotalMilliseconds:F0} ms at most");
            Expect.True(took < TimeSpan.FromSeconds(2.5) + delay.Total, $"{took}");
            Expect.True(latest < TimeSpan.FromMilliseconds(210) + delay.Total, $"{latest}");
            ThreadPool.SetMinThreads(workers, ports);
        });
    }

    private static async Task<TwitterCanceledException> EndsInTime(Task call, CancellationTokenSource source)
    {
        using var delay = new MachineDelay();
        var clock = Stopwatch.StartNew();
        source.Cancel();
        TwitterCanceledException error = await Expect.ThrowsAsync<TwitterCanceledException>(() => call);
        TimeSpan took = clock.Elapsed;
        Expect.True(took < s_inTime + delay.Total, $"after {took}");
        return error;
    }
}
