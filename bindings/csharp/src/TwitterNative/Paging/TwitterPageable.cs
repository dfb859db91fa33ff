using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative;

/// <summary>
/// A list that X hands out in pages, read one after the other while it is enumerated: <c>await foreach</c> gives the
/// items, <see cref="AsPages"/> the pages.
/// </summary>
/// <typeparam name="T">What the list has.</typeparam>
public abstract class TwitterPageable<T> : IAsyncEnumerable<T>
{
    /// <summary>The pages. Each is one call. If one fails, continue with the token of the page before it.</summary>
    /// <param name="continuationToken">Where to begin: <see cref="TwitterPage{T}.ContinuationToken"/> of an earlier page.</param>
    /// <param name="cancellationToken">Ends the enumeration, in the middle of a call too.</param>
    public abstract IAsyncEnumerable<TwitterPage<T>> AsPages(
        string? continuationToken = null, CancellationToken cancellationToken = default);

    /// <summary>The items of all pages.</summary>
    /// <param name="cancellationToken">Ends the enumeration, in the middle of a call too.</param>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (TwitterPage<T> page in AsPages(null, cancellationToken).ConfigureAwait(false))
        {
            foreach (T value in page.Values)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return value;
            }
        }
    }
}

/// <summary>Lists made by hand.</summary>
public static class TwitterPageable
{
    /// <summary>A list of given pages, for tests of code that enumerates.</summary>
    /// <typeparam name="T">What the list has.</typeparam>
    /// <param name="pages">The pages, in their order.</param>
    /// <exception cref="System.ArgumentNullException"><paramref name="pages"/> is null.</exception>
    public static TwitterPageable<T> FromPages<T>(IEnumerable<TwitterPage<T>> pages) =>
        new GivenPages<T>(Guard.NotNull(pages, nameof(pages)));

    private sealed class GivenPages<T>(IEnumerable<TwitterPage<T>> pages) : TwitterPageable<T>
    {
        public override async IAsyncEnumerable<TwitterPage<T>> AsPages(
            string? continuationToken = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            bool isReached = continuationToken is null;
            foreach (TwitterPage<T> page in pages)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (isReached)
                {
                    yield return page;
                }
                isReached |= page.ContinuationToken == continuationToken;
            }
            await Task.CompletedTask.ConfigureAwait(false);
        }
    }
}
