// Posts a video, with a progress bar. Ctrl-C cancels.
//   dotnet run twitter.json "Look at this" holiday.mp4
// The exit code is 0 where it was posted, 1 where it was not, and 2 where it may have been: look before you try again.
using System;
using System.Threading;
using TwitterNative;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: PostWithProgress PARAMETERS TEXT VIDEO");
    return 1;
}
using var canceled = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    canceled.Cancel();
};
try
{
    var client = new TwitterClient(TwitterParameters.Load(args[0]));
    TwitterResult<Tweet> posted = await client.CreateVideoTweetAsync(
        args[1], args[2], new TweetOptions { Progress = new Bar() }, canceled.Token);
    Console.WriteLine($"\nhttps://x.com/i/status/{posted.Value.Id}");
    return 0;
}
catch (TwitterException error)
{
    return Failed(error.Error);
}
catch (TwitterCanceledException error)
{
    return Failed(error.Error);
}

static int Failed(TwitterError error)
{
    Console.Error.WriteLine($"\n{error.Message}");
    return error.Outcome == TwitterOutcome.Unknown ? 2 : 1;
}

/// <summary>Unlike <see cref="Progress{T}"/> it draws at once, in order, on the thread that carries the call.</summary>
internal sealed class Bar : IProgress<TwitterProgress>
{
    private const int Width = 40;

    public void Report(TwitterProgress value)
    {
        int full = (int)((value.Fraction ?? 0) * Width);
        Console.Write($"\r{value.Stage,-10} [{new string('#', full)}{new string('.', Width - full)}] {value.Fraction,4:P0}");
    }
}
