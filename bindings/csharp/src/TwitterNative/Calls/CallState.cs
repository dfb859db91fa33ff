using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using TwitterNative.Interop;
using TwitterNative.Telemetry;

namespace TwitterNative.Calls;

/// <summary>
/// A call while it runs: its request, what the library's callbacks need, and what they report. One thread at a time uses
/// it. A call that has succeeded returns it for the next call.
/// </summary>
internal sealed class CallState
{
    /// <summary>A state that no call uses now. Calls that run at the same time make their own.</summary>
    private static CallState? s_free;

    private Function? _function;
    private RequestWriter? _request;
    private string _server = "";
    private IProgress<TwitterProgress>? _progress;
    private TwitterLog? _log;
    private CallTelemetry _telemetry;
    private TwitterProgress _reported;
    private volatile bool _isCanceled;

    private CallState()
    {
    }

    /// <summary>Whether lines of the log are wanted at all: making them costs time.</summary>
    public bool Logs { get; private set; }

    public Function Function => _function!;

    /// <summary>The request, sealed. Who has begun the call disposes of it.</summary>
    public RequestWriter Request => _request!;

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>What the caller's progress threw, which cancelled the call; null if it threw nothing.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>The host's token store; null if the call has none.</summary>
    public TokenStoreCallbacks? Store { get; private set; }

    /// <summary>False once the call is cancelled, by whatever.</summary>
    public bool GoesOn =>
        Failure is null && !_isCanceled && !CancellationToken.IsCancellationRequested && !UnloadHandler.IsUnloading;

    /// <summary>How many bytes of files X has taken.</summary>
    public long Uploaded { get; private set; }

    public static CallState Begin(
        Function function, RequestWriter request, string server, IProgress<TwitterProgress>? progress, TwitterLog? log,
        AccountStore? store, CancellationToken cancellationToken)
    {
        CallState state = Interlocked.Exchange(ref s_free, null) ?? new CallState();
        state._function = function;
        state._request = request;
        state._server = server;
        state._progress = progress;
        state._log = log;
        state.Logs = log is not null && IsEnabled(log);
        state.CancellationToken = cancellationToken;
        state.Store = store is null ? null : new TokenStoreCallbacks(store, state);
        return state;
    }

    /// <summary>Clears the state and returns it for the next call. This call must not use it any more.</summary>
    public void End()
    {
        _function = null;
        _request = null;
        _server = "";
        _telemetry = default;
        _progress = null;
        _log = null;
        _reported = default;
        _isCanceled = false;
        CancellationToken = default;
        Failure = null;
        Store = null;
        Uploaded = 0;
        Volatile.Write(ref s_free, this);
    }

    /// <summary>Starts the span and the measurements of the call. The span is Activity.Current until it ends.</summary>
    public void StartTelemetry() => _telemetry = CallTelemetry.Start(Function, _server);

    /// <summary>The call has ended with this answer.</summary>
    public void EndTelemetry(Envelope envelope) => _telemetry.End(envelope, this);

    /// <summary>The call has ended before the library answered.</summary>
    public void EndTelemetry(Exception error) => _telemetry.End(error);

    /// <summary>Cancels the call at its next tick, for another reason than its token.</summary>
    public void Cancel() => _isCanceled = true;

    /// <summary>Reports the progress to the caller if it has changed.</summary>
    /// <returns>False if the call has to be cancelled.</returns>
    public bool Tick(uint stage, ulong done, ulong total)
    {
        if (stage == (uint)TwitterStage.Uploading)
        {
            Uploaded = (long)done;
        }
        if (_progress is not null && Failure is null)
        {
            Report(new TwitterProgress((TwitterStage)stage, (long)done, (long)total));
        }
        return GoesOn;
    }

    /// <summary>Passes a line to the caller's log. What the log throws is dropped: it must not change what a call does.</summary>
    public void Write(uint level, ReadOnlySpan<byte> message)
    {
        var known = (TwitterLogLevel)level;
        try
        {
            if (_log!.IsEnabled(known))
            {
                _log.Write(known, Function.Name, Utf8.ToString(message));
            }
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            // Dropped, as said above.
        }
    }

    private void Report(TwitterProgress now)
    {
        if (now == _reported)
        {
            return;
        }
        _reported = now;
        try
        {
            _progress!.Report(now);
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            Failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    private static bool IsEnabled(TwitterLog log)
    {
        try
        {
            return log.IsEnabled(TwitterLogLevel.Error) || log.IsEnabled(TwitterLogLevel.Warning)
                || log.IsEnabled(TwitterLogLevel.Information) || log.IsEnabled(TwitterLogLevel.Debug);
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            return false;
        }
    }
}
