using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Runs checks one after the other and counts them.</summary>
internal sealed class Report
{
    private readonly List<string> _failed = [];
    private int _passed;

    public async Task Check(string what, Func<Task> check)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await check();
            _passed++;
            Console.WriteLine($"ok      {what} ({clock.ElapsedMilliseconds} ms)");
        }
        catch (Exception error)
        {
            _failed.Add(what);
            Console.WriteLine($"FAILED  {what}: {error}");
        }
    }

    public Task Check(string what, Action check) => Check(what, () =>
    {
        check();
        return Task.CompletedTask;
    });

    /// <summary>The last line, and the exit code.</summary>
    public int End()
    {
        foreach (string what in _failed)
        {
            Console.WriteLine($"failed: {what}");
        }
        Console.WriteLine($"{_passed} passed, {_failed.Count} failed");
        return _failed.Count == 0 ? 0 : 1;
    }
}
