using System;
using System.Diagnostics;
using System.Threading;

namespace TwitterNative.Smoke;

/// <summary>
/// How long threads that are ready have waited for a processor since this was made: what other programs of this machine
/// take from the one that is measured. A time limit grows by it, so that it holds on a busy machine too.
/// </summary>
internal sealed class MachineDelay : IDisposable
{
    private static readonly TimeSpan s_sleep = TimeSpan.FromMilliseconds(2);

    private readonly Thread _thread;
    private volatile bool _ended;
    private long _ticks;

    public MachineDelay()
    {
        _thread = new Thread(Measure) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>All of it, once nothing is measured any more.</summary>
    public TimeSpan Total
    {
        get
        {
            Dispose();
            return TimeSpan.FromTicks(_ticks);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    private void Measure()
    {
        var clock = new Stopwatch();
        while (!_ended)
        {
            clock.Restart();
            Thread.Sleep(s_sleep);
            _ticks += Math.Max(0, (clock.Elapsed - s_sleep).Ticks);
        }
    }
}
