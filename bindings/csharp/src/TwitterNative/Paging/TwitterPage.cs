using System.Collections.Generic;

namespace TwitterNative;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What the list has.</typeparam>
public sealed class TwitterPage<T>
{
    /// <summary>A page, of an answer or by hand for tests.</summary>
    /// <param name="values">What is on it.</param>
    /// <param name="continuationToken">Where the next one begins; null if this is the last.</param>
    /// <param name="result">The answer that it came with.</param>
    public TwitterPage(
        IReadOnlyList<T> values, string? continuationToken, TwitterResult<IReadOnlyList<T>>? result = null)
    {
        Values = Guard.NotNull(values, nameof(values));
        ContinuationToken = continuationToken;
        Result = result ?? new TwitterResult<IReadOnlyList<T>>(values);
    }

    /// <summary>What is on the page.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>Where the next page begins, for <see cref="TwitterPageable{T}.AsPages"/>; null if this is the last.</summary>
    public string? ContinuationToken { get; }

    /// <summary>The answer: its JSON, what was included, what was left out, and the limits.</summary>
    public TwitterResult<IReadOnlyList<T>> Result { get; }
}
