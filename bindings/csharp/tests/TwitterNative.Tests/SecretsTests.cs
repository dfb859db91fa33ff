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

/// <summary>A planted secret comes out nowhere: not by printing, in errors, in the log or in telemetry.</summary>
public sealed class SecretsTests : AgainstX
{
    [Fact]
    public async Task NothingShowsThem()
    {
        TwitterParameters[] all = [X.SignedIn(), OAuth1(), Planted()];
        string[] secrets = [.. all.SelectMany(Secrets).Distinct()];
        Assert.True(secrets.Length > 8, "too few secrets are planted");
        var shown = new ConcurrentQueue<string>();
        var log = new ListLog();
        using ActivityListener activities = Listen(shown);
        using MeterListener meters = Measure(shown);

        foreach (TwitterParameters parameters in all)
        {
            var client = new TwitterClient(parameters, new TwitterClientOptions { Log = log });
            client.TokensChanged += (_, change) => Show(change, change.Tokens);
            Show(parameters, client, client.Parameters, client.With(new TwitterParameters { AccessToken = "a" }));
            await Try(() => client.CreateTextTweetAsync(NewText()));
            await Try(() => client.GetMeAsync());
            await Try(() => client.GetTweetAsync("1"));
            await Try(() => client.RevokeTokenAsync());
            await Try(() => client.RefreshTokenAsync());
            await Try(() => client.GetAuthorizationLinkAsync());
            await Try(() => client.OAuth1RequestTokenAsync());
            await Try(() => client.GetStandardParametersAsync());
            await Try(() => client.CreateAuthorizationHeaderV2Async());
            await Try(() => client.CreateAuthorizationHeaderV1Async("GET", "https://api.x.com/1.1/a.json"));
            await Try(() => client.GetTokenAsync("a code", new() { State = "a state" }));
            await Try(() => client.HandleIncomingRequestAfterAuthorizationAsync("?code=abc&state=def"));
            X.Fault("/2/users/me", "\"Reset\"", times: 10);
            await Try(() => client.GetMeAsync());
            X.Control("DELETE", "faults");
            secrets = [.. secrets.Concat(Secrets(client.Parameters)).Distinct()];
        }

        string everything = string.Join("\n", shown.Concat(log.Lines));
        Assert.Contains("get_me", everything, StringComparison.Ordinal);
        foreach (string secret in secrets)
        {
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);
        }

        void Show(params object?[] values)
        {
            foreach (object? value in values)
            {
                shown.Enqueue(value?.ToString() ?? "");
            }
        }

        async Task Try<T>(Func<Task<TwitterResult<T>>> call)
        {
            try
            {
                TwitterResult<T> result = await call();
                // A header is asked for to be had.
                Show(result, result.Http, result.Value is string ? "" : result.Value);
            }
            catch (TwitterException error)
            {
                Show(error, error.Error, error.Http, error.Error.Json.GetRawText());
            }
        }
    }

    [Fact]
    public void AnXThatRepeatsThemIsNotRepeated()
    {
        TwitterParameters planted = Planted();
        Answer("/2/users/me", 401, $$"""{"title":"Unauthorized","detail":"The token {{planted.AccessToken}} is wrong","status":401}""");
        var log = new ListLog();
        TwitterException error = Assert.ThrowsAny<TwitterException>(
            () => new TwitterClient(planted, new TwitterClientOptions { Log = log }).GetMe());
        Assert.DoesNotContain(planted.AccessToken!, string.Join("\n", log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain(planted.AccessToken!, error.ToString(), StringComparison.Ordinal);
    }

    private static TwitterParameters Planted() => new()
    {
        ApiUrl = X.Url,
        Proxy = "none",
        ClientId = "an-application",
        ClientSecret = "planted-client-secret",
        AccessToken = "planted-access-token",
        RefreshToken = "planted-refresh-token",
        OAuthToken = "planted-oauth-token",
        OAuthTokenSecret = "planted-oauth-token-secret",
        OAuthConsumerKey = "a-consumer-key",
        OAuthConsumerSecret = "planted-consumer-secret",
        StateSecret = "planted-state-secret-which-is-long-enough",
        RedirectUri = "http://127.0.0.1:8765/callback",
    };

    private static IEnumerable<string> Secrets(TwitterParameters parameters) =>
        new[]
        {
            parameters.ClientSecret, parameters.AccessToken, parameters.RefreshToken, parameters.OAuthTokenSecret,
            parameters.OAuthConsumerSecret, parameters.StateSecret,
        }.Where(secret => secret is not null).Select(secret => secret!);

    private static ActivityListener Listen(ConcurrentQueue<string> shown)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "TwitterNative",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                shown.Enqueue($"{span.DisplayName} {span.StatusDescription}");
                foreach (KeyValuePair<string, object?> tag in span.TagObjects)
                {
                    shown.Enqueue($"{tag.Key} {tag.Value}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener Measure(ConcurrentQueue<string> shown)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meter) =>
            {
                if (instrument.Meter.Name == "TwitterNative")
                {
                    meter.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        return listener;

        void Note(Instrument instrument, object value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                shown.Enqueue($"{instrument.Name} {value} {tag.Key} {tag.Value}");
            }
        }
    }
}
