using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Nothing is left behind by many calls, and nothing that a call needs is collected under it.</summary>
[Trait("Category", "Long")]
public sealed class SoakTests : AgainstX
{
    [Fact]
    public async Task AHundredThousandCallsLeaveNothing()
    {
        var client = new TwitterClient(new TwitterParameters { AccessToken = "a" });
        await Flat(100_000, async count =>
        {
            for (int done = 0; done < count; done += 20)
            {
                for (int number = 0; number < 10; number++)
                {
                    client.CreateAuthorizationHeaderV2();
                }
                await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.CreateAuthorizationHeaderV2Async()));
            }
        });
    }

    [Fact]
    public async Task FailedCallsLeaveNothing()
    {
        var client = new TwitterClient(new TwitterParameters());
        await Flat(20_000, async count =>
        {
            for (int done = 0; done < count; done += 2)
            {
                Assert.Throws<TwitterMissingCredentialsException>(() => client.CreateTextTweet("a"));
                await Assert.ThrowsAsync<TwitterMissingCredentialsException>(() => client.CreateTextTweetAsync("a"));
            }
        });
    }

    [Fact]
    public async Task CanceledCallsLeaveNothing()
    {
        TwitterClient client = SignedIn();
        await Flat(1_000, async count =>
        {
            X.Fault("/2/users/me", Stall, times: count);
            for (int done = 0; done < count; done += 50)
            {
                using var source = new CancellationTokenSource(20);
                Task[] calls = [.. Enumerable.Range(0, 50).Select(_ => client.GetMeAsync(cancellationToken: source.Token))];
                foreach (Task call in calls)
                {
                    await Assert.ThrowsAsync<TwitterCanceledException>(() => call);
                }
            }
            X.Control("DELETE", "faults");
            X.Control("DELETE", "requests");
        });
    }

    [Fact]
    public async Task NothingIsCollectedUnderACall()
    {
        TwitterClient client = SignedIn(new Collector());
        byte[] video = new byte[200_000];
        new Random(1).NextBytes(video);
        string expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(video));
        using var stop = new CancellationTokenSource();
        Task collecting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                Thread.Sleep(1);
            }
        });
        for (int round = 0; round < 20; round++)
        {
            UploadedMedia[] media = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await client.UploadMediaFileAsync(
                (byte[])video.Clone(),
                new()
                {
                    Type = MediaCategory.TweetVideo,
                    MediaType = "video/mp4",
                    Wait = false,
                    Progress = new SynchronousProgress(_ => GC.Collect(1)),
                })).Value));
            Assert.All(media, one => Assert.Equal(expected, X.Sha256Of(one.MediaId!)));
        }
        await stop.CancelAsync();
        await collecting;
    }

    /// <summary>
    /// Makes the calls again and again until a round leaves nothing. The runtime compiles and sizes its heap in the first
    /// rounds; what is lost by the calls is lost in each.
    /// </summary>
    private static async Task Flat(int count, Func<int, Task> call)
    {
        const int Rounds = 6;
        await call(count);
        Size before = Size.Now();
        for (int round = 1; round <= Rounds; round++)
        {
            await call(count);
            Size after = Size.Now();
            bool isFlat = after.Resident - before.Resident < 4 * 1024 * 1024 && after.Managed - before.Managed < 64 * 1024
                && after.Threads <= before.Threads && after.Descriptors <= before.Descriptors + 2;
            if (isFlat)
            {
                return;
            }
            Assert.True(round < Rounds, $"{before} then {after}");
            before = after;
        }
    }

    private sealed record Size(long Resident, long Managed, int Threads, int Descriptors)
    {
        public static Size Now()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using var process = Process.GetCurrentProcess();
            int descriptors = Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
            return new Size(process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: true), Calls.CallThreads.Count, descriptors);
        }
    }

    private sealed class Collector : TwitterLog
    {
        public override bool IsEnabled(TwitterLogLevel level) => true;

        public override void Write(TwitterLogLevel level, string function, string message) => GC.Collect(0);
    }
}
