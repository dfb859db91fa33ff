namespace TwitterNative;

/// <summary>How important a line of the log is.</summary>
public enum TwitterLogLevel
{
    /// <summary>A call failed.</summary>
    Error = 1,

    /// <summary>A retry, or a wait.</summary>
    Warning = 2,

    /// <summary>What a call did.</summary>
    Information = 3,

    /// <summary>Each attempt and answer.</summary>
    Debug = 4,
}
