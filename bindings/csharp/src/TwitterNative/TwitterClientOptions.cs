namespace TwitterNative;

/// <summary>What a client is given besides its parameters.</summary>
public sealed class TwitterClientOptions
{
    /// <summary>Takes the library's lines about each attempt, wait and answer; null, and none are made.</summary>
    public TwitterLog? Log { get; set; }
}
