using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwitterNative.Extensions.DependencyInjection;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>The client as a service: its parameters from the configuration, its log in ILogger.</summary>
public sealed class DependencyInjectionTests : AgainstX
{
    [Fact]
    public async Task TheConfigurationIsRead()
    {
        TwitterParameters parameters = X.SignedIn();
        using IHost host = Host(new()
        {
            ["Twitter:ApiUrl"] = parameters.ApiUrl,
            ["Twitter:access_token"] = parameters.AccessToken,
            ["Twitter:Proxy"] = "none",
            ["Twitter:Timeout"] = "00:01:30",
            ["Twitter:OAuthConsumerKey"] = "a-key",
        });
        await host.StartAsync();
        ITwitterClient client = host.Services.GetRequiredService<ITwitterClient>();
        Assert.Same(client, host.Services.GetRequiredService<ITwitterClient>());
        Assert.Equal(TimeSpan.FromSeconds(90), client.Parameters.Timeout);
        Assert.Equal("a-key", client.Parameters.OAuthConsumerKey);
        Assert.Equal(X.Credential("screen_name"), (await client.GetMeAsync()).Value.Username);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("Twitter:ClientIdd", "client_id")]
    [InlineData("Twitter:auth", "auth")]
    public async Task WhatIsWrongIsFoundAtTheStart(string key, string named)
    {
        using IHost host = Host(new() { [key] = "a" });
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsHaveNames()
    {
        var services = new ServiceCollection();
        TwitterParameters parameters = X.SignedIn();
        ITwitterClientBuilder builder = services.AddKeyedTwitterClient("news", options =>
        {
            options.ApiUrl = parameters.ApiUrl;
            options.AccessToken = parameters.AccessToken;
        });
        Assert.Equal("news", builder.Name);
        services.AddTwitterClient(options => options.AccessToken = "another");
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal("another", provider.GetRequiredService<ITwitterClient>().Parameters.AccessToken);
        Assert.Equal(
            X.Credential("screen_name"), provider.GetRequiredKeyedService<ITwitterClient>("news").GetMe().Value.Username);
    }

    [Fact]
    public async Task TheLogGoesToALogger()
    {
        var lines = new Lines();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(lines));
        TwitterParameters parameters = X.SignedIn();
        services.AddTwitterClient(options => (options.ApiUrl, options.AccessToken, options.Proxy) = (parameters.ApiUrl, parameters.AccessToken, "none"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<ITwitterClient>().CreateTextTweetAsync(NewText());
        Assert.Contains(lines.All, line => line.StartsWith("TwitterNative create_text_tweet:", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.Contains(parameters.AccessToken!, StringComparison.Ordinal));
    }

    /// <summary>A store that needs what is scoped, such as a DbContext, serves a client that is a singleton.</summary>
    [Fact]
    public async Task AStoreIsMadeInAScopeForEachUse()
    {
        var services = new ServiceCollection();
        TwitterParameters parameters = X.SignedIn();
        services.AddTwitterClient(options =>
            (options.ApiUrl, options.Proxy, options.ClientId, options.ClientSecret, options.AccessToken, options.RefreshToken)
            = (parameters.ApiUrl, "none", parameters.ClientId, parameters.ClientSecret, parameters.AccessToken, parameters.RefreshToken))
            .AddTokenStore<ScopedStore>("7");
        services.AddKeyedTwitterClient("plain", options => options.AccessToken = "a");
        services.AddSingleton<MemoryTokenStore>();
        services.AddScoped<Context>();
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        ITwitterClient client = provider.GetRequiredService<ITwitterClient>();
        await client.GetMeAsync();
        X.Control("DELETE", "access_tokens");
        client.GetMe();
        MemoryTokenStore store = provider.GetRequiredService<MemoryTokenStore>();
        Assert.NotNull(store.Text("7"));
        Assert.DoesNotContain(parameters.RefreshToken!, store.Text("7"), StringComparison.Ordinal);
        Assert.InRange(Context.Made, 4, 100);
        Assert.Equal(Context.Made, Context.Disposed);
        Assert.Throws<InvalidOperationException>(
            () => provider.GetRequiredKeyedService<ITwitterClient>("plain").ForAccount("a"));
    }

    private sealed class Context : IAsyncDisposable
    {
        private static int s_made;
        private static int s_disposed;

        public Context() => Interlocked.Increment(ref s_made);

        public static int Made => s_made;

        public static int Disposed => s_disposed;

        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            Interlocked.Increment(ref s_disposed);
            return default;
        }
    }

    private sealed class ScopedStore(Context context, MemoryTokenStore store) : ITokenStore
    {
        public ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(context.IsDisposed, context);
            return store.ReadAsync(account, cancellationToken);
        }

        public async ValueTask<TwitterTokens?> UpdateAsync(
            string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change,
            CancellationToken cancellationToken)
        {
            TwitterTokens? kept = await store.UpdateAsync(account, change, cancellationToken);
            ObjectDisposedException.ThrowIf(context.IsDisposed, context);
            return kept;
        }
    }

    private static IHost Host(Dictionary<string, string?> settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddTwitterClient(builder.Configuration.GetSection("Twitter"));
        return builder.Build();
    }

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, All);

        public void Dispose() { }

        private sealed class Logger(string category, ConcurrentQueue<string> all) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter) => all.Enqueue($"{category} {formatter(state, exception)}");
        }
    }
}
