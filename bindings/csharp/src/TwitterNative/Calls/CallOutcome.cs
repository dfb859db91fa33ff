using System;

namespace TwitterNative.Calls;

/// <summary>What a call ended with, between its end and the moment when that is told.</summary>
internal sealed class CallOutcome
{
    public Envelope Answer { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>Gives it and keeps nothing.</summary>
    public (Envelope Answer, Exception? Failure) Take()
    {
        (Envelope, Exception?) taken = (Answer, Failure);
        (Answer, Failure) = (default, null);
        return taken;
    }
}
