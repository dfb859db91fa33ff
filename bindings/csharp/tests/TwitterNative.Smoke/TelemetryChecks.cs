using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Lines of the log, spans and measurements; none of them with a secret.</summary>
internal static class TelemetryChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        await report.Check("the log has a call's steps and no secret", () =>
        {
            var log = new ListLog();
            TwitterParameters parameters = x.SignedIn();
            new TwitterClient(parameters, new TwitterClientOptions { Log = log }).CreateTextTweet("logged");
            string lines = string.Join("\n", log.Lines);
            Expect.Contains("create_text_tweet", lines);
            Expect.Lacks(parameters.AccessToken!, lines);
            Expect.Lacks(parameters.ClientSecret!, lines);
        });
        await report.Check("spans and measurements", async () =>
        {
            var spans = new ConcurrentQueue<Activity>();
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "TwitterNative",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = spans.Enqueue,
            };
            ActivitySource.AddActivityListener(listener);
            var measured = new ConcurrentQueue<string>();
            using var meters = new MeterListener
            {
                InstrumentPublished = (instrument, meter) =>
                {
                    if (instrument.Meter.Name == "TwitterNative")
                    {
                        meter.EnableMeasurementEvents(instrument);
                    }
                },
            };
            meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured.Enqueue(instrument.Name));
            meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured.Enqueue(instrument.Name));
            meters.Start();
            var client = new TwitterClient(x.SignedIn());
            await client.GetMeAsync();
            await Expect.ThrowsAsync<TwitterNotFoundException>(() => client.GetTweetAsync("1"));
            Activity[] all = spans.ToArray();
            Expect.Equal("twitter get_me", all[0].OperationName);
            Expect.Equal(200, all[0].GetTagItem("http.response.status_code"));
            Expect.Equal("127.0.0.1", all[0].GetTagItem("server.address"));
            Expect.Equal("api", all[1].GetTagItem("error.type"));
            Expect.True(measured.Contains("twitter.client.call.duration"), "no duration");
            Expect.Equal(4, measured.Count(name => name == "twitter.client.calls.active"));
        });
    }
}
