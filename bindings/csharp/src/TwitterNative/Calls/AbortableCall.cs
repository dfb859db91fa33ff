#if !NET8_0_OR_GREATER
using System;
using System.Threading;

namespace TwitterNative.Calls;

/// <summary>
/// Synchronous calls where threads can be aborted, which is .NET Framework and Mono: ASP.NET does it to requests that
/// take too long. An abort that finds the thread inside the library would run through its frames, so one of this
/// package's own threads carries the call, and the caller's waits where an abort does no harm.
/// </summary>
internal static class AbortableCall
{
    public static Envelope Carry(QueuedCall call, CallState state)
    {
        try
        {
            try
            {
                // Nothing: what is in a finally block is not interrupted by an abort.
            }
            finally
            {
                CallThreads.RunNow(call);
            }
            return call.Task.GetAwaiter().GetResult();
        }
        catch (ThreadAbortException)
        {
            // The abort goes on at the end of this block; until then the call may still use what it was lent.
            state.Cancel();
            ((IAsyncResult)call.Task).AsyncWaitHandle.WaitOne();
            throw;
        }
    }
}
#endif
