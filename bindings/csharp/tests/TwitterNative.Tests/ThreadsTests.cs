using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Asynchronous calls have threads of their own, so that the pool's are free for all else.</summary>
public sealed class ThreadsTests : AgainstX
{
    [Fact]
    public async Task ManyLongCallsLeaveThePoolAlone()
    {
        TwitterClient client = SignedIn();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.GetMeAsync()));
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(2, ports);
        try
        {
            X.Fault("/2/users/me", """{"Delay":{"milliseconds":1000}}""", times: 64);
            using var delay = new MachineDelay();
            (TimeSpan took, TimeSpan latest) = await Measure(Task.WhenAll(Enumerable.Range(0, 64).Select(_ => client.GetMeAsync())));
            Assert.True(
                took < TimeSpan.FromSeconds(2.5) + delay.Total, $"64 calls of 1 s took {took.TotalSeconds:F2} s, {delay.Total} for want of a processor");
            Assert.True(
                latest < TimeSpan.FromMilliseconds(210) + delay.Total, $"10 ms took {latest.TotalMilliseconds:F0} ms elsewhere, {delay.Total} for want of a processor");
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, ports);
        }
    }

    [Fact]
    public async Task CallsBeyondTheLimitWaitInTheirOrder()
    {
        TwitterClient client = SignedIn();
        int limit = TwitterRuntime.MaxConcurrentCalls;
        TwitterRuntime.MaxConcurrentCalls = 2;
        try
        {
            X.Fault("/2/users/me", """{"Delay":{"milliseconds":100}}""", times: 12);
            int underWay = 0, most = 0;
            var order = new ConcurrentQueue<int>();
            Task[] calls = [.. Enumerable.Range(0, 12).Select(async number =>
            {
                bool isFirst = true;
                await client.GetMeAsync(new()
                {
                    Progress = new SynchronousProgress(_ =>
                    {
                        if (isFirst)
                        {
                            isFirst = false;
                            order.Enqueue(number);
                        }
                    }),
                });
            })];
            while (!calls.All(call => call.IsCompleted))
            {
                underWay = Interop.NativeCall.Active;
                most = Math.Max(most, underWay);
                await Task.Delay(5);
            }
            await Task.WhenAll(calls);
            Assert.Equal(2, most);
            // Two at a time: each comes at its place or the next.
            foreach ((int number, int place) in order.Select((number, place) => (number, place)))
            {
                Assert.InRange(number - place, -1, 1);
            }
        }
        finally
        {
            TwitterRuntime.MaxConcurrentCalls = limit;
        }
    }

    [Fact]
    public async Task TheCallersContextFlows()
    {
        var local = new AsyncLocal<string> { Value = "the caller's" };
        string? seen = null;
        Thread? thread = null;
        await SignedIn(new ListLog()).GetMeAsync(new()
        {
            Progress = new SynchronousProgress(_ =>
            {
                seen = local.Value;
                thread = Thread.CurrentThread;
            }),
        });
        Assert.Equal("the caller's", seen);
        Assert.Equal(("twitter-native", true, false), (thread!.Name, thread.IsBackground, thread.IsThreadPoolThread));
    }

    /// <summary>With its connection to X: a thread is free again before its answer is told.</summary>
    [Fact]
    public async Task CallsInARowUseOneThread()
    {
        TwitterClient client = SignedIn();
        var threads = new HashSet<int>();
        var options = new GetMeOptions { Progress = new SynchronousProgress(_ => threads.Add(Environment.CurrentManagedThreadId)) };
        for (int call = 0; call < 50; call++)
        {
            await client.GetMeAsync(options);
        }
        Assert.Single(threads);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task IdleThreadsEnd()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SignedIn().GetMeAsync()));
        Assert.NotEqual(0, Calls.CallThreads.Count);
        var clock = Stopwatch.StartNew();
        while (Calls.CallThreads.Count > 0 && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(500);
        }
        Assert.Equal(0, Calls.CallThreads.Count);
        // And a later call has one again.
        Assert.NotNull((await SignedIn().GetMeAsync()).Value.Id);
    }

    /// <summary>Also those that ask for the thread that ends the call: they could keep it from the next call.</summary>
    [Fact]
    public async Task ContinuationsRunElsewhere()
    {
        // So that the continuation is there before the answer.
        X.Fault("/2/users/me", """{"Delay":{"milliseconds":200}}""");
        string? name = await SignedIn().GetMeAsync().ContinueWith(
            _ => Thread.CurrentThread.Name, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Assert.NotEqual("twitter-native", name);
    }

    [Fact]
    public void ALimitOfNoneIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TwitterRuntime.MaxConcurrentCalls = 0);

    private static async Task<(TimeSpan Took, TimeSpan Latest)> Measure(Task calls)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan latest = TimeSpan.Zero;
        while (!calls.IsCompleted)
        {
            TimeSpan before = clock.Elapsed;
            await Task.Delay(10);
            TimeSpan delay = clock.Elapsed - before;
            latest = delay > latest ? delay : latest;
        }
        await calls;
        return (clock.Elapsed, latest);
    }
}
