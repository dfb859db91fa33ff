using System;
using TwitterNative.Calls;

namespace TwitterNative;

/// <summary>
/// A call failed. Catch this one for all kinds of failure but cancellation, which is a
/// <see cref="TwitterCanceledException"/>, and a missing library, which is a <see cref="TwitterLibraryException"/>.
/// </summary>
/// <remarks>
/// The message is one or a few plain sentences that say what happened and what to do. The same call may be made again
/// where <see cref="TwitterError.IsRetryable"/> is true; where <see cref="TwitterError.Outcome"/> is
/// <see cref="TwitterOutcome.Unknown"/>, look first whether X has acted.
/// </remarks>
public abstract class TwitterException : Exception
{
    /// <summary>Made by the library's answer; by hand, for tests of code that handles errors.</summary>
    /// <param name="error">What the library says.</param>
    /// <param name="http">The last request; null if none was sent.</param>
    /// <param name="innerException">What the host's own code threw; null if it is not the cause.</param>
    /// <exception cref="ArgumentNullException"><paramref name="error"/> is null.</exception>
    protected TwitterException(TwitterError error, TwitterHttp? http, Exception? innerException = null)
        : base(Guard.NotNull(error, nameof(error)).Message, innerException)
    {
        Error = error;
        Http = http;
    }

    /// <summary>All that the library says of the failure.</summary>
    public TwitterError Error { get; }

    /// <summary>The last request of the call; null if none was sent.</summary>
    public TwitterHttp? Http { get; }

    /// <summary>The exception of a failed call's envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="storeFailure">What the call's token store threw last.</param>
    internal static TwitterException Of(Envelope envelope, Exception? storeFailure = null) =>
        Of(TwitterError.Read(envelope.Content), TwitterHttp.Read(envelope.Http), storeFailure);

    /// <summary>An exception of this package's own checks, in the words and with the kind of the library's.</summary>
    internal static TwitterException InvalidRequest(string message, string? field) =>
        Of(Envelope.Failed("invalid_request", message, retryable: false, field));

    private static TwitterException Of(TwitterError error, TwitterHttp? http, Exception? storeFailure = null) => error.Kind switch
    {
        "invalid_request" => new TwitterInvalidRequestException(error, http),
        "missing_credentials" => new TwitterMissingCredentialsException(error, http),
        "authorization" => new TwitterAuthorizationException(error, http),
        // That of a file has its path.
        "io" => new TwitterFileException(error, http, error.Path is null ? storeFailure : null),
        "network" => new TwitterNetworkException(error, http),
        "timeout" => new TwitterTimeoutException(error, http),
        "rate_limited" => new TwitterRateLimitedException(error, http),
        "api" => OfProblem(error, http),
        "media_failed" => new TwitterMediaFailedException(error, http),
        "unexpected_response" => new TwitterUnexpectedResponseException(error, http),
        "internal" => new TwitterInternalException(error, http),
        _ => new TwitterUnknownException(error, http),
    };

    private static TwitterApiException OfProblem(TwitterError error, TwitterHttp? http) => error.Problem switch
    {
        "duplicate" => new TwitterDuplicateException(error, http),
        "credits" or "spend_cap" => new TwitterOutOfCreditsException(error, http),
        "missing_scope" or "app_permissions" or "access_level" => new TwitterNotPermittedException(error, http),
        "not_found" => new TwitterNotFoundException(error, http),
        _ => new TwitterApiException(error, http),
    };
}
