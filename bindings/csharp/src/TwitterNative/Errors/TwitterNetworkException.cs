namespace TwitterNative;

/// <summary>
/// Name look-up, connection, TLS or proxy failed, or the connection broke. See <see
/// cref="TwitterError.Outcome"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterNetworkException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
