#if !NET8_0_OR_GREATER
using System;
using System.Threading;

namespace TwitterNative.Calls;

/// <summary>
/// Synchronous calls on .NET Framework and Mono, where threads can be aborted: ASP.NET aborts requests that take too long.
/// An abort while the thread is inside the native library would unwind through native frames. So the call runs on one of
/// this package's own threads, and the caller's thread waits where an abort does no harm.
/// </summary>
internal static class AbortableCall
{
    public static Envelope Run(QueuedCall call, CallState state)
    {
        try
        {
            try
            {
                // Empty on purpose: an abort does not interrupt a finally block.
            }
            finally
            {
                CallThreads.RunNow(call);
            }
            return call.Task.GetAwaiter().GetResult();
        }
        catch (ThreadAbortException)
        {
            // The abort continues at the end of this block. Before that the call has to end: it uses memory of the caller.
            state.Cancel();
            ((IAsyncResult)call.Task).AsyncWaitHandle.WaitOne();
            throw;
        }
    }
}
#endif
