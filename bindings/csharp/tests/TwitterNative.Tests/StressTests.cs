using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace TwitterNative.Tests;

/// <summary>Nothing is left behind by many calls, and nothing that a call needs is collected under it.</summary>
/// <remarks>
/// Each runs in a process of its own (TwitterNative.Stress). The memory of a process grows for other reasons too, some
/// 10 MiB in the first 100,000 calls: the runtime compiles each method again after it was called often, and keeps both
/// and what it learned of them; the heap of a garbage collector with much memory takes its time to find its size. So
/// methods are compiled once here, and the youngest generation has a size that it keeps. Then each byte a call shows.
/// </remarks>
public sealed class StressTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string> s_steady = new()
    {
        ["DOTNET_TieredCompilation"] = "0",
        ["DOTNET_GCgen0size"] = "400000",
        ["DOTNET_gcConcurrent"] = "0",
    };

    /// <summary>
    /// The youngest generation has 64 KiB, so that there are collections all the time. DOTNET_GCStress, which collects
    /// at each allocation, does nothing in a released runtime.
    /// </summary>
    private static readonly Dictionary<string, string> s_restless = new() { ["DOTNET_GCgen0size"] = "10000" };

    [Fact]
    public async Task NothingIsCollectedUnderACall()
    {
        (int code, string said) = await Programs.RunStress(s_restless, "collect", "200");
        Assert.True(code == 0, said);
        Assert.InRange(int.Parse(said, CultureInfo.InvariantCulture), 1_000, int.MaxValue);
    }

    [LinuxFact]
    public Task FiveHundredUploadsLeaveNothing() => LeavesNothing("uploads", rounds: 10, count: 50, limit: 16_384);

    [LinuxFact]
    public async Task ALeakWouldBeFound()
    {
        (int code, string said) = await Programs.RunStress(s_steady, "leak", "planted", "10", "2000", "8");
        Assert.True(code == 1, said);
        Assert.Contains("The calls leave memory behind.", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    [Trait("Category", "Long")]
    public Task AHundredThousandCallsLeaveNothing() => LeavesNothing("calls", rounds: 10, count: 10_000, limit: 8);

    [LinuxFact]
    [Trait("Category", "Long")]
    public Task FailedCallsLeaveNothing() => LeavesNothing("failures", rounds: 10, count: 2_000, limit: 32);

    [LinuxFact]
    [Trait("Category", "Long")]
    public Task CanceledCallsLeaveNothing() => LeavesNothing("canceled", rounds: 10, count: 100, limit: 1_024);

    private async Task LeavesNothing(string kind, int rounds, int count, int limit)
    {
        string[] numbers = Array.ConvertAll([rounds, count, limit], number => number.ToString(CultureInfo.InvariantCulture));
        (int code, string said) = await Programs.RunStress(s_steady, ["leak", kind, .. numbers]);
        output.WriteLine(said);
        Assert.True(code == 0, said);
    }

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() =>
            Skip = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? null : "the memory is read from Linux's /proc";
    }
}
