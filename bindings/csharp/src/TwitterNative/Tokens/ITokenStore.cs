using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative;

/// <summary>
/// The tokens of accounts in a store of yours, such as a table of a database, for accounts that several machines share.
/// The library renews them there: one refresh for all who use an account, under the store's lock.
/// </summary>
/// <remarks>
/// <para>
/// The tokens are a text: <see cref="TwitterTokens.ToJson"/> gives it, <see cref="TwitterTokens.Parse"/> reads it. Keep
/// all of it: there is more in it than <see cref="TwitterTokens"/> has properties. It is secret.
/// </para>
/// <para>
/// Calls at the same time use the store at the same time, so each use needs a connection of its own, or one of a pool. The
/// methods run on threads of the pool, without a synchronization context; the call waits for them, also where it is a
/// synchronous one. They may use the library, but no client with a token store: such a call fails. What they throw is the
/// inner exception of the call's <see cref="TwitterFileException"/>.
/// </para>
/// </remarks>
public interface ITokenStore
{
    /// <summary>Reads an account's tokens, without a lock.</summary>
    /// <param name="account">The key: <see cref="TwitterClientOptions.Account"/>.</param>
    /// <param name="cancellationToken">Cancelled when the call is, or has no time left. The call then does not wait longer.</param>
    /// <returns>The tokens; null where there are none yet.</returns>
    ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken);

    /// <summary>
    /// Locks an account's tokens against all other processes and threads, reads them, calls <paramref name="change"/>,
    /// keeps what that gives, and unlocks them: BEGIN, SELECT … FOR UPDATE, change, UPDATE, COMMIT. The lock has to end
    /// with its process, as that of a transaction does.
    /// </summary>
    /// <param name="account">The key: <see cref="TwitterClientOptions.Account"/>.</param>
    /// <param name="change">
    /// Called once, with what was read under the lock, null where there is nothing yet. It takes as long as a refresh
    /// does, up to some minutes where X is slow. It gives what to keep; where nothing changes, what it was given. What it
    /// throws ends the lock without a change. A transaction that fails and is tried again may call it again.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the wait for the lock: cancelled when the call is, or has no time left. Not once <paramref name="change"/>
    /// was called: then the tokens have to be kept, or are lost.
    /// </param>
    /// <returns>What is kept now. It is safe when the task ends; where it fails, nothing is kept.</returns>
    ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken);
}
