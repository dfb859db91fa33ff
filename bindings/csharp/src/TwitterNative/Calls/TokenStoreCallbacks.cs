using System;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace TwitterNative.Calls;

/// <summary>The three functions of <c>twitter_token_store</c> for one call, by the host's <see cref="ITokenStore"/>.</summary>
/// <param name="accountStore">The store, and the account in it.</param>
/// <param name="call">The call.</param>
internal sealed class TokenStoreCallbacks(AccountStore accountStore, CallState call)
{
    /// <summary>How often a waiting thread checks whether the call is cancelled.</summary>
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The library's timeout may be zero: it does not wait for a lock then. A database still needs time to answer.</summary>
    private static readonly TimeSpan s_shortestTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>The lock that the call holds; null if it holds none.</summary>
    private TokenStoreLock? _lock;

    private TimeSpan _timeout;

    /// <summary>X has given new tokens, and the store has failed to save them. Until they are saved, the call can't be cancelled.</summary>
    private bool _hasUnsaved;

    /// <summary>What the store's last use threw; null if it succeeded.</summary>
    public Exception? Failure { get; private set; }

    /// <summary><c>load</c>: reads the tokens, and locks them if <paramref name="forUpdate"/> is true.</summary>
    /// <param name="forUpdate">Whether the tokens are locked until <see cref="TrySave"/> or <see cref="Release"/>.</param>
    /// <param name="timeout">How long to wait for the store.</param>
    /// <param name="json">The tokens in UTF-8, with a NUL at the end; null if the store has none yet.</param>
    /// <returns>False if the store has failed.</returns>
    public bool TryLoad(bool forUpdate, TimeSpan timeout, out byte[]? json)
    {
        _timeout = timeout > s_shortestTimeout ? timeout : s_shortestTimeout;
        Failure = forUpdate ? Lock(out TwitterTokens? tokens) : Read(out tokens);
        json = Failure is null && tokens is not null ? Encoding.UTF8.GetBytes(tokens.ToJson() + "\0") : null;
        return Failure is null;
    }

    /// <summary><c>save</c>: saves the tokens, and releases the lock.</summary>
    /// <returns>False if the store has failed.</returns>
    public bool TrySave(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        TwitterTokens tokens = TwitterTokens.Read(JsonElement.ParseValue(ref reader));
        TokenStoreLock held = TakeLock()!;
        Failure = held.Failure();
        if (Failure is null)
        {
            held.Complete(tokens);
            // Without a timeout: the store has timeouts of its own.
            Task.WaitAny(held.Completion);
            Failure = TokenStoreLock.FailureOf(held.Completion);
        }
        _hasUnsaved = Failure is not null;
        return Failure is null;
    }

    /// <summary><c>release</c>: releases the lock without a change, if the call holds one.</summary>
    public void Release()
    {
        if (TakeLock() is TokenStoreLock held)
        {
            held.Complete(held.Acquired.Result);
            Wait(held.Completion);
        }
    }

    private TokenStoreLock? TakeLock()
    {
        TokenStoreLock? held = _lock;
        _lock = null;
        return held;
    }

    private Exception? Read(out TwitterTokens? tokens)
    {
        tokens = null;
        TokenStoreOperation operation = TokenStoreOperation.Start(
            token => accountStore.Store.ReadAsync(accountStore.Account, token), out Task<TwitterTokens?> reading);
        if (!Wait(reading))
        {
            operation.Cancel();
            return WaitFailure();
        }
        if (TokenStoreLock.FailureOf(reading) is Exception error)
        {
            return error;
        }
        tokens = reading.Result;
        return null;
    }

    private Exception? Lock(out TwitterTokens? tokens)
    {
        tokens = null;
        var acquiring = new TokenStoreLock(accountStore);
        if (!Wait(acquiring.Acquired, acquiring.Completion) && acquiring.TryAbandon())
        {
            return WaitFailure();
        }
        if (acquiring.Failure() is Exception error)
        {
            return error;
        }
        tokens = acquiring.Acquired.Result;
        _lock = acquiring;
        return null;
    }

    /// <summary>Waits for one of the tasks.</summary>
    /// <returns>False if the time is over, or the call was cancelled.</returns>
    private bool Wait(params Task[] tasks)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            TimeSpan left = _timeout - clock.Elapsed;
            TimeSpan slice = left < s_checkInterval ? left : s_checkInterval;
            if (Task.WaitAny(tasks, slice > TimeSpan.Zero ? slice : TimeSpan.Zero) >= 0)
            {
                return true;
            }
            if (!_hasUnsaved && !call.GoesOn)
            {
                return false;
            }
        }
        while (clock.Elapsed < _timeout);
        return false;
    }

    private Exception WaitFailure() => call.GoesOn
        ? new TimeoutException($"The token store has not answered within {_timeout.TotalSeconds:0.#} s.")
        : new OperationCanceledException("The call was cancelled while it waited for the token store.");
}
