namespace TwitterNative;

/// <summary>What a client is given besides its parameters.</summary>
public sealed class TwitterClientOptions
{
    /// <summary>Takes the library's lines about each attempt, wait and answer; null, and none are made.</summary>
    public TwitterLog? Log { get; set; }

    /// <summary>
    /// The account's tokens in a store of the host's, for accounts that several machines share; null, and none is used. Not
    /// together with <see cref="TwitterParameters.TokenFile"/>.
    /// </summary>
    public ITokenStore? TokenStore { get; set; }

    /// <summary>The key of the account in <see cref="TokenStore"/>.</summary>
    public string Account { get; set; } = "default";
}
