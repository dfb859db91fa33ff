using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TwitterNative.Benchmarks;

/// <summary>
/// What is found, round by round. The best round of a case is told: what other programs do to a round only makes it
/// worse.
/// </summary>
internal sealed class Measurements
{
    private static readonly Job s_job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(3).WithIterationCount(9).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(250));

    private readonly Dictionary<string, double> _microseconds = [];
    private readonly Dictionary<string, long> _bytes = [];
    private readonly List<Comparison> _posts = [];
    private readonly List<Comparison> _byPath = [];
    private readonly List<Comparison> _fromMemory = [];

    public Comparison Post => Best(_posts);

    public Comparison ByPath => Best(_byPath);

    public Comparison FromMemory => Best(_fromMemory);

    /// <summary>One round of everything.</summary>
    public void Add()
    {
        foreach (Summary summary in BenchmarkRunner.Run([typeof(Calls), typeof(Reading)], Config()))
        {
            Add(summary);
        }
        _posts.Add(Posts.Measure());
        (Comparison byPath, Comparison fromMemory) = Uploads.Measure();
        _byPath.Add(byPath);
        _fromMemory.Add(fromMemory);
    }

    /// <summary>The median of a case, by its class and method.</summary>
    public double Microseconds(string name) => _microseconds[name];

    /// <summary>What one call takes of the managed heap.</summary>
    public long Bytes(string name) => _bytes[name];

    private static Comparison Best(List<Comparison> rounds) => rounds.MinBy(round => round.Ratio);

    private void Add(Summary summary)
    {
        foreach (BenchmarkReport report in summary.Reports)
        {
            string name = $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}";
            double median = (report.ResultStatistics ?? throw new InvalidOperationException($"{name} was not measured")).Median;
            long bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
            _microseconds[name] = Math.Min(median / 1e3, _microseconds.GetValueOrDefault(name, double.MaxValue));
            _bytes[name] = Math.Min(bytes, _bytes.GetValueOrDefault(name, long.MaxValue));
        }
    }

    private static ManualConfig Config() => ManualConfig.CreateEmpty()
        .AddJob(s_job)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddLogger(BenchmarkDotNet.Loggers.NullLogger.Instance)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), $"twitter-native-benchmark-{Environment.ProcessId}"));
}
