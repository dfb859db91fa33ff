using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TwitterNative.Stress;

/// <summary>What this process holds, all garbage collected. Read from Linux's /proc.</summary>
internal sealed record Size(long Anonymous, long Managed, int Threads, int Descriptors, int TemporaryFiles)
{
    public static Size Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new Size(
            AnonymousMemory(), GC.GetTotalMemory(forceFullCollection: true), Entries("/proc/self/task"), Entries("/proc/self/fd"),
            Directory.GetFiles(Path.GetTempPath(), "twitter-native-*").Length);
    }

    /// <summary>Without the pages of files: more of the library's code in memory is no leak.</summary>
    private static long AnonymousMemory()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        string kib = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return 1024 * long.Parse(kib, CultureInfo.InvariantCulture);
    }

    private static int Entries(string folder) => Directory.GetFileSystemEntries(folder).Length;
}
