namespace TwitterNative;

/// <summary>
/// A kind of error that this version of the package doesn't know. See <see cref="TwitterError.Kind"/> and <see
/// cref="TwitterError.IsRetryable"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterUnknownException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
