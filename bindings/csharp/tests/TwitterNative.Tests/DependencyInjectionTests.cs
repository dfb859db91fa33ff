using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
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
