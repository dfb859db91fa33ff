namespace TwitterNative;

/// <summary>
/// X answered with an error. See <see cref="TwitterError.Status"/>, <see cref="TwitterError.Problem"/> and
/// <see cref="TwitterError.Details"/>.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public class TwitterApiException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
