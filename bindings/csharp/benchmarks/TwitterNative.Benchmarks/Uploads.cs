using System;
using System.IO;
using System.Text.Json.Nodes;

namespace TwitterNative.Benchmarks;

/// <summary>A video of 512 MiB, X's limit, to the server that TWITTER_SINK names.</summary>
internal static class Uploads
{
    private const int Size = 512 << 20;
    private const int Count = 7;

    private static readonly byte[] s_function = RawLibrary.Text("upload_media_file");
    private static readonly UploadMediaFileOptions s_options = new() { Type = MediaCategory.TweetVideo };

    public static (Comparison ByPath, Comparison FromMemory) Measure()
    {
        byte[] content = new byte[Size];
        "\0\0\0\x18ftypisom\0\0\x02\0isommp42"u8.CopyTo(content);
        string path = Path.Combine(Path.GetTempPath(), $"twitter-native-benchmark-{Environment.ProcessId}.mp4");
        File.WriteAllBytes(path, content);
        try
        {
            var client = new TwitterClient(Sink.Parameters());
            byte[] byPath = Request(path), byIndex = Request(new JsonObject { ["bytes"] = 0, ["name"] = "a.mp4" });
            TwitterFile bytes = TwitterFile.FromBytes(content, "a.mp4");
            return (
                Comparison.OfQuickest(
                    Count, () => RawLibrary.CallWithProgress(s_function, byPath),
                    () => GC.KeepAlive(client.UploadMediaFile(path, s_options))),
                Comparison.OfQuickest(
                    Count, () => RawLibrary.Call(s_function, byIndex, content),
                    () => GC.KeepAlive(client.UploadMediaFile(bytes, s_options))));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Request(JsonNode file) => RawLibrary.Request(
        new() { ["parameters"] = Sink.RawParameters(), ["file"] = file, ["type"] = "tweet_video" });
}
