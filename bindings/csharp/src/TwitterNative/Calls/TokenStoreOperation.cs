using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>
/// One use of a host's store: a method of it, on a thread of the pool. The thread that runs the call waits for it from
/// outside, so nothing in the store can wait for that thread, whatever it does.
/// </summary>
internal sealed class StoreUse : IDisposable
{
    private static readonly AsyncLocal<StoreUse?> s_current = new();

    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _isOver;

    private StoreUse()
    {
    }

    /// <summary>Whether the present flow is inside a method of a store. What such a method has left running is not.</summary>
    public static bool IsCurrent => s_current.Value is { _isOver: false };

    /// <summary>Begins it.</summary>
    /// <param name="method">The method. Its token is cancelled by <see cref="Cancel"/>.</param>
    /// <param name="task">Its end.</param>
    public static StoreUse Begin<T>(Func<CancellationToken, ValueTask<T>> method, out Task<T> task)
    {
        var use = new StoreUse();
        task = Task.Run(() => use.Run(method));
        // Perhaps nobody waits for the task any more, so its exception is observed here.
        task.ContinueWith(
            static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return use;
    }

    /// <summary>Tells the store that nobody waits any more. On another thread: the store's callbacks may take long.</summary>
    public void Cancel() => Task.Run(() =>
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
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
