namespace TwitterNative;

/// <summary>
/// A file can't be read or written, or changed while it was read. See <see cref="TwitterError.Path"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null where none was sent.</param>
public sealed class TwitterFileException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
