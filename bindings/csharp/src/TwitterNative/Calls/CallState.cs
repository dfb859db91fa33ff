using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using TwitterNative.Interop;

namespace TwitterNative.Calls;

/// <summary>What the callbacks of one call need, and what they leave behind. Used by one thread at a time.</summary>
internal sealed class CallState(
    string function, IProgress<TwitterProgress>? progress, TwitterLog? log, CancellationToken cancellationToken)
{
    private const uint Uploading = 2;

    private TwitterProgress _reported;
    private volatile bool _isCanceled;

    /// <summary>Whether lines of the log are wanted at all: making them costs time.</summary>
    public bool Logs { get; } = log is not null && IsEnabled(log);

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the caller's progress threw; the call was cancelled because of it.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>How many bytes of files X has taken.</summary>
    public long Uploaded { get; private set; }

    /// <summary>Ends the call by its next tick, for another reason than its token.</summary>
    public void Cancel() => _isCanceled = true;

    /// <summary>Reports what is new. False cancels the call.</summary>
    public bool Tick(uint stage, ulong done, ulong total)
    {
        if (stage == Uploading)
        {
            Uploaded = (long)done;
        }
        if (progress is not null && Failure is null)
        {
            Report(new TwitterProgress((TwitterStage)stage, (long)done, (long)total));
        }
        return Failure is null && !_isCanceled && !CancellationToken.IsCancellationRequested && !UnloadHandler.IsUnloading;
    }

    /// <summary>Hands a line to the caller's log. What that throws is dropped: a log must not change what a call does.</summary>
    public void Write(uint level, ReadOnlySpan<byte> message)
    {
        var known = (TwitterLogLevel)level;
        try
        {
            if (log!.IsEnabled(known))
            {
                log.Write(known, function, Utf8.ToString(message));
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
            progress!.Report(now);
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
