namespace TwitterNative;

/// <summary>What is known of a call that writes and failed: whether X may have acted.</summary>
public enum TwitterOutcome
{
    /// <summary>Nothing was sent.</summary>
    NotSent,

    /// <summary>X answered that it did not act.</summary>
    Rejected,

    /// <summary>It was sent, and no readable answer came: the post may be there. Look before you send it again.</summary>
    Unknown,
}
