namespace TwitterNative;

/// <summary>What a call is doing. The library may add stages.</summary>
public enum TwitterStage
{
    /// <summary>Nothing that is known.</summary>
    None = 0,

    /// <summary>It waits for an answer, a limit, or before it sends something again; seconds.</summary>
    Waiting = 1,

    /// <summary>It uploads; bytes.</summary>
    Uploading = 2,

    /// <summary>X processes what was uploaded; percent.</summary>
    Processing = 3,
}
