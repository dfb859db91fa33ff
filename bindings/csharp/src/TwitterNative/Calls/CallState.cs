using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using TwitterNative.Interop;
using TwitterNative.Telemetry;

namespace TwitterNative.Calls;

/// <summary>
/// What the callbacks of one call need, and what they leave behind. Used by one thread at a time, and by one call after
/// the other: a call that has succeeded gives its state back.
/// </summary>
internal sealed class CallState
{
    private const uint Uploading = 2;

    /// <summary>A state that no call uses now. Calls that run at the same time make their own.</summary>
    private static CallState? s_free;

    /// <summary>The function of a state that no call uses.</summary>
    private static readonly Function s_none = new("");

    private Function _function = s_none;
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

    public Function Function => _function;

    public CancellationToken CancellationToken { get; private set; }

    /// <summary>What the caller's progress threw; the call was cancelled because of it.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>The host's token store; null where the call has none.</summary>
    public StoreCall? Store { get; private set; }

    /// <summary>Whether nothing has cancelled the call.</summary>
    public bool GoesOn =>
        Failure is null && !_isCanceled && !CancellationToken.IsCancellationRequested && !UnloadHandler.IsUnloading;

    /// <summary>How many bytes of files X has taken.</summary>
    public long Uploaded { get; private set; }

    public static CallState Begin(
        Function function, string server, IProgress<TwitterProgress>? progress, TwitterLog? log, AccountStore? store,
        CancellationToken cancellationToken)
    {
        CallState state = Interlocked.Exchange(ref s_free, null) ?? new CallState();
        state._function = function;
        state._server = server;
        state._progress = progress;
        state._log = log;
        state.Logs = log is not null && IsEnabled(log);
        state.CancellationToken = cancellationToken;
        state.Store = store is null ? null : new StoreCall(store, state);
        return state;
    }

    /// <summary>Empties the state for the next call. This call must not use it any more.</summary>
    public void End()
    {
        _function = s_none;
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

    /// <summary>Tells those who listen that the call begins. What it starts is current in the caller's context.</summary>
    public void StartTelemetry() => _telemetry = CallTelemetry.Start(_function, _server);

    /// <summary>The call has ended with this answer.</summary>
    public void EndTelemetry(Envelope envelope) => _telemetry.End(envelope, this);

    /// <summary>The call has ended before the library answered.</summary>
    public void EndTelemetry(Exception error) => _telemetry.End(error);

    /// <summary>Ends the call by its next tick, for another reason than its token.</summary>
    public void Cancel() => _isCanceled = true;

    /// <summary>Reports what is new. False cancels the call.</summary>
    public bool Tick(uint stage, ulong done, ulong total)
    {
        if (stage == Uploading)
        {
            Uploaded = (long)done;
        }
        if (_progress is not null && Failure is null)
        {
            Report(new TwitterProgress((TwitterStage)stage, (long)done, (long)total));
        }
        return GoesOn;
    }

    /// <summary>Hands a line to the caller's log. What that throws is dropped: a log must not change what a call does.</summary>
    public void Write(uint level, ReadOnlySpan<byte> message)
    {
        var known = (TwitterLogLevel)level;
        try
        {
            if (_log!.IsEnabled(known))
            {
                _log.Write(known, _function.Name, Utf8.ToString(message));
            }
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            // Said above.
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
