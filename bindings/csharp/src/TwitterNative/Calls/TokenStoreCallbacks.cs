using System;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>The host's store as one call uses it: the three functions of <c>twitter_token_store</c>.</summary>
/// <param name="place">The store, and the account in it.</param>
/// <param name="call">The call.</param>
internal sealed class StoreCall(AccountStore place, CallState call)
{
    /// <summary>How often the thread that waits looks whether the call goes on.</summary>
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Where a lock is not to be waited for: a database needs some time for its answer all the same.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(400);

    private StoreUpdate? _update;
    private TimeSpan _patience;

    /// <summary>X's new tokens could not be kept yet. Until they are, the call can't be cancelled.</summary>
    private bool _hasUnsaved;

    /// <summary>What the store threw last, unless it has done well since.</summary>
    public Exception? Failure { get; private set; }

    /// <summary><c>load</c>: what is kept, in UTF-8 with a NUL behind it, null where there is nothing yet.</summary>
    /// <returns>False where the store has failed.</returns>
    public bool TryLoad(bool forUpdate, TimeSpan patience, out byte[]? json)
    {
        _patience = patience > s_least ? patience : s_least;
        Failure = forUpdate ? Lock(out TwitterTokens? tokens) : Read(out tokens);
        json = Failure is null && tokens is not null ? Encoding.UTF8.GetBytes(tokens.ToJson() + "\0") : null;
        return Failure is null;
    }

    /// <summary><c>save</c>: keeps the tokens, which ends the lock.</summary>
    /// <returns>False where the store has failed.</returns>
    public bool TrySave(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        TwitterTokens tokens = TwitterTokens.Read(JsonElement.ParseValue(ref reader));
        StoreUpdate update = TakeUpdate()!;
        Failure = update.Fault();
        if (Failure is null)
        {
            update.Keep(tokens);
            // For as long as it takes: a store has timeouts of its own.
            Task.WaitAny(update.End);
            Failure = StoreUpdate.FailureOf(update.End);
        }
        _hasUnsaved = Failure is not null;
        return Failure is null;
    }

    /// <summary><c>release</c>: ends the lock, if there is one, without a change.</summary>
    public void Release()
    {
        if (TakeUpdate() is StoreUpdate update)
        {
            update.Keep(update.Found.Result);
            Wait(update.End);
        }
    }

    private StoreUpdate? TakeUpdate()
    {
        StoreUpdate? update = _update;
        _update = null;
        return update;
    }

    private Exception? Read(out TwitterTokens? tokens)
    {
        tokens = null;
        StoreUse use = StoreUse.Begin(token => place.Store.ReadAsync(place.Account, token), out Task<TwitterTokens?> reading);
        if (!Wait(reading))
        {
            use.Cancel();
            return NotAwaited();
        }
        if (StoreUpdate.FailureOf(reading) is Exception error)
        {
            return error;
        }
        tokens = reading.Result;
        return null;
    }

    private Exception? Lock(out TwitterTokens? tokens)
    {
        tokens = null;
        var update = new StoreUpdate(place);
        if (!Wait(update.Found, update.End) && update.TryGiveUp())
        {
            return NotAwaited();
        }
        if (update.Fault() is Exception error)
        {
            return error;
        }
        tokens = update.Found.Result;
        _update = update;
        return null;
    }

    /// <summary>Waits for one of the tasks. False when the time is over or the call is cancelled.</summary>
    private bool Wait(params Task[] tasks)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            TimeSpan left = _patience - clock.Elapsed;
            TimeSpan slice = left < s_tick ? left : s_tick;
            if (Task.WaitAny(tasks, slice > TimeSpan.Zero ? slice : TimeSpan.Zero) >= 0)
            {
                return true;
            }
            if (!_hasUnsaved && !call.GoesOn)
            {
                return false;
            }
        }
        while (clock.Elapsed < _patience);
        return false;
    }

    private Exception NotAwaited() => call.GoesOn
        ? new TimeoutException($"The token store has not answered within {_patience.TotalSeconds:0.#} s.")
        : new OperationCanceledException("The call was cancelled while it waited for the token store.");
}
