using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>
/// One call of a method of a token store. It runs on the thread pool, so the store never needs the thread that waits for
/// it, and can't deadlock with it.
/// </summary>
internal sealed class TokenStoreOperation : IDisposable
{
    private static readonly AsyncLocal<TokenStoreOperation?> s_current = new();

    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isOver;

    private TokenStoreOperation()
    {
    }

    /// <summary>
    /// Whether the current code is called by a method of a store. Tasks that such a method has started don't count once it
    /// has returned.
    /// </summary>
    public static bool IsCurrent => s_current.Value is { _isOver: false };

    /// <summary>Starts it.</summary>
    /// <param name="method">Calls the method of the store with a token, which <see cref="Cancel"/> cancels.</param>
    /// <param name="task">Completes when the method does.</param>
    public static TokenStoreOperation Start<T>(Func<CancellationToken, ValueTask<T>> method, out Task<T> task)
    {
        var operation = new TokenStoreOperation();
        task = Task.Run(() => operation.Run(method));
        // If nobody waits for the task any more, its exception would be unobserved.
        task.ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return operation;
    }

    /// <summary>Cancels the method's token, on another thread: what the store has registered there may take long.</summary>
    public void Cancel() => Task.Run(() =>
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The method has ended meanwhile.
        }
    });

    public void Dispose() => _cancellation.Dispose();

    private async Task<T> Run<T>(Func<CancellationToken, ValueTask<T>> method)
    {
        s_current.Value = this;
        try
        {
            return await method(_cancellation.Token).ConfigureAwait(false);
        }
        finally
        {
            _isOver = true;
            Dispose();
        }
    }
}
