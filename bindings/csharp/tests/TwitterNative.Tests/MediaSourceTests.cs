using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>X gets the bytes of the file, wherever they come from.</summary>
public sealed class MediaSourceTests : AgainstX
{
    private static readonly byte[] s_small = Filler(5_000);
    private static readonly byte[] s_large = Filler((9 * 1024 * 1024) + 17);

    [Fact]
    public async Task Paths()
    {
        using var file = new TemporaryFile(s_large);
        await Arrives(s_large, () => file.Path);
        await Arrives(s_large, () => new FileInfo(file.Path));
        await Arrives(s_large, () => TwitterFile.FromPath(file.Path));
    }

    [Fact]
    public async Task Memory()
    {
        await Arrives(s_small, () => s_small);
        await Arrives(s_large, () => s_large);
        await Arrives(s_large[100..200_100], () => TwitterFile.FromBytes(s_large.AsMemory(100, 200_000)));
    }

    [Fact]
    public async Task MemoryStreams()
    {
        await Arrives(s_large, () => new MemoryStream(s_large));
        await Arrives(s_large, () => new MemoryStream(s_large, 0, s_large.Length, writable: false, publiclyVisible: true));
        await Arrives(s_large[7..], () => new MemoryStream(s_large, 0, s_large.Length, false, true) { Position = 7 });
        await Arrives(s_small[7..100], () => new MemoryStream(s_small, 5, 95, false, false) { Position = 2 });
    }

    [Fact]
    public async Task FileStreams()
    {
        using var file = new TemporaryFile(s_large);
        await Arrives(s_large, () => File.OpenRead(file.Path));
        await Arrives(s_large[5..], () => new FileStream(file.Path, FileMode.Open, FileAccess.Read) { Position = 5 });
        using var another = new TemporaryFile(s_large);
        using (var alone = new FileStream(another.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            await Arrives(s_large, () =>
            {
                alone.Position = 0;
                return alone;
            });
        }
        using FileStream deleted = File.OpenRead(another.Path);
        File.Delete(another.Path);
        await Arrives(s_large, () =>
        {
            deleted.Position = 0;
            return deleted;
        });
    }

    [Fact]
    public async Task StreamsWithoutALength()
    {
        int before = TemporaryFiles();
        await Arrives(s_large, () => new Unseekable(s_large));
        await Arrives(s_small, () => new Unseekable(s_small));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(s_large);
        }
        await Arrives(s_large, () => new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress));
        await Arrives(s_large, () =>
        {
            var pipe = new Pipe();
            _ = Task.Run(async () =>
            {
                await pipe.Writer.WriteAsync(s_large);
                await pipe.Writer.CompleteAsync();
            });
            return pipe.Reader.AsStream();
        });
        Assert.Equal(before, TemporaryFiles());
    }

    [Fact]
    public async Task TheBodyOfARequest()
    {
        TwitterClient client = SignedIn();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/", async (HttpRequest request) =>
            (await client.UploadMediaFileAsync(request.Body, Video())).Value.MediaId);
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using HttpResponseMessage answer = await http.PostAsync(app.Urls.Single(), new ByteArrayContent(s_large));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Sha256(s_large), X.Sha256Of(await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task ABigStreamNeedsLittleMemory()
    {
        const long Length = 192L * 1024 * 1024;
        TwitterClient client = SignedIn();
        await client.UploadMediaFileAsync(new Unseekable(s_large), Video());
        GC.Collect();
        long before = WorkingSet(), most = 0;
        UploadMediaFileOptions options = Video();
        options.Progress = new SynchronousProgress(_ => most = Math.Max(most, WorkingSet()));
        await client.UploadMediaFileAsync(new Zeros(Length, () => most = Math.Max(most, WorkingSet())), options);
        Assert.True(most - before < 16 * 1024 * 1024, $"{(most - before) / 1024} KiB more");
    }

    [Fact]
    public async Task AStreamThatFailsSaysSo()
    {
        await Assert.ThrowsAsync<InvalidDataException>(
            () => SignedIn().UploadMediaFileAsync(new GZipStream(new MemoryStream(s_small), CompressionMode.Decompress), Video()));
        Assert.Empty(Requests());
        Assert.Equal("/no/such.mp4", Assert.Throws<TwitterFileException>(
            () => SignedIn().UploadMediaFile("/no/such.mp4")).Error.Path);
    }

    /// <summary>Uploads it by both methods and compares what X has.</summary>
    private static async Task Arrives(byte[] expected, Func<TwitterFile> file)
    {
        TwitterClient client = SignedIn();
        Assert.Equal(Sha256(expected), X.Sha256Of(client.UploadMediaFile(file(), Video()).Value.MediaId!));
        Assert.Equal(Sha256(expected), X.Sha256Of((await client.UploadMediaFileAsync(file(), Video())).Value.MediaId!));
    }

    private static UploadMediaFileOptions Video() =>
        new() { Type = MediaCategory.TweetVideo, MediaType = "video/mp4", Wait = false };

    private static byte[] Filler(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static int TemporaryFiles() => Directory.GetFiles(Path.GetTempPath(), "twitter-native-*").Length;

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    /// <summary>A file that goes with the test.</summary>
    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }

    /// <summary>A stream like that of a network: neither length nor position, and short reads.</summary>
    private class Unseekable(byte[] content) : Stream
    {
        private int _read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int taken = Math.Min(Math.Min(count, 10_007), content.Length - _read);
            Array.Copy(content, _read, buffer, offset, taken);
            _read += taken;
            return taken;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>So many zeros, and word now and then that they are read.</summary>
    private sealed class Zeros(long length, Action isRead) : Unseekable([])
    {
        private long _left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int taken = (int)Math.Min(count, _left);
            Array.Clear(buffer, offset, taken);
            if (_left / (16 * 1024 * 1024) != (_left - taken) / (16 * 1024 * 1024))
            {
                isRead();
            }
            _left -= taken;
            return taken;
        }
    }
}
