using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Files;
using TwitterNative.Interop;

namespace TwitterNative.Calls;

/// <summary>A call that runs on a thread of <see cref="CallThreads"/>. The task's result is the answer.</summary>
internal sealed class QueuedCall(RequestWriter request, Lender lent, CallState state)
    : TaskCompletionSource<Envelope>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private CancellationTokenRegistration _registration;
    private CallOutcome? _outcome;

    /// <summary>Its place in the queue, while it waits for a thread.</summary>
    public LinkedListNode<QueuedCall>? Place { get; set; }

    /// <summary>Lets a cancelled token take it out of the queue at once.</summary>
    public void LeaveQueueOnCancellation()
    {
        CancellationToken token = state.CancellationToken;
        if (token.CanBeCanceled)
        {
            _registration = token.Register(static call => CallThreads.Withdraw((QueuedCall)call!), this);
            if (!CallThreads.IsQueued(this))
            {
                // A thread has taken the call meanwhile, perhaps before the registration was stored.
                _registration.Dispose();
            }
        }
    }

    public void CompleteCanceled() => TrySetResult(Envelope.CanceledBeforeSent());

    /// <summary>
    /// Runs the call in the execution context of its caller (Activity.Current, logging scopes). The task completes by
    /// <see cref="Complete"/>.
    /// </summary>
    /// <param name="outcome">Keeps the outcome until then. A thread has one for all of its calls.</param>
    public void Run(CallOutcome outcome)
    {
        _outcome = outcome;
        _registration.Dispose();
        if (_context is null)
        {
            Invoke();
        }
        else
        {
            ExecutionContext.Run(_context, static call => ((QueuedCall)call!).Invoke(), this);
        }
    }

    /// <summary>Completes the task.</summary>
    public void Complete()
    {
        (Envelope answer, Exception? failure) = _outcome!.Take();
        if (failure is null)
        {
            TrySetResult(answer);
        }
        else
        {
            TrySetException(failure);
        }
    }

    private void Invoke()
    {
        try
        {
            _outcome!.Answer = NativeCall.Invoke(state.Function, request, lent, state);
        }
        catch (Exception error)
        {
            _outcome!.Failure = error;
        }
    }
}
