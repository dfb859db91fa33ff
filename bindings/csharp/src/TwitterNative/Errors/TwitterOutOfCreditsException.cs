namespace TwitterNative;

/// <summary>
/// No credits are left, or the spend cap is reached (<see cref="TwitterError.Problem"/> is <c>credits</c> or
/// <c>spend_cap</c>).
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterOutOfCreditsException(TwitterError error, TwitterHttp? http = null) : TwitterApiException(error, http);
