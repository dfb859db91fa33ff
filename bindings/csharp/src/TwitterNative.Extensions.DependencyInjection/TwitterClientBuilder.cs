using Microsoft.Extensions.DependencyInjection;

namespace TwitterNative.Extensions.DependencyInjection;

internal sealed class TwitterClientBuilder(IServiceCollection services, string name) : ITwitterClientBuilder
{
    public IServiceCollection Services { get; } = services;

    public string Name { get; } = name;
}
