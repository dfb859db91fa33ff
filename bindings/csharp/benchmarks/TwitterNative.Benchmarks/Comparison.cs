using System;
using System.Diagnostics;

namespace TwitterNative.Benchmarks;

/// <summary>
/// The same thing done in two ways, in turn, so that what other programs do to the machine meets both. In microseconds.
/// </summary>
internal readonly record struct Comparison(double Raw, double Ours)
{
    public double Ratio => Ours / Raw;

    /// <summary>The medians of many.</summary>
    public static Comparison OfMedians(int count, Action raw, Action ours) => Measure(count, raw, ours, place: count / 2);

    /// <summary>The quickest of few.</summary>
    public static Comparison OfQuickest(int count, Action raw, Action ours) => Measure(count, raw, ours, place: 0);

    private static Comparison Measure(int count, Action raw, Action ours, int place)
    {
        double[] raws = new double[count], all = new double[count];
        // The first of each makes connections and compiles.
        for (int round = -count / 10 - 1; round < count; round++)
        {
            double rawTime = Time(raw), ourTime = Time(ours);
            if (round >= 0)
            {
                (raws[round], all[round]) = (rawTime, ourTime);
            }
        }
        Array.Sort(raws);
        Array.Sort(all);
        return new Comparison(raws[place], all[place]);
    }

    private static double Time(Action action)
    {
        long started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
