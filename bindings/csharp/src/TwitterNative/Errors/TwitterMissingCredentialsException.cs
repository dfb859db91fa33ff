namespace TwitterNative;

/// <summary>A key that the call needs is empty; nothing was sent. See <see cref="TwitterError.Missing"/>.</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterMissingCredentialsException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
