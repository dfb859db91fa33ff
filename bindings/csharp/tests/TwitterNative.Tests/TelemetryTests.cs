using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Spans, measurements and the log.</summary>
public sealed class TelemetryTests : AgainstX
{
    [Fact]
    public async Task ACallIsASpan()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "TwitterNative",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        TwitterClient client = SignedIn();
        using var parent = new Activity("a request");
        parent.Start();
        await client.GetMeAsync();
        await Assert.ThrowsAsync<TwitterNotFoundException>(() => client.GetTweetAsync("1"));
        Assert.Same(parent, Activity.Current);
        Activity[] all = [.. spans];
        Assert.Equal(["twitter get_me", "twitter get_tweet"], all.Select(span => span.OperationName));
        Assert.All(all, span => Assert.Equal((ActivityKind.Client, parent.Id), (span.Kind, span.ParentId)));
        Assert.Equal(200, all[0].GetTagItem("http.response.status_code"));
        Assert.Equal("127.0.0.1", all[0].GetTagItem("server.address"));
        Assert.Equal(1, all[0].GetTagItem("twitter.attempts"));
        Assert.Equal("api", all[1].GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, all[1].Status);
        // Nothing of it goes to X.
        Assert.DoesNotContain("traceparent", string.Join("\n", Requests()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task CallsAreMeasured()
    {
        var measured = new ConcurrentQueue<(string Name, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == "TwitterNative")
                {
                    meter.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.Enqueue((instrument.Name, value)));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured.Enqueue((instrument.Name, value)));
        listener.Start();
        TwitterClient client = SignedIn();
        await client.UploadMediaFileAsync(new byte[30_000], new() { Type = "tweet_video", MediaType = "video/mp4" });
        listener.RecordObservableInstruments();
        Assert.Equal(30_000, measured.Single(one => one.Name == "twitter.client.uploaded.bytes").Value);
        Assert.True(measured.Single(one => one.Name == "twitter.client.call.duration").Value > 0);
        Assert.Equal(0, measured.Where(one => one.Name == "twitter.client.calls.active").Sum(one => one.Value));
        Assert.Contains(measured, one => one == ("twitter.client.calls.queued", 0));
    }

    [Fact]
    public void ALogThatThrowsChangesNothing()
    {
        TwitterClient client = SignedIn(new Thrower());
        Assert.Equal(X.Credential("screen_name"), client.GetMe().Value.Username);
    }

    [Fact]
    public void TheLogTellsACallsSteps()
    {
        var log = new ListLog();
        SignedIn(log).CreateTextTweet(NewText());
        Assert.Contains(log.Lines, line => line.Contains("create_text_tweet", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("201", StringComparison.Ordinal));
    }

    private sealed class Thrower : TwitterLog
    {
        public override bool IsEnabled(TwitterLogLevel level) => true;

        public override void Write(TwitterLogLevel level, string function, string message) =>
            throw new InvalidOperationException("the disk is full");
    }
}
