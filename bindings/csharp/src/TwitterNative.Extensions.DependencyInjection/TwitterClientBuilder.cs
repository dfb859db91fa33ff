using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TwitterNative.Extensions.DependencyInjection;

internal sealed class TwitterClientBuilder(IServiceCollection services, string name) : ITwitterClientBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;

    public ITwitterClientBuilder AddTokenStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(
        string account)
        where TStore : class, ITokenStore
    {
        TwitterServiceCollectionExtensions.NotNull(account, nameof(account));
        Services.TryAddScoped<TStore>();
        Services.AddOptions<ClientStore>(Name).Configure<IServiceScopeFactory>(
            (options, scopes) => (options.Store, options.Account) = (new ScopedTokenStore<TStore>(scopes), account));
        return this;
    }
}
