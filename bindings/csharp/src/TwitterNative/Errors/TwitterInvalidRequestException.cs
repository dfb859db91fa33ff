namespace TwitterNative;

/// <summary>
/// A field or parameter is missing, unknown or out of range; nothing was sent. See <see
/// cref="TwitterError.Field"/> and <see cref="TwitterError.Suggestion"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterInvalidRequestException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
