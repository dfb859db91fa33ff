using System.Text.Json.Nodes;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace TwitterNative.Benchmarks;

/// <summary>The least call there is, which sends nothing: what is measured is the way to the library and back.</summary>
public class Calls
{
    /// <summary>One after the other, as a program awaits them.</summary>
    private const int Awaited = 1_000;

    private readonly byte[] _function = RawLibrary.Text("create_authorization_header_v2");

    private readonly byte[] _request = RawLibrary.Request(
        new() { ["parameters"] = new JsonObject { ["access_token"] = "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZBUGc6MTY" } });

    private readonly TwitterClient _client =
        new(new TwitterParameters { AccessToken = "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZBUGc6MTY" });

    private readonly CreateAuthorizationHeaderV2Options _withProgress = new() { Progress = new Silent() };

    [Benchmark]
    public void Raw() => RawLibrary.Call(_function, _request);

    [Benchmark]
    public object Sync() => _client.CreateAuthorizationHeaderV2();

    [Benchmark]
    public object SyncWithProgress() => _client.CreateAuthorizationHeaderV2(_withProgress);

    [Benchmark(OperationsPerInvoke = Awaited)]
    public async Task Async()
    {
        for (int call = 0; call < Awaited; call++)
        {
            await _client.CreateAuthorizationHeaderV2Async().ConfigureAwait(false);
        }
    }

    /// <summary>What any hop to another thread and back costs on this machine.</summary>
    [Benchmark(OperationsPerInvoke = Awaited)]
    public async Task RawInThePool()
    {
        for (int call = 0; call < Awaited; call++)
        {
            await Task.Run(() => RawLibrary.Call(_function, _request)).ConfigureAwait(false);
        }
    }

    private sealed class Silent : System.IProgress<TwitterProgress>
    {
        public void Report(TwitterProgress value)
        {
        }
    }
}
