using System;

namespace TwitterNative.Benchmarks;

/// <summary>Posts over one kept connection, to the server that TWITTER_SINK names.</summary>
internal static class Posts
{
    private const int Count = 10_000;
    private const string Text = "Hello from the benchmark";

    public static Comparison Measure()
    {
        byte[] function = RawLibrary.Text("create_text_tweet");
        byte[] request = RawLibrary.Request(new() { ["parameters"] = Sink.RawParameters(), ["text"] = Text });
        var client = new TwitterClient(Sink.Parameters());
        return Comparison.OfMedians(
            Count, () => RawLibrary.CallWithProgress(function, request), () => GC.KeepAlive(client.CreateTextTweet(Text)));
    }
}
