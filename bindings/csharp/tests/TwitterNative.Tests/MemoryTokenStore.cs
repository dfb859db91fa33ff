using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Tests;

/// <summary>A store as a database would be: a text and a lock per account, both asynchronous.</summary>
internal sealed class MemoryTokenStore : ITokenStore
{
    private readonly ConcurrentDictionary<string, string> _texts = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new();
    private int _updates;

    /// <summary>How many updates have begun. Each of them waits for the lock first.</summary>
    public int Updates => Volatile.Read(ref _updates);

    /// <summary>Runs before each read.</summary>
    public Func<CancellationToken, Task>? Reading { get; set; }

    /// <summary>Runs when the lock is held, before <c>change</c>.</summary>
    public Func<Task>? Locked { get; set; }

    /// <summary>Runs before what <c>change</c> gave is kept.</summary>
    public Func<Task>? Saving { get; set; }

    public string? Text(string account = "default") => _texts.TryGetValue(account, out string? text) ? text : null;

    public SemaphoreSlim Lock(string account = "default") => _locks.GetOrAdd(account, static _ => new SemaphoreSlim(1, 1));

    public async ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Reading is not null)
        {
            await Reading(cancellationToken);
        }
        return Read(account);
    }

    public async ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _updates);
        await Lock(account).WaitAsync(cancellationToken);
        try
        {
            if (Locked is not null)
            {
                await Locked();
            }
            TwitterTokens? found = Read(account);
            TwitterTokens? kept = await change(found);
            // Comparable as a whole: what has no property counts too.
            if (kept is not null && kept != found)
            {
                if (Saving is not null)
                {
                    await Saving();
                }
                _texts[account] = kept.ToJson();
            }
            return kept;
        }
        finally
        {
            Lock(account).Release();
        }
    }

    private TwitterTokens? Read(string account) => Text(account) is string text ? TwitterTokens.Parse(text) : null;
}
