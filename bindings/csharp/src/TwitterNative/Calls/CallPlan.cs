using System;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>All that a call needs: what to ask, how to read the answer, whom to tell of it.</summary>
internal readonly struct CallPlan<T>(
    Function function, RequestWriter request, Func<JsonElement, T> read, IProgress<TwitterProgress>? progress,
    TwitterLog? log, AccountStore? store, string server)
{
    public Function Function { get; } = function;

    /// <summary>The request, sealed. Whoever carries the call disposes of it.</summary>
    public RequestWriter Request { get; } = request;

    public Func<JsonElement, T> Read { get; } = read;

    public IProgress<TwitterProgress>? Progress { get; } = progress;

    public TwitterLog? Log { get; } = log;

    /// <summary>The host's token store; null where it has none, or the call is for another account.</summary>
    public AccountStore? Store { get; } = store;

    /// <summary>The host of X's API, for telemetry.</summary>
    public string Server { get; } = server;
}
