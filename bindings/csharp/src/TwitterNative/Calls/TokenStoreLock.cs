using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>
/// A lock of a token store for one call. It starts <see cref="ITokenStore.UpdateAsync"/>, and keeps its <c>change</c>
/// waiting until the library has decided which tokens to save.
/// </summary>
internal sealed class TokenStoreLock
{
    private readonly object _gate = new();
    private readonly TokenStoreOperation _operation;
    private readonly Task<TwitterTokens?> _completion;
    private readonly TaskCompletionSource<TwitterTokens?> _acquired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TwitterTokens?> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAbandoned;

    public TokenStoreLock(AccountStore accountStore) => _operation = TokenStoreOperation.Start(
        token => accountStore.Store.UpdateAsync(accountStore.Account, Change, token), out _completion);

    /// <summary>Completes with the tokens when the store holds the lock and has read them.</summary>
    public Task<TwitterTokens?> Acquired => _acquired.Task;

    /// <summary>The task of <see cref="ITokenStore.UpdateAsync"/>.</summary>
    public Task<TwitterTokens?> Completion => _completion;

    /// <summary>Why the lock is not held (any more): what the store threw, or that it returned too early. Null if it is held.</summary>
    public Exception? Failure()
    {
        if (!_completion.IsCompleted)
        {
            return null;
        }
        return FailureOf(_completion) ?? new InvalidOperationException(
            "UpdateAsync of the token store has returned without waiting for change: the tokens are not locked.");
    }

    /// <summary>Stops waiting for the lock.</summary>
    /// <returns>False if the lock has been acquired meanwhile.</returns>
    public bool TryAbandon()
    {
        lock (_gate)
        {
            if (_acquired.Task.IsCompleted)
            {
                return false;
            }
            _isAbandoned = true;
        }
        _operation.Cancel();
        return true;
    }

    /// <summary>Lets <c>change</c> return the tokens: the store saves them and releases the lock.</summary>
    public void Complete(TwitterTokens? tokens) => _decided.TrySetResult(tokens);

    /// <summary>The exception of a completed task; null if it succeeded.</summary>
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
            if (_isAbandoned)
            {
                throw new OperationCanceledException("The call has ended before the tokens were locked.");
            }
            // A transaction that is tried again has to find the same tokens.
            if (!_acquired.TrySetResult(current) && !Equals(_acquired.Task.Result, current))
            {
                throw new InvalidOperationException("The token store calls change again, and the tokens have changed meanwhile.");
            }
        }
        return new ValueTask<TwitterTokens?>(_decided.Task);
    }
}
