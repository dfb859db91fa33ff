namespace TwitterNative;

/// <summary>
/// A file can't be read or written, or changed while it was read: see <see cref="TwitterError.Path"/>. Or an
/// <see cref="ITokenStore"/> has failed: what it threw is the inner exception.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
/// <param name="innerException">What a token store threw; null for files.</param>
public sealed class TwitterFileException(TwitterError error, TwitterHttp? http = null, System.Exception? innerException = null)
    : TwitterException(error, http, innerException);
