using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative;

/// <summary>
/// Keeps the tokens of accounts, for example in a table of a database, for accounts that several machines share. The
/// library renews the tokens there under the store's lock: one refresh for all who use an account.
/// </summary>
/// <remarks>
/// <para>
/// Store the text that <see cref="TwitterTokens.ToJson"/> gives. <see cref="TwitterTokens.Parse"/> reads it again. The
/// text has more than <see cref="TwitterTokens"/> has properties, so keep all of it. It is secret.
/// </para>
/// <para>
/// Several calls may use the store at once, so each use needs its own connection of a database, such as one of a pool. The
/// methods run on the thread pool, without a synchronization context. The call waits for them, a synchronous call too. They
/// may use the library, but no client with a token store: such a call fails. What they throw is the inner exception of the
/// call's <see cref="TwitterFileException"/>.
/// </para>
/// </remarks>
public interface ITokenStore
{
    /// <summary>Reads an account's tokens, without a lock.</summary>
    /// <param name="account">The key: <see cref="TwitterClientOptions.Account"/>.</param>
    /// <param name="cancellationToken">Cancelled when the call is cancelled or has no time left. The call then waits no longer.</param>
    /// <returns>The tokens; null if there are none yet.</returns>
    ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken);

    /// <summary>
    /// Locks an account's tokens against all other processes and threads, reads them, calls <paramref name="change"/>,
    /// saves its result, and unlocks them: BEGIN, SELECT … FOR UPDATE, change, UPDATE, COMMIT. The lock has to end when the
    /// process ends, as that of a transaction does.
    /// </summary>
    /// <param name="account">The key: <see cref="TwitterClientOptions.Account"/>.</param>
    /// <param name="change">
    /// To be called once, with the tokens that were read under the lock; null if there are none yet. It takes as long as a
    /// refresh, up to some minutes if X is slow. It returns the tokens to save, or those that it was given if nothing
    /// changes. If it throws, unlock the tokens without a change. A transaction that is tried again may call it again.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancelled when the call is cancelled or has no time left: stop waiting for the lock. Ignore it once
    /// <paramref name="change"/> was called, otherwise the new tokens are lost.
    /// </param>
    /// <returns>The tokens that are saved now. They are durable when the task completes. If it fails, nothing is saved.</returns>
    ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken);
}
