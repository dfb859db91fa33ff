namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>The token store of a registered client: options by its name.</summary>
internal sealed class ClientStore
{
    public ITokenStore? Store { get; set; }

    public string Account { get; set; } = "default";
}
