namespace TwitterNative.Calls;

/// <summary>A token store, and the key of a client's account in it.</summary>
internal sealed class AccountStore(ITokenStore store, string account)
{
    public ITokenStore Store { get; } = store;

    public string Account { get; } = account;
}
