using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Reports come on the call's thread, in order, and may do what they like.</summary>
public sealed class ProgressTests : AgainstX
{
    [Fact]
    public void FromNothingToAll()
    {
        var seen = new List<TwitterProgress>();
        int thread = Environment.CurrentManagedThreadId;
        byte[] video = new byte[6_000_000];
        SignedIn().UploadMediaFile(video, Options(now =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            seen.Add(now);
        }));
        long[] sent = [.. seen.Where(now => now.Stage == TwitterStage.Uploading).Select(now => now.Done)];
        Assert.Equal(0, sent[0]);
        Assert.Equal(video.Length, sent[^1]);
        Assert.Equal(sent.Order(), sent);
        Assert.All(seen.Where(now => now.Stage == TwitterStage.Uploading), now => Assert.Equal(video.Length, now.Total));
        Assert.Contains(seen, now => now.Stage == TwitterStage.Processing);
        // No report says the same as the one before it.
        Assert.DoesNotContain(seen.Zip(seen.Skip(1)), pair => pair.First == pair.Second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatAReportThrowsComesOut(bool isAsync)
    {
        TwitterClient client = SignedIn();
        UploadMediaFileOptions options = Options(_ => throw new NotSupportedException("enough"));
        NotSupportedException error = isAsync
            ? await Assert.ThrowsAsync<NotSupportedException>(() => client.UploadMediaFileAsync(new byte[100_000], options))
            : Assert.Throws<NotSupportedException>(() => client.UploadMediaFile(new byte[100_000], options));
        Assert.Equal("canceled", Assert.IsType<TwitterError>(error.Data["TwitterNative.Error"]).Kind);
    }

    [Fact]
    public void AReportMayCallTheClient()
    {
        TwitterClient client = SignedIn();
        string? name = null;
        client.UploadMediaFile(new byte[100_000], Options(_ => name ??= client.GetMe().Value.Username));
        Assert.Equal(X.Credential("screen_name"), name);
    }

    [Fact]
    public async Task AReportCanNotShutDown() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SignedIn().UploadMediaFileAsync(
            new byte[100_000], Options(_ => TwitterRuntime.Shutdown())));

    [Fact]
    public async Task ShuttingDownCancelsAndLaterCallsWork()
    {
        TwitterClient client = SignedIn();
        X.Fault("/2/users/me", Stall);
        Task<TwitterResult<User>> call = client.GetMeAsync();
        WaitFor(() => Requests().Count > 0);
        TwitterRuntime.Shutdown();
        TwitterCanceledException error = await Assert.ThrowsAsync<TwitterCanceledException>(() => call);
        Assert.Equal(CancellationToken.None, error.CancellationToken);
        Assert.Equal(X.Credential("screen_name"), client.GetMe().Value.Username);
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 4, 0.25)]
    public void AFraction(long done, long total, double? fraction) =>
        Assert.Equal(fraction, new TwitterProgress(TwitterStage.Uploading, done, total).Fraction);

    private static UploadMediaFileOptions Options(Action<TwitterProgress> report) =>
        new() { Type = MediaCategory.TweetVideo, MediaType = "video/mp4", Progress = new SynchronousProgress(report) };
}
