using System;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>What a call needs before it begins: the request, how the answer is read, progress, log and token store.</summary>
internal readonly struct CallPlan<T>(
    Function function, RequestWriter request, Func<JsonElement, T> read, IProgress<TwitterProgress>? progress,
    TwitterLog? log, AccountStore? store, string server)
{
    public Function Function { get; } = function;

    /// <summary>The request, sealed. <see cref="CallRunner"/> disposes of it.</summary>
    public RequestWriter Request { get; } = request;

    public Func<JsonElement, T> Read { get; } = read;

    public IProgress<TwitterProgress>? Progress { get; } = progress;

    public TwitterLog? Log { get; } = log;

    /// <summary>The token store; null if the client has none, or if the call is for another account.</summary>
    public AccountStore? Store { get; } = store;

    /// <summary>The host of X's API, for telemetry.</summary>
    public string Server { get; } = server;
}
