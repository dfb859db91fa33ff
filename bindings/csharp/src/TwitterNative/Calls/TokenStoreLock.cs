using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>
/// A store's lock while a call holds it: <see cref="ITokenStore.UpdateAsync"/>, which waits in <c>change</c> until the
/// library has decided.
/// </summary>
internal sealed class StoreUpdate
{
    private readonly object _gate = new();
    private readonly StoreUse _use;
    private readonly Task<TwitterTokens?> _end;
    private readonly TaskCompletionSource<TwitterTokens?> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TwitterTokens?> _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isGivenUp;

    public StoreUpdate(AccountStore place) =>
        _use = StoreUse.Begin(token => place.Store.UpdateAsync(place.Account, Change, token), out _end);

    /// <summary>Ends when the lock is held and the tokens have been read.</summary>
    public Task<TwitterTokens?> Found => _found.Task;

    /// <summary>Ends when the store has returned.</summary>
    public Task<TwitterTokens?> End => _end;

    /// <summary>What the store has done wrong so far; null where the lock is held.</summary>
    public Exception? Fault()
    {
        if (!_end.IsCompleted)
        {
            return null;
        }
        return FailureOf(_end) ?? new InvalidOperationException(
            "UpdateAsync of the token store has returned without waiting for change: the tokens are not locked.");
    }

    /// <summary>Stops waiting for the lock. False where it is held by now.</summary>
    public bool TryGiveUp()
    {
        lock (_gate)
        {
            if (_found.Task.IsCompleted)
            {
                return false;
            }
            _isGivenUp = true;
        }
        _use.Cancel();
        return true;
    }

    /// <summary>Lets the store keep the tokens and end the lock.</summary>
    public void Keep(TwitterTokens? tokens) => _kept.TrySetResult(tokens);

    /// <summary>What a task has failed with; null where it has not.</summary>
    public static Exception? FailureOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            return error;
        }
    }

    private ValueTask<TwitterTokens?> Change(TwitterTokens? current)
    {
        lock (_gate)
        {
            if (_isGivenUp)
            {
                throw new OperationCanceledException("The call has ended before the tokens were locked.");
            }
            // A transaction that is tried again finds what it found before.
            if (!_found.TrySetResult(current) && !Equals(_found.Task.Result, current))
            {
                throw new InvalidOperationException("The token store calls change again, and the tokens have changed meanwhile.");
            }
        }
        return new ValueTask<TwitterTokens?>(_kept.Task);
    }
}
