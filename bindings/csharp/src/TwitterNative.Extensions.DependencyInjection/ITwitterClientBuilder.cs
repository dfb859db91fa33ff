using Microsoft.Extensions.DependencyInjection;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>A registered client, for what else it is to have.</summary>
public interface ITwitterClientBuilder
{
    /// <summary>The services that it was registered with.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of its options; empty for the client without a name.</summary>
    string Name { get; }
}
