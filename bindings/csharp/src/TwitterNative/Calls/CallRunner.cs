using System;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Files;
using TwitterNative.Interop;
using TwitterNative.Results;

namespace TwitterNative.Calls;

/// <summary>Runs calls, synchronous ones on the caller's thread, and turns answers into results and exceptions.</summary>
internal static class CallRunner
{
    /// <summary>The key of <see cref="Exception.Data"/> that holds the library's error, if the caller's progress threw.</summary>
    private const string ErrorKey = "TwitterNative.Error";

    /// <summary>A call without options, on the caller's thread.</summary>
    public static Envelope Invoke(Function function, RequestWriter request)
    {
        using CallFiles files = CallFiles.Open(request);
        return NativeCall.Invoke(files, CallState.Begin(function, request, "", null, null, null, default));
    }

    public static TwitterResult<T> Run<T>(CallPlan<T> plan, CancellationToken cancellationToken)
    {
        CallState state = Begin(plan, cancellationToken);
        state.StartTelemetry();
        Envelope envelope;
        try
        {
            envelope = Call(state);
        }
        catch (Exception error)
        {
            state.EndTelemetry(error);
            throw;
        }
        finally
        {
            plan.Request.Dispose();
        }
        return Finish(envelope, plan.Read, state);
    }

    public static Task<TwitterResult<T>> RunAsync<T>(CallPlan<T> plan, CancellationToken cancellationToken) =>
        RunAsync(plan.Read, Begin(plan, cancellationToken));

    /// <summary>It has few arguments, because each of them is allocated for as long as the call lasts.</summary>
    private static async Task<TwitterResult<T>> RunAsync<T>(Func<JsonElement, T> read, CallState state)
    {
        state.StartTelemetry();
        Envelope envelope;
        try
        {
            envelope = await CallAsync(state).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            state.EndTelemetry(error);
            throw;
        }
        finally
        {
            state.Request.Dispose();
        }
        // Thrown by this method and not set on a task: a task that is cancelled loses the exception's class.
        return Finish(envelope, read, state);
    }

    private static CallState Begin<T>(CallPlan<T> plan, CancellationToken cancellationToken) =>
        CallState.Begin(
            plan.Function, plan.Request, plan.Server, plan.Progress, plan.Log, plan.Store, cancellationToken);

    /// <summary>The exception for a call that was cancelled before it reached the library.</summary>
    public static TwitterCanceledException Canceled(CancellationToken cancellationToken) =>
        Canceled(Envelope.CanceledBeforeSent(), cancellationToken);

    private static Envelope Call(CallState state)
    {
        if (Refuse(state) is Envelope refusal)
        {
            return refusal;
        }
        using CallFiles files = CallFiles.Open(state.Request);
#if !NET8_0_OR_GREATER
        if (Platform.AbortsThreads && !CallThreads.IsCurrent)
        {
            return AbortableCall.Run(new QueuedCall(files, state), state);
        }
#endif
        return NativeCall.Invoke(files, state);
    }

    /// <summary>The error of a call that must not begin; null if it may.</summary>
    private static Envelope? Refuse(CallState state)
    {
        if (state.CancellationToken.IsCancellationRequested)
        {
            return Envelope.CanceledBeforeSent();
        }
        // It could wait for the lock that the store's method holds.
        return state.Store is not null && TokenStoreOperation.IsCurrent
            ? Envelope.Failed(
                "timeout",
                "This call comes from a method of a token store, and needs a token store itself: make it when that method "
                + "has returned. Nothing was sent.",
                retryable: true)
            : null;
    }

    private static Task<Envelope> CallAsync(CallState state)
    {
        if (Refuse(state) is Envelope refusal)
        {
            return Task.FromResult(refusal);
        }
        return state.Request.Files.Count == 0
            ? Queue(CallFiles.None, state)
            : CallWithFilesAsync(state);
    }

    private static async Task<Envelope> CallWithFilesAsync(CallState state)
    {
        CallFiles files;
        try
        {
            // Before a thread is taken: the host's stream may be slow.
            files = await CallFiles.OpenAsync(state.Request, state.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (state.CancellationToken.IsCancellationRequested)
        {
            return Envelope.CanceledBeforeSent();
        }
        using (files)
        {
            return await Queue(files, state).ConfigureAwait(false);
        }
    }

    private static Task<Envelope> Queue(CallFiles files, CallState state)
    {
        var call = new QueuedCall(files, state);
        return state.Function.Kind == FunctionKind.WaitsForPerson ? CallThreads.RunAlone(call) : CallThreads.Run(call);
    }

    private static TwitterResult<T> Finish<T>(Envelope envelope, Func<JsonElement, T> read, CallState state)
    {
        state.EndTelemetry(envelope);
        if (envelope.IsOk)
        {
            state.End();
            return new TwitterResult<T>(envelope, read);
        }
        if (state.Failure is ExceptionDispatchInfo failure)
        {
            failure.SourceException.Data[ErrorKey] = TwitterError.Read(envelope.Content);
            failure.Throw();
        }
        if (envelope.Content.Text("kind"u8) == "canceled")
        {
            throw Canceled(envelope, state.CancellationToken);
        }
        throw TwitterException.Of(envelope, state.Store?.Failure);
    }

    private static TwitterCanceledException Canceled(Envelope envelope, CancellationToken cancellationToken) => new(
        TwitterError.Read(envelope.Content),
        TwitterHttp.Read(envelope.Http),
        cancellationToken.IsCancellationRequested ? cancellationToken : default);
}
