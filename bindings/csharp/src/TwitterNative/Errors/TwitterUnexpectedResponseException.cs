namespace TwitterNative;

/// <summary>X said success in a way that can't be read. See <see cref="TwitterError.Outcome"/>.</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterUnexpectedResponseException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
