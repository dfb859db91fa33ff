namespace TwitterNative;

/// <summary>
/// Connecting took too long, X was silent for too long, or the deadline passed. See <see
/// cref="TwitterError.Outcome"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterTimeoutException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
