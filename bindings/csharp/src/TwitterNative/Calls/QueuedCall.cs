using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Files;
using TwitterNative.Interop;

namespace TwitterNative.Calls;

/// <summary>A call that runs on a thread of <see cref="CallThreads"/>. The task's result is the answer.</summary>
internal sealed class QueuedCall(CallFiles files, CallState state)
    : TaskCompletionSource<Envelope>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private CancellationTokenRegistration _registration;
    private CallOutcome? _outcome;

    /// <summary>Its node of the queue; null unless it waits there for a thread.</summary>
    public LinkedListNode<QueuedCall>? Place { get; set; }

    /// <summary>Makes the call leave the queue as soon as its token is cancelled.</summary>
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
    /// Runs the call in the execution context of its caller (Activity.Current, logging scopes). It does not complete the
    /// task: <see cref="Complete"/> does.
    /// </summary>
    /// <param name="outcome">Holds the outcome until then. Each thread has one, which all of its calls use.</param>
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

    /// <summary>Completes the task with the outcome of <see cref="Run"/>.</summary>
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
            _outcome!.Answer = NativeCall.Invoke(files, state);
        }
        catch (Exception error)
        {
            _outcome!.Failure = error;
        }
    }
}
