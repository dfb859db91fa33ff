namespace TwitterNative;

/// <summary>
/// X could not process the file, or did not finish in time. See <see cref="TwitterError.MediaId"/> and <see
/// cref="TwitterError.State"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterMediaFailedException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
