using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>Configures a registered client further.</summary>
public interface ITwitterClientBuilder
{
    /// <summary>The services that it was registered with.</summary>
    IServiceCollection Services { get; }

    /// <summary>The name of its options; empty for the client without a name.</summary>
    string Name { get; }

    /// <summary>
    /// Keeps the account's tokens in a store of the host's. Unless it is registered already, it is registered as scoped.
    /// Each use of it has a scope of its own, so it may use a DbContext, though the client is a singleton.
    /// </summary>
    /// <typeparam name="TStore">The store.</typeparam>
    /// <param name="account">The key of the account in it; other accounts by <see cref="ITwitterClient.ForAccount"/>.</param>
    /// <exception cref="System.ArgumentNullException"><paramref name="account"/> is null.</exception>
    ITwitterClientBuilder AddTokenStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        string account = "default")
        where TStore : class, ITokenStore;
}
