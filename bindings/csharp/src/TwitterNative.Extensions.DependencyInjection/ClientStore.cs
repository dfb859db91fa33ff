namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>The token store of a registered client. It is kept as options under the client's name.</summary>
internal sealed class ClientStore
{
    public ITokenStore? Store { get; set; }

    public string Account { get; set; } = "default";
}
