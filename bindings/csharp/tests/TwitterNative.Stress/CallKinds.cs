using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;

namespace TwitterNative.Stress;

/// <summary>Calls of several kinds, so many of each at once as a busy program makes.</summary>
internal static class CallKinds
{
    private const int AtOnce = 10;

    /// <summary>What makes a number of calls of this kind.</summary>
    public static Func<int, Task> Named(string name) => name switch
    {
        "calls" => Calls(new TwitterClient(new TwitterParameters { AccessToken = "a" })),
        "failures" => Failures(new TwitterClient(new TwitterParameters())),
        "canceled" => Canceled(new LocalX()),
        "uploads" => Uploads(new LocalX()),
        "planted" => Planted(new TwitterClient(new TwitterParameters { AccessToken = "a" })),
        _ => throw new ArgumentException($"There are no {name}."),
    };

    /// <summary>Half of them synchronous.</summary>
    private static Func<int, Task> Calls(TwitterClient client) => async count =>
    {
        for (int done = 0; done < count; done += 2 * AtOnce)
        {
            for (int number = 0; number < AtOnce; number++)
            {
                client.CreateAuthorizationHeaderV2();
            }
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => client.CreateAuthorizationHeaderV2Async()));
        }
    };

    /// <summary>With a leak, to see that it is found: 64 bytes of native memory each.</summary>
    private static Func<int, Task> Planted(TwitterClient client) => async count =>
    {
        for (int done = 0; done < count; done++)
        {
            await client.CreateAuthorizationHeaderV2Async();
            Marshal.AllocHGlobal(64);
        }
    };

    private static Func<int, Task> Failures(TwitterClient client) => async count =>
    {
        for (int done = 0; done < count; done += 2)
        {
            Fails<TwitterMissingCredentialsException>(() => client.CreateTextTweet("a"));
            await FailsAsync<TwitterMissingCredentialsException>(() => client.CreateTextTweetAsync("a"));
        }
    };

    private static Func<int, Task> Canceled(LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        return async count =>
        {
            x.Fault("/2/users/me", """{"StallBeforeAnswer":{"seconds":20}}""", times: count);
            for (int done = 0; done < count; done += AtOnce)
            {
                using var source = new CancellationTokenSource(20);
                Task[] calls =
                    [.. Enumerable.Range(0, AtOnce).Select(_ => client.GetMeAsync(cancellationToken: source.Token))];
                foreach (Task call in calls)
                {
                    await FailsAsync<TwitterCanceledException>(() => call);
                }
            }
            x.Control("DELETE", "faults");
            x.Control("DELETE", "requests");
        };
    }

    /// <summary>From pinned and from copied memory, and from streams that go through memory and through a file.</summary>
    private static Func<int, Task> Uploads(LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        byte[] big = new byte[4_500_000], pinned = new byte[200_000], copied = new byte[1_000];
        UploadMediaFileOptions options = new() { Type = MediaCategory.TweetVideo, MediaType = "video/mp4", Wait = false };
        return async count =>
        {
            for (int done = 0; done < count; done++)
            {
                TwitterFile file = (done % 25) switch
                {
                    0 => new Pipe(big),
                    var number when number % 3 == 0 => pinned,
                    var number when number % 3 == 1 => copied,
                    _ => new Pipe(pinned),
                };
                if (done % 2 == 0)
                {
                    await client.UploadMediaFileAsync(file, options);
                }
                else
                {
                    client.UploadMediaFile(file, options);
                }
            }
            x.Control("DELETE", "requests");
        };
    }

    private static void Fails<T>(Action call) where T : Exception
    {
        try
        {
            call();
        }
        catch (T)
        {
            return;
        }
        throw new StressException($"There was no {typeof(T).Name}.");
    }

    private static async Task FailsAsync<T>(Func<Task> call) where T : Exception
    {
        try
        {
            await call();
        }
        catch (T)
        {
            return;
        }
        throw new StressException($"There was no {typeof(T).Name}.");
    }
}
