namespace TwitterNative;

/// <summary>A person has to sign in (again), or the keys are wrong. See <see cref="TwitterError.Reason"/>.</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterAuthorizationException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
