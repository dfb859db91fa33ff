using System;

namespace TwitterNative;

/// <summary>X's limit is reached for longer than <see cref="TwitterParameters.MaxWait"/>.</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterRateLimitedException(TwitterError error, TwitterHttp? http = null)
    : TwitterException(error, http)
{
    /// <summary>How long the limit lasts; null if X doesn't say.</summary>
    public TimeSpan? RetryAfter => Error.RetryAfter;
}
