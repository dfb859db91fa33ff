using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Paging;

/// <summary>A list whose pages are read by one call each.</summary>
/// <param name="call">Reads the page that begins at a token.</param>
/// <param name="maxPages">How many pages at most; null for all.</param>
internal sealed class CalledPages<T>(
    Func<string?, CancellationToken, Task<TwitterResult<IReadOnlyList<T>>>> call, int? maxPages) : TwitterPageable<T>
{
    public override async IAsyncEnumerable<TwitterPage<T>> AsPages(
        string? continuationToken = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int read = 0; maxPages is null || read < maxPages; read++)
        {
            TwitterResult<IReadOnlyList<T>> result = await call(continuationToken, cancellationToken).ConfigureAwait(false);
            string? next = result.NextToken;
            yield return new TwitterPage<T>(result.Value, next, result);
            // If a token came again, the enumeration would not end.
            if (next is null || next == continuationToken)
            {
                yield break;
            }
            continuationToken = next;
        }
    }
}
