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
    /// <summary>Where an exception of the caller's progress has the library's error.</summary>
    private const string ErrorKey = "TwitterNative.Error";

    /// <summary>A call without options, on the caller's thread.</summary>
    public static Envelope Invoke(Function function, RequestWriter request)
    {
        using Lender lent = Lender.Lend(request);
        return NativeCall.Invoke(function, request, lent, CallState.Begin(function, "", null, null, null, default));
    }

    public static TwitterResult<T> Run<T>(CallPlan<T> plan, CancellationToken cancellationToken)
    {
        CallState state = Begin(plan, cancellationToken);
        state.StartTelemetry();
        Envelope envelope;
        try
        {
            envelope = Call(plan.Function, plan.Request, state);
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
        RunAsync(plan.Request, plan.Read, Begin(plan, cancellationToken));

    /// <summary>It has few arguments, because they stay in memory as long as the call lasts.</summary>
    private static async Task<TwitterResult<T>> RunAsync<T>(
        RequestWriter request, Func<JsonElement, T> read, CallState state)
    {
        state.StartTelemetry();
        Envelope envelope;
        try
        {
            envelope = await CallAsync(state.Function, request, state).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            state.EndTelemetry(error);
            throw;
        }
        finally
        {
            request.Dispose();
        }
        // Thrown by this method and not set on a task: a task that is cancelled loses the exception's own class.
        return Finish(envelope, read, state);
    }

    private static CallState Begin<T>(CallPlan<T> plan, CancellationToken cancellationToken) =>
        CallState.Begin(plan.Function, plan.Server, plan.Progress, plan.Log, plan.Store, cancellationToken);

    /// <summary>The exception of a call that was cancelled before the library had it.</summary>
    public static TwitterCanceledException Canceled(CancellationToken cancellationToken) =>
        Canceled(Envelope.CanceledBeforeSent(), cancellationToken);

    private static Envelope Call(Function function, RequestWriter request, CallState state)
    {
        if (Refuse(state) is Envelope refusal)
        {
            return refusal;
        }
        using Lender lent = Lender.Lend(request);
#if !NET8_0_OR_GREATER
        if (Platform.AbortsThreads && !CallThreads.IsCurrent)
        {
            return AbortableCall.Run(new QueuedCall(request, lent, state), state);
        }
#endif
        return NativeCall.Invoke(function, request, lent, state);
    }

    /// <summary>The answer to a call that is not to begin; null for the others.</summary>
    private static Envelope? Refuse(CallState state)
    {
        if (state.CancellationToken.IsCancellationRequested)
        {
            return Envelope.CanceledBeforeSent();
        }
        // It would need what the store's method is busy with.
        return state.Store is not null && StoreUse.IsCurrent
            ? Envelope.Failed(
                "timeout",
                "This call comes from a method of a token store, and needs a token store itself: make it when that method "
                + "has returned. Nothing was sent.",
                retryable: true)
            : null;
    }

    private static Task<Envelope> CallAsync(Function function, RequestWriter request, CallState state)
    {
        if (Refuse(state) is Envelope refusal)
        {
            return Task.FromResult(refusal);
        }
        return request.Files.Count == 0
            ? Queue(function, request, Lender.Nothing, state)
            : CallWithFilesAsync(function, request, state);
    }

    private static async Task<Envelope> CallWithFilesAsync(Function function, RequestWriter request, CallState state)
    {
        Lender lent;
        try
        {
            // Before a thread is taken: the host's stream may be slow.
            lent = await Lender.LendAsync(request, state.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (state.CancellationToken.IsCancellationRequested)
        {
            return Envelope.CanceledBeforeSent();
        }
        using (lent)
        {
            return await Queue(function, request, lent, state).ConfigureAwait(false);
        }
    }

    private static Task<Envelope> Queue(Function function, RequestWriter request, Lender lent, CallState state)
    {
        var call = new QueuedCall(request, lent, state);
        return function.Kind == FunctionKind.WaitsForPerson ? CallThreads.RunAlone(call) : CallThreads.Run(call);
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
