namespace TwitterNative;

/// <summary>A bug in twitter-native, caught. Please report it.</summary>
/// <param name="error">What the library says.</param>
/// <param name="http">The last request; null if none was sent.</param>
public sealed class TwitterInternalException(TwitterError error, TwitterHttp? http = null) : TwitterException(error, http);
