using System;
using System.Collections.Generic;

namespace TwitterNative;

/// <summary>
/// The native library is missing, can't be loaded on this system, or is not the one that this package was made for.
/// The message names each place that was tried, and why it would not do.
/// </summary>
/// <param name="message">What was tried and what to do.</param>
/// <param name="tried">The paths that were tried.</param>
public sealed class TwitterLibraryException(string message, IReadOnlyList<string> tried) : DllNotFoundException(message)
{
    /// <summary>The paths that were tried, in their order.</summary>
    public IReadOnlyList<string> Tried { get; } = tried;
}
