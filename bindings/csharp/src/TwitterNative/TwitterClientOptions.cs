namespace TwitterNative;

/// <summary>Options of a client that are no parameters of the library.</summary>
public sealed class TwitterClientOptions
{
    /// <summary>Receives the library's log: a line for each attempt, wait and answer. Null for no log.</summary>
    public TwitterLog? Log { get; set; }

    /// <summary>
    /// Where the account's tokens are kept, if several machines share an account. Null for none. It can't be used together
    /// with <see cref="TwitterParameters.TokenFile"/>.
    /// </summary>
    public ITokenStore? TokenStore { get; set; }

    /// <summary>The key of the account in <see cref="TokenStore"/>.</summary>
    public string Account { get; set; } = "default";
}
