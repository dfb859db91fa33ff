#if !NET8_0_OR_GREATER
using System;
using System.Threading;

namespace TwitterNative.Calls;

/// <summary>
/// Makes synchronous calls on .NET Framework and Mono, where threads can be aborted: ASP.NET aborts requests that take too
/// long. An abort inside the native library would unwind its frames. So the call runs on a thread of this package, and the
/// caller's thread waits for it in managed code.
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
            // The abort goes on at the end of this block. The call has to end before: it uses memory of the caller.
            state.Cancel();
            ((IAsyncResult)call.Task).AsyncWaitHandle.WaitOne();
            throw;
        }
    }
}
#endif
