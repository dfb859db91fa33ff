using System;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;
using Xunit.Abstractions;

namespace TwitterNative.Tests;

/// <summary>What one call takes from the managed heap: exact figures, the same on a busy machine.</summary>
public sealed class AllocationTests(ITestOutputHelper output) : AgainstX
{
    private const int Calls = 2_000;

    /// <summary>As long as that of the benchmark, whose result is a part of its figures too.</summary>
    private const string Token = "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZBUGc6MTY";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASynchronousCallTakesLittle(bool withProgress)
    {
        var client = new TwitterClient(new TwitterParameters { AccessToken = Token });
        CreateAuthorizationHeaderV2Options? options =
            withProgress ? new() { Progress = new SynchronousProgress(_ => { }) } : null;
        Make(client, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Make(client, options);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
        output.WriteLine($"{each} B");
        Assert.InRange(each, 1, 320);
    }

    [Fact]
    public async Task AnAsynchronousCallTakesLittle()
    {
        var client = new TwitterClient(new TwitterParameters { AccessToken = Token });
        await MakeAsync(client);
        // Other threads of the process allocate too now and then, so the least of several rounds counts.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await MakeAsync(client);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }
        output.WriteLine($"{least} B");
        Assert.InRange(least, 1, 600);
    }

    /// <summary>Files are lent to the library or read by it: no part of them goes through the managed heap.</summary>
    [Fact]
    public void AnUploadTakesNoMoreForABiggerFile()
    {
        var client = new TwitterClient(X.SignedIn());
        byte[] small = new byte[2 << 20], big = new byte[34 << 20];
        Upload(client, small);
        long growth = Upload(client, big) - Upload(client, small);
        output.WriteLine($"{growth} B for 32 MiB");
        Assert.InRange(growth, long.MinValue, 31);
    }

    private static long Upload(TwitterClient client, byte[] video)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        client.UploadMediaFile(video, new() { Type = MediaCategory.TweetVideo, MediaType = "video/mp4", Wait = false });
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Make(TwitterClient client, CreateAuthorizationHeaderV2Options? options)
    {
        for (int call = 0; call < Calls; call++)
        {
            client.CreateAuthorizationHeaderV2(options);
        }
    }

    private static async Task MakeAsync(TwitterClient client)
    {
        for (int call = 0; call < Calls; call++)
        {
            await client.CreateAuthorizationHeaderV2Async().ConfigureAwait(false);
        }
    }
}
