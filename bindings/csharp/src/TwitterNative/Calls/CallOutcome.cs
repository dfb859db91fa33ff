using System;

namespace TwitterNative.Calls;

/// <summary>How a call has ended: its answer or its exception. Its task is not completed yet.</summary>
internal sealed class CallOutcome
{
    public Envelope Answer { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Returns the outcome, and clears it for the thread's next call.</summary>
    public (Envelope Answer, Exception? Failure) Take()
    {
        (Envelope, Exception?) taken = (Answer, Failure);
        (Answer, Failure) = (default, null);
        return taken;
    }
}
