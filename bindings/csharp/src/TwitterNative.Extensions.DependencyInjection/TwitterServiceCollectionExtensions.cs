using System;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwitterNative;
using TwitterNative.Extensions.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="ITwitterClient"/>.</summary>
public static class TwitterServiceCollectionExtensions
{
    /// <summary>
    /// Registers a client as a singleton, with the parameters of a section of the configuration: <c>ClientId</c> or
    /// <c>client_id</c>, <c>Timeout</c> as a time (<c>00:01:00</c>) or <c>timeout_seconds</c>, and so on. They are
    /// checked when the host starts; what is no parameter is an error. The lines of the library's log go to the category
    /// <c>TwitterNative</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ITwitterClientBuilder AddTwitterClient(this IServiceCollection services, IConfiguration section)
    {
        NotNull(section, nameof(section));
        return Add(services, null, parameters => ConfigurationReader.Read(section, parameters));
    }

    /// <summary>
    /// Registers a client as a singleton. Its parameters are checked when the host starts. The lines of the library's
    /// log go to the category <c>TwitterNative</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the parameters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ITwitterClientBuilder AddTwitterClient(
        this IServiceCollection services, Action<TwitterParameters> configure) =>
        Add(services, null, NotNull(configure, nameof(configure)));

    /// <summary>The same as <see cref="AddTwitterClient(IServiceCollection, IConfiguration)"/> for a client with a name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the service, and the name of its options.</param>
    /// <param name="section">The section.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ITwitterClientBuilder AddKeyedTwitterClient(
        this IServiceCollection services, string name, IConfiguration section)
    {
        NotNull(section, nameof(section));
        return Add(services, NotNull(name, nameof(name)), parameters => ConfigurationReader.Read(section, parameters));
    }

    /// <summary>
    /// The same as <see cref="AddTwitterClient(IServiceCollection, Action{TwitterParameters})"/> for a client with a name.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the service, and the name of its options.</param>
    /// <param name="configure">Sets the parameters.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ITwitterClientBuilder AddKeyedTwitterClient(
        this IServiceCollection services, string name, Action<TwitterParameters> configure) =>
        Add(services, NotNull(name, nameof(name)), NotNull(configure, nameof(configure)));

    private static TwitterClientBuilder Add(
        IServiceCollection services, string? name, Action<TwitterParameters> configure)
    {
        NotNull(services, nameof(services));
        string options = name ?? Options.Options.DefaultName;
        services.AddOptions<TwitterParameters>(options).Configure(configure);
        services.AddSingleton<IValidateOptions<TwitterParameters>>(new ParametersValidator(options));
        services.AddOptions<TwitterParameters>(options).ValidateOnStart();
        if (name is null)
        {
            services.TryAddSingleton<ITwitterClient>(provider => Create(provider, options));
        }
        else
        {
            services.TryAddKeyedSingleton<ITwitterClient>(name, (provider, _) => Create(provider, options));
        }
        return new TwitterClientBuilder(services, options);
    }

    private static TwitterClient Create(IServiceProvider provider, string name)
    {
        TwitterParameters parameters = provider.GetRequiredService<IOptionsMonitor<TwitterParameters>>().Get(name);
        ILoggerFactory? loggers = provider.GetService<ILoggerFactory>();
        ClientStore store = provider.GetRequiredService<IOptionsMonitor<ClientStore>>().Get(name);
        return new TwitterClient(parameters, new TwitterClientOptions
        {
            Log = loggers is null ? null : new LoggerLog(loggers),
            TokenStore = store.Store,
            Account = store.Account,
        });
    }

    internal static T NotNull<T>(T? value, string parameter)
        where T : class =>
        value ?? throw new ArgumentNullException(parameter);
}
