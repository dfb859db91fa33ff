using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Uploads from each source, and their progress.</summary>
internal static class FileChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        byte[] small = Filler(5_000);
        byte[] large = Filler(9 * 1024 * 1024 + 17);
        UploadMediaFileOptions Video() => new() { Type = MediaCategory.TweetVideo, MediaType = "video/mp4" };

        await report.Check("a file of the disk", () =>
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(path, large);
                Expect.Equal(Sha256(large), x.Sha256Of(client.UploadMediaFile(path, Video()).Value.MediaId!));
                using FileStream stream = File.OpenRead(path);
                Expect.Equal(Sha256(large), x.Sha256Of(client.UploadMediaFile(stream, Video()).Value.MediaId!));
                stream.Position = 10;
                Expect.Equal(
                    Sha256(large.Skip(10).ToArray()), x.Sha256Of(client.UploadMediaFile(stream, Video()).Value.MediaId!));
            }
            finally
            {
                File.Delete(path);
            }
        });
        await report.Check("bytes, copied and pinned", async () =>
        {
            Expect.Equal(Sha256(small), x.Sha256Of((await client.UploadMediaFileAsync(small, Video())).Value.MediaId!));
            Expect.Equal(Sha256(large), x.Sha256Of((await client.UploadMediaFileAsync(large, Video())).Value.MediaId!));
            var slice = TwitterFile.FromBytes(large.AsMemory(100, 200_000));
            Expect.Equal(
                Sha256(large.Skip(100).Take(200_000).ToArray()),
                x.Sha256Of((await client.UploadMediaFileAsync(slice, Video())).Value.MediaId!));
        });
        await report.Check("a stream without a length", async () =>
        {
            int before = TemporaryFiles();
            Expect.Equal(
                Sha256(large),
                x.Sha256Of((await client.UploadMediaFileAsync(new Pipe(large), Video())).Value.MediaId!));
            Expect.Equal(Sha256(small), x.Sha256Of(client.UploadMediaFile(new Pipe(small), Video()).Value.MediaId!));
            Expect.Equal(before, TemporaryFiles());
        });
        await report.Check("several streams in one call", async () =>
        {
            byte[] other = Filler(4_500_000);
            IEnumerable<TwitterFile> files = [new Pipe(other), TwitterFile.FromBytes(small, "a.mp4"), new Pipe(Filler(100_000))];
            IReadOnlyList<string> ids = (await client.UploadAttachmentsArrayAsync(files, new() { Type = "tweet_video" })).Value;
            Expect.Equal(Sha256(other), x.Sha256Of(ids[0]));
            Expect.Equal(Sha256(small), x.Sha256Of(ids[1]));
            Expect.Equal(Sha256(Filler(100_000)), x.Sha256Of(ids[2]));
        });
        await report.Check("a file by its index in a call by name", () =>
        {
            string id = client.Call(
                "upload_media_file",
                new() { ["file"] = new System.Text.Json.Nodes.JsonObject { ["bytes"] = 0 }, ["type"] = "tweet_video", ["media_type"] = "video/mp4" },
                [new Pipe(large)]).Json.GetProperty("media_id").GetString()!;
            Expect.Equal(Sha256(large), x.Sha256Of(id));
        });
        await report.Check("progress from nothing to all, on the thread of the call", () =>
        {
            var seen = new List<TwitterProgress>();
#if !NET472
            int thread = Environment.CurrentManagedThreadId;
#endif
            UploadMediaFileOptions options = Video();
            options.Progress = new SynchronousProgress(progress =>
            {
#if !NET472
                Expect.Equal(thread, Environment.CurrentManagedThreadId);
#endif
                GC.Collect();
                seen.Add(progress);
            });
            client.UploadMediaFile(large, options);
            List<long> sent = seen.Where(p => p.Stage == TwitterStage.Uploading).Select(p => p.Done).ToList();
            Expect.Equal(large.Length, sent.Last());
            Expect.True(sent.SequenceEqual(sent.OrderBy(done => done)), "not in order");
            Expect.True(seen.Any(p => p.Stage == TwitterStage.Processing), "no processing");
            Expect.True(seen.Zip(seen.Skip(1), (a, b) => a != b).All(differs => differs), "the same twice");
        });
        await report.Check("what progress throws comes out", async () =>
        {
            UploadMediaFileOptions options = Video();
            options.Progress = new SynchronousProgress(_ => throw new NotSupportedException("enough"));
            NotSupportedException error =
                await Expect.ThrowsAsync<NotSupportedException>(() => client.UploadMediaFileAsync(large, options));
            Expect.Equal("canceled", ((TwitterError)error.Data["TwitterNative.Error"]!).Kind);
        });
        await report.Check("a file that is not there", () =>
            Expect.Equal("/no/such.mp4", Expect.Throws<TwitterFileException>(
                () => client.UploadMediaFile("/no/such.mp4")).Error.Path));
    }

    private static byte[] Filler(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string Sha256(byte[] bytes)
    {
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(bytes);
#endif
        return string.Concat(hash.Select(part => part.ToString("x2")));
    }

    private static int TemporaryFiles() => Directory.GetFiles(Path.GetTempPath(), "twitter-native-*").Length;
}
