using System;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;

namespace TwitterNative.Stress;

/// <summary>
/// Uploads while the garbage collector runs all the time: in every report and line of the log, and on a thread of its
/// own. What the library was lent must stay in its place, and what it calls must not be collected.
/// </summary>
internal static class Collecting
{
    private const int AtOnce = 10;

    public static async Task Run(int uploads)
    {
        using var x = new LocalX();
        var client = new TwitterClient(x.SignedIn(), new TwitterClientOptions { Log = new CollectingLog() });
        using var stop = new CancellationTokenSource();
        var collecting = new Thread(() => CollectUntil(stop.Token)) { IsBackground = true };
        collecting.Start();
        for (int done = 0; done < uploads; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(done, AtOnce).Select(number => Upload(x, client, number)));
            await Cancel(x, client);
        }
        await stop.CancelAsync();
        collecting.Join();
        Console.WriteLine(GC.CollectionCount(0));
    }

    private static void CollectUntil(CancellationToken stop)
    {
        // One that moves everything, and one in the background, in turn.
        for (bool moves = true; !stop.IsCancellationRequested; moves = !moves)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: moves, compacting: moves);
            Thread.Sleep(1);
        }
    }

    /// <summary>From memory that is pinned, memory that is copied, or a stream.</summary>
    private static async Task Upload(LocalX x, TwitterClient client, int number)
    {
        byte[] content = new byte[number % 2 == 0 ? 200_000 : 20_000];
        new Random(number).NextBytes(content);
        string expected = Convert.ToHexStringLower(SHA256.HashData(content));
        TwitterFile file = number % 3 == 0 ? new Pipe(content) : content;
        TwitterResult<UploadedMedia> media = await client.UploadMediaFileAsync(file, Options(_ => GC.Collect(1)));
        if (x.Sha256Of(media.Value.MediaId!) != expected)
        {
            throw new StressException($"X got other bytes of upload {number}.");
        }
    }

    /// <summary>A call that is cancelled by its token, and one by what its progress throws.</summary>
    private static async Task Cancel(LocalX x, TwitterClient client)
    {
        using var source = new CancellationTokenSource();
        Task[] calls =
        [
            client.UploadMediaFileAsync(new byte[200_000], Options(_ => source.Cancel()), source.Token),
            client.UploadMediaFileAsync(new byte[200_000], Options(_ => throw new OperationCanceledException())),
        ];
        foreach (Task call in calls)
        {
            try
            {
                await call;
            }
            catch (OperationCanceledException)
            {
                continue;
            }
            throw new StressException("A call that was to be cancelled was not.");
        }
        x.Control("DELETE", "requests");
    }

    private static UploadMediaFileOptions Options(Action<TwitterProgress> progress) => new()
    {
        Type = MediaCategory.TweetVideo,
        MediaType = "video/mp4",
        Wait = false,
        Progress = new SynchronousProgress(progress),
    };

    private sealed class CollectingLog : TwitterLog
    {
        public override bool IsEnabled(TwitterLogLevel level) => true;

        public override void Write(TwitterLogLevel level, string function, string message) => GC.Collect(0);
    }
}
