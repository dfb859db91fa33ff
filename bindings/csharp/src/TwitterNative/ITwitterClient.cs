using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative;

/// <summary>
/// X for one application and account. Every function of the library is a method, synchronous and asynchronous; see the
/// base interfaces.
/// </summary>
/// <remarks>
/// The interface grows with X: a class that implements it by hand has to be adapted to new versions. To replace a part
/// in tests, depend on one of the base interfaces.
/// </remarks>
public interface ITwitterClient : ITwitterAuthorization, ITwitterMedia, ITwitterTweets, ITwitterStatuses, ITwitterTools
{
    /// <summary>
    /// Raised when the client has taken over new tokens, by a sign-in or a refresh: store them there. The next sign-in
    /// or refresh of this client waits until the handlers have returned. What a handler throws comes out of the call; the
    /// tokens are in <see cref="Parameters"/> then.
    /// </summary>
    event EventHandler<TwitterTokensChangedEventArgs>? TokensChanged;

    /// <summary>A copy of the parameters in use, with the tokens that were taken over. Secrets are in it.</summary>
    TwitterParameters Parameters { get; }

    /// <summary>
    /// Another client: these parameters in place of those of this one, the same options. Where they name another account
    /// or application, it has none of this one's tokens, and no token store.
    /// </summary>
    /// <param name="overrides">What is to be different. Tokens that either client gets later are its own.</param>
    ITwitterClient With(TwitterParameters overrides);

    /// <summary>
    /// A client of the same application for another account of the token store. It has this one's parameters but for the
    /// account's: <see cref="TwitterParameters.AccessToken"/>, <see cref="TwitterParameters.RefreshToken"/>,
    /// <see cref="TwitterParameters.OAuthToken"/> and <see cref="TwitterParameters.OAuthTokenSecret"/>.
    /// </summary>
    /// <param name="account">The key of the account: <see cref="TwitterClientOptions.Account"/>.</param>
    /// <exception cref="InvalidOperationException">The client has no token store.</exception>
    ITwitterClient ForAccount(string account);

    /// <summary>Calls any function of the library by its name.</summary>
    /// <param name="function">The name, such as <c>create_text_tweet</c>.</param>
    /// <param name="request">The fields by the library's names, without <c>parameters</c>.</param>
    /// <param name="files">Files, which the request names by their place in this list: <c>{"bytes":0}</c>.</param>
    /// <param name="options">Parameters, progress and further fields.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TwitterException">The call failed.</exception>
    /// <exception cref="TwitterCanceledException">The call was cancelled.</exception>
    TwitterResult<JsonElement> Call(
        string function, JsonObject? request = null, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Calls any function of the library by its name.</summary>
    /// <param name="function">The name, such as <c>create_text_tweet</c>.</param>
    /// <param name="request">The fields by the library's names, without <c>parameters</c>.</param>
    /// <param name="files">Files, which the request names by their place in this list: <c>{"bytes":0}</c>.</param>
    /// <param name="options">Parameters, progress and further fields.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TwitterException">The call failed.</exception>
    /// <exception cref="TwitterCanceledException">The call was cancelled.</exception>
    Task<TwitterResult<JsonElement>> CallAsync(
        string function, JsonObject? request = null, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Calls any function of the library by its name and reads the result as a type of the caller's.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="function">The name, such as <c>create_text_tweet</c>.</param>
    /// <param name="request">The fields by the library's names, without <c>parameters</c>.</param>
    /// <param name="resultType">How the result is read, from a source-generated context. Errors of it come from <see cref="TwitterResult{T}.Value"/>.</param>
    /// <param name="files">Files, which the request names by their place in this list: <c>{"bytes":0}</c>.</param>
    /// <param name="options">Parameters, progress and further fields.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TwitterException">The call failed.</exception>
    /// <exception cref="TwitterCanceledException">The call was cancelled.</exception>
    Task<TwitterResult<T>> CallAsync<T>(
        string function, JsonObject? request, JsonTypeInfo<T> resultType, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default);
}
