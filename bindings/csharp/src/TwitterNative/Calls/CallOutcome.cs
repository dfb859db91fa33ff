using System;

namespace TwitterNative.Calls;

/// <summary>The outcome of a call that has ended but not completed its task.</summary>
internal sealed class CallOutcome
{
    public Envelope Answer { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Returns the outcome and forgets it.</summary>
    public (Envelope Answer, Exception? Failure) Take()
    {
        (Envelope, Exception?) taken = (Answer, Failure);
        (Answer, Failure) = (default, null);
        return taken;
    }
}
