using System;
using System.Threading;

namespace TwitterNative;

/// <summary>
/// A call was cancelled by its token, or by <see cref="TwitterRuntime.Shutdown"/>; in the latter case
/// <see cref="OperationCanceledException.CancellationToken"/> is not a cancelled one.
/// </summary>
/// <remarks>
/// A cancelled post may be at X all the same: <see cref="TwitterError.Outcome"/> says whether that can be. Where the
/// call had succeeded before the cancellation reached it, its result is returned and nothing is thrown.
/// </remarks>
public sealed class TwitterCanceledException : OperationCanceledException
{
    /// <summary>Made by the library's answer; by hand, for tests of code that handles cancellation.</summary>
    /// <param name="error">What the library says.</param>
    /// <param name="http">The last request; null if none was sent.</param>
    /// <param name="cancellationToken">The token that was cancelled.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    public TwitterCanceledException(
        TwitterError error, TwitterHttp? http = null, CancellationToken cancellationToken = default)
        : base(Guard.NotNull(error, nameof(error)).Message, cancellationToken)
    {
        Error = error;
        Http = http;
    }

    /// <summary>All that the library says: how far the call came, and whether X may have acted.</summary>
    public TwitterError Error { get; }

    /// <summary>The last request of the call; null if none was sent.</summary>
    public TwitterHttp? Http { get; }
}
