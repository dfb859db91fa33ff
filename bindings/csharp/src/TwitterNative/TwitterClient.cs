using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Calls;
using TwitterNative.Interop;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// X for one application and account. Any number of threads may use a client at once. Make one, and keep it as long as the
/// application runs. It has no connections of its own, because those belong to the library, and need not be disposed.
/// </summary>
/// <remarks>
/// Synchronous methods run on the caller's thread. On .NET Framework, where threads can be aborted, they run on a thread of
/// this package, and the caller's thread waits. Asynchronous methods run on threads of this package, not of the thread
/// pool, <see cref="TwitterRuntime.MaxConcurrentCalls"/> of them at most. A cancelled token ends any call within 250 ms.
/// </remarks>
#if NET8_0_OR_GREATER
[System.Runtime.Versioning.UnsupportedOSPlatform("browser")]
[System.Runtime.Versioning.UnsupportedOSPlatform("android")]
[System.Runtime.Versioning.UnsupportedOSPlatform("ios")]
#endif
public sealed partial class TwitterClient : ITwitterClient
{
    private readonly TwitterLog? _log;
    private readonly AccountStore? _store;
    private readonly SemaphoreSlim _signIn = new(1, 1);

    /// <summary>Whether the current code is a handler of <see cref="TokensChanged"/>, which may sign in itself.</summary>
    private readonly AsyncLocal<bool> _isHandlingTokens = new();

    private volatile ClientParameters _parameters;

    /// <summary>A client for these parameters.</summary>
    /// <param name="parameters">Settings and credentials. They are copied.</param>
    /// <param name="options">What else it needs. They are copied.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="parameters"/> is null, or the account of a token store.
    /// </exception>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public TwitterClient(TwitterParameters parameters, TwitterClientOptions? options = null)
    {
        Guard.NotNull(parameters, nameof(parameters));
        NativeLibraryHandle.EnsureLoaded();
        _parameters = new ClientParameters(parameters.Copy());
        _log = options?.Log;
        _store = options?.TokenStore is ITokenStore store
            ? new AccountStore(store, Guard.NotNull(options.Account, nameof(options.Account)))
            : null;
    }

    private TwitterClient(TwitterParameters parameters, TwitterLog? log, AccountStore? store)
    {
        _parameters = new ClientParameters(parameters);
        _log = log;
        _store = store;
    }

    /// <inheritdoc/>
    public event EventHandler<TwitterTokensChangedEventArgs>? TokensChanged;

    /// <inheritdoc/>
    public TwitterParameters Parameters => _parameters.Copy();

    /// <inheritdoc/>
    public ITwitterClient With(TwitterParameters overrides) =>
        new TwitterClient(
            _parameters.Merged(Guard.NotNull(overrides, nameof(overrides))), _log,
            _parameters.IsOwnAccount(overrides) ? _store : null);

    /// <inheritdoc/>
    public ITwitterClient ForAccount(string account)
    {
        Guard.NotNull(account, nameof(account));
        if (_store is null)
        {
            throw new InvalidOperationException(
                "Accounts are those of a token store, and this client has none: TwitterClientOptions.TokenStore.");
        }
        return new TwitterClient(_parameters.OfApplication(), _log, new AccountStore(_store.Store, account));
    }

    /// <inheritdoc/>
    public TwitterResult<JsonElement> Call(
        string function, JsonObject? request = null, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(
            Function.Named(Guard.NotNull(function, nameof(function))), NamedRequest.Write(request, files, options),
            ResultReaders.Json, options, cancellationToken);

    /// <inheritdoc/>
    public Task<TwitterResult<JsonElement>> CallAsync(
        string function, JsonObject? request = null, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(
            Function.Named(Guard.NotNull(function, nameof(function))), NamedRequest.Write(request, files, options),
            ResultReaders.Json, options, cancellationToken);

    /// <inheritdoc/>
    public Task<TwitterResult<T>> CallAsync<T>(
        string function, JsonObject? request, JsonTypeInfo<T> resultType, IReadOnlyList<TwitterFile>? files = null,
        TwitterCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        Guard.NotNull(resultType, nameof(resultType));
        return RunAsync(
            Function.Named(Guard.NotNull(function, nameof(function))), NamedRequest.Write(request, files, options),
            json => json.Deserialize(resultType)!, options, cancellationToken);
    }

    /// <summary>The type and the host of X's API. No other parameter is shown.</summary>
    public override string ToString() => $"TwitterClient ({_parameters.Server})";

    private TwitterResult<T> Run<T>(
        Function function, RequestWriter request, Func<JsonElement, T> read, TwitterCallOptions? options,
        CancellationToken cancellationToken)
    {
        switch (KindOf(function, options))
        {
            case FunctionKind.SignsIn:
                return SignIn(function, request, read, options, cancellationToken);
            case FunctionKind.WaitsForPerson:
                return WaitForPerson(Plan(function, request, read, options, options?.Parameters), cancellationToken);
            default:
                return CallRunner.Run(Plan(function, request, read, options, options?.Parameters), cancellationToken);
        }
    }

    private Task<TwitterResult<T>> RunAsync<T>(
        Function function, RequestWriter request, Func<JsonElement, T> read, TwitterCallOptions? options,
        CancellationToken cancellationToken)
    {
        switch (KindOf(function, options))
        {
            case FunctionKind.SignsIn:
                return SignInAsync(function, request, read, options, options?.Parameters?.Copy(), cancellationToken);
            case FunctionKind.WaitsForPerson:
                return WaitForPersonAsync(
                    Plan(function, request, read, options, options?.Parameters), cancellationToken);
            default:
                return CallRunner.RunAsync(
                    Plan(function, request, read, options, options?.Parameters), cancellationToken);
        }
    }

    /// <summary>How a call is run: plainly if the client does not take over the tokens that it gets.</summary>
    private FunctionKind KindOf(Function function, TwitterCallOptions? options) =>
        function.GetsTokens && _parameters.AreOwnTokens(function, options?.Parameters)
            ? function.Kind
            : FunctionKind.Plain;

    /// <summary>Seals the request with the parameters that the client has now.</summary>
    private CallPlan<T> Plan<T>(
        Function function, RequestWriter request, Func<JsonElement, T> read, TwitterCallOptions? options,
        TwitterParameters? overrides)
    {
        ClientParameters parameters = _parameters;
        request.Seal(parameters.JsonWith(overrides));
        AccountStore? store = parameters.IsOwnAccount(overrides) ? _store : null;
        return new CallPlan<T>(function, request, read, options?.Progress, _log, store, parameters.Server);
    }
}
