using System;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;
using Xunit.Abstractions;

namespace TwitterNative.Tests;

/// <summary>What one call takes from the managed heap: exact figures, the same on a busy machine.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Calls = 2_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASynchronousCallTakesLittle(bool withProgress)
    {
        var client = new TwitterClient(new TwitterParameters { AccessToken = "a" });
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
        var client = new TwitterClient(new TwitterParameters { AccessToken = "a" });
        await MakeAsync(client);
        // Other threads of the process take something too now and then: the least of a few is the call's own.
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
