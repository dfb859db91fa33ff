namespace TwitterNative;

/// <summary>
/// A scope, the application's permission or the access level is missing (<see cref="TwitterError.Problem"/> is
/// <c>missing_scope</c>, <c>app_permissions</c> or <c>access_level</c>); the message says what to change where.
/// </summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterNotPermittedException(TwitterError error, TwitterHttp? http = null) : TwitterApiException(error, http);
