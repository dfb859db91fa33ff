namespace TwitterNative;

/// <summary>
/// What the call is about does not exist, or can't be seen (<see cref="TwitterError.Problem"/> is
/// <c>not_found</c>).
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterNotFoundException(TwitterError error, TwitterHttp? http = null) : TwitterApiException(error, http);
