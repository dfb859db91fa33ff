namespace TwitterNative;

/// <summary>What a call is doing. The library may add stages.</summary>
public enum TwitterStage
{
    /// <summary>No stage.</summary>
    None = 0,

    /// <summary>It waits for an answer, for a limit to end, or before a retry. The unit is seconds.</summary>
    Waiting = 1,

    /// <summary>It uploads. The unit is bytes.</summary>
    Uploading = 2,

    /// <summary>X processes what was uploaded. The unit is percent.</summary>
    Processing = 3,
}
