using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace TwitterNative.Stress;

/// <summary>
/// Finds what calls leave behind, by the slope of the memory over many rounds: of what is lost by each call every round
/// loses as much. The first rounds are not looked at, in which connections are made and heaps find their size.
/// </summary>
internal static class Leak
{
    private const int WarmUp = 3;
    private const int RuntimeThreads = 16;

    /// <param name="call">Makes a number of calls.</param>
    /// <param name="rounds">How many rounds are looked at.</param>
    /// <param name="count">The calls of each round.</param>
    /// <param name="limit">How many bytes of memory may be left by a call.</param>
    public static async Task Find(Func<int, Task> call, int rounds, int count, int limit)
    {
        for (int round = 0; round < WarmUp; round++)
        {
            await call(count);
        }
        var sizes = new List<Size> { Size.Now() };
        for (int round = 0; round < rounds; round++)
        {
            await call(count);
            sizes.Add(Size.Now());
        }
        double memory = Slope([.. sizes.Select(size => size.Anonymous)]) / count;
        double managed = Slope([.. sizes.Select(size => size.Managed)]) / count;
        Console.WriteLine(FormattableString.Invariant(
            $"{memory:F2} bytes a call, of them {managed:F2} managed\n{string.Join('\n', sizes)}"));
        Size first = sizes[0], last = sizes[^1];
        Check(memory < limit && managed < limit, "memory");
        // The runtime's pool takes a few more in its time. Calls that left threads would have left one each.
        Check(last.Threads <= first.Threads + RuntimeThreads, "threads");
        Check(last.Descriptors <= first.Descriptors, "descriptors");
        Check(last.TemporaryFiles <= first.TemporaryFiles, "temporary files");
    }

    private static void Check(bool isFlat, string what)
    {
        if (!isFlat)
        {
            throw new StressException($"The calls leave {what} behind.");
        }
    }

    /// <summary>
    /// By how much the values grow from each to the next: the median over all pairs (Theil and Sen). A leak makes all
    /// pairs grow; a heap that grows once, or an odd value, only some.
    /// </summary>
    private static double Slope(long[] values)
    {
        var slopes = new List<double>();
        for (int first = 0; first < values.Length; first++)
        {
            for (int second = first + 1; second < values.Length; second++)
            {
                slopes.Add((double)(values[second] - values[first]) / (second - first));
            }
        }
        slopes.Sort();
        return slopes[slopes.Count / 2];
    }
}
