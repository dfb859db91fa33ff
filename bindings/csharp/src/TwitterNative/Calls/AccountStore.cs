namespace TwitterNative.Calls;

/// <summary>The host's token store, and whose tokens a client has there.</summary>
internal sealed class AccountStore(ITokenStore store, string account)
{
    public ITokenStore Store { get; } = store;

    public string Account { get; } = account;
}
