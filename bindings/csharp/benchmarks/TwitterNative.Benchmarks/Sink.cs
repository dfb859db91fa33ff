using System;
using System.Text.Json.Nodes;

namespace TwitterNative.Benchmarks;

/// <summary>A server that reads, discards, and answers as X does: <c>twitter-bench sink</c>.</summary>
internal static class Sink
{
    private const string Token = "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZB";

    private static string Url => Environment.GetEnvironmentVariable("TWITTER_SINK")
        ?? throw new InvalidOperationException("TWITTER_SINK has to name the server.");

    public static TwitterParameters Parameters() => new() { ApiUrl = Url, AccessToken = Token };

    public static JsonObject RawParameters() => new() { ["api_url"] = Url, ["access_token"] = Token };
}
