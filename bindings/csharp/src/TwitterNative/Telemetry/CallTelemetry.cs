using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TwitterNative.Calls;
using TwitterNative.Results;

namespace TwitterNative.Telemetry;

/// <summary>
/// The telemetry of one call: a span of the <see cref="ActivitySource"/> <c>TwitterNative</c>, and measurements of the
/// <see cref="Meter"/> of that name. It allocates nothing while nobody listens. Names are OpenTelemetry's where it defines
/// one. No content of the request or the answer is in it.
/// </summary>
internal struct CallTelemetry
{
    private const string Name = "TwitterNative";

    private static readonly string? s_version = typeof(CallTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource s_activities = new(Name, s_version);
    private static readonly Meter s_meter = new(Name, s_version);

    private static readonly Histogram<double> s_duration =
        s_meter.CreateHistogram<double>("twitter.client.call.duration", "s", "Duration of calls.");

    private static readonly UpDownCounter<long> s_active =
        s_meter.CreateUpDownCounter<long>("twitter.client.calls.active", "{call}", "Calls that have not ended, queued ones included.");

    private static readonly ObservableUpDownCounter<int> s_queued = s_meter.CreateObservableUpDownCounter(
        "twitter.client.calls.queued", static () => CallThreads.Queued, "{call}", "Asynchronous calls that wait for a thread.");

    private static readonly Counter<long> s_uploaded =
        s_meter.CreateCounter<long>("twitter.client.uploaded.bytes", "By", "Bytes of files that were sent.");

    private readonly string _function;
    private readonly string _server;
    private readonly Activity? _activity;
    private readonly long _start;
    private readonly bool _isMeasured;

    private CallTelemetry(string function, string server)
    {
        _function = function;
        _server = server;
        _start = Stopwatch.GetTimestamp();
        _isMeasured = s_duration.Enabled || s_active.Enabled || s_uploaded.Enabled;
        if (s_activities.HasListeners())
        {
            _activity = s_activities.StartActivity("twitter " + function, ActivityKind.Client);
            _activity?.SetTag("server.address", server);
        }
        if (_isMeasured)
        {
            s_active.Add(1, new KeyValuePair<string, object?>("twitter.function", function));
        }
    }

    /// <summary>Before the code is unloaded: listeners of the process would keep it in memory.</summary>
    public static void Unload()
    {
        s_meter.Dispose();
        s_activities.Dispose();
    }

    public static CallTelemetry Start(Function function, string server) => new(function.Name, server);

    /// <summary>The call has ended with this answer.</summary>
    public readonly void End(Envelope envelope, CallState state)
    {
        if (_activity is null && !_isMeasured)
        {
            return;
        }
        string? error = envelope.IsOk ? null : envelope.Content.Text("kind"u8);
        End(envelope.Http.Int("status"u8), error, state.Uploaded);
        if (_activity is null)
        {
            return;
        }
        _activity.SetTag("twitter.attempts", envelope.Http.Int("attempts"u8));
        if (error is not null)
        {
            _activity.SetTag("twitter.outcome", envelope.Content.Text("outcome"u8));
            _activity.SetStatus(ActivityStatusCode.Error, envelope.Content.Text("message"u8));
        }
        _activity.Dispose();
    }

    /// <summary>The call has ended before the library answered.</summary>
    public readonly void End(Exception error)
    {
        if (_activity is null && !_isMeasured)
        {
            return;
        }
        End(null, error.GetType().FullName, 0);
        _activity?.SetStatus(ActivityStatusCode.Error);
        _activity?.Dispose();
    }

    private readonly void End(int? status, string? error, long uploaded)
    {
        if (_activity is not null && status is int code)
        {
            _activity.SetTag("http.response.status_code", code);
        }
        if (_activity is not null && error is not null)
        {
            _activity.SetTag("error.type", error);
        }
        if (!_isMeasured)
        {
            return;
        }
        var function = new KeyValuePair<string, object?>("twitter.function", _function);
        s_active.Add(-1, function);
        if (uploaded > 0)
        {
            s_uploaded.Add(uploaded, function);
        }
        var tags = new TagList { function, { "server.address", _server } };
        if (status is not null)
        {
            tags.Add("http.response.status_code", status);
        }
        if (error is not null)
        {
            tags.Add("error.type", error);
        }
        s_duration.Record((Stopwatch.GetTimestamp() - _start) / (double)Stopwatch.Frequency, tags);
    }
}
