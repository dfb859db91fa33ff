namespace TwitterNative;

/// <summary>The account posted the same before (<see cref="TwitterError.Problem"/> is <c>duplicate</c>).</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterDuplicateException(TwitterError error, TwitterHttp? http = null) : TwitterApiException(error, http);
