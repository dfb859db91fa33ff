using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TwitterNative;

namespace ScheduledPoster;

/// <summary>Posts each text at its time, once.</summary>
internal sealed partial class Poster(
    ITwitterClient client, IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<Poster> logger)
    : BackgroundService
{
    private sealed record Post(DateTimeOffset At, string Text);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string file = configuration["Schedule"] ?? throw new InvalidOperationException("--Schedule names no file.");
        Post[] posts = JsonSerializer.Deserialize<Post[]>(
            await File.ReadAllTextAsync(file, stoppingToken), JsonSerializerOptions.Web) ?? [];
        foreach (Post post in posts.OrderBy(post => post.At))
        {
            TimeSpan wait = post.At - DateTimeOffset.UtcNow;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, stoppingToken);
            }
            await PostOnceAsync(post.Text, stoppingToken);
        }
        lifetime.StopApplication();
    }

    /// <summary>Posts, waits where X asks to, and tries again only what X has not got.</summary>
    private async Task PostOnceAsync(string text, CancellationToken canceled)
    {
        while (true)
        {
            TimeSpan wait;
            try
            {
                TwitterResult<Tweet> posted = await client.CreateTextTweetAsync(text, cancellationToken: canceled);
                Posted(logger, posted.Value.Id);
                return;
            }
            catch (TwitterDuplicateException)
            {
                // It is there: the answer to an earlier attempt was lost.
                Posted(logger, null);
                return;
            }
            catch (TwitterRateLimitedException error)
            {
                wait = error.RetryAfter ?? TimeSpan.FromMinutes(15);
            }
            catch (TwitterException error) when (error.Error.Outcome == TwitterOutcome.Unknown)
            {
                // X may have it. It refuses the same text a second time, so another attempt tells, and can't post twice.
                Failed(logger, error.Message);
                wait = TimeSpan.FromSeconds(1);
            }
            catch (TwitterException error) when (error.Error.IsRetryable)
            {
                Failed(logger, error.Message);
                wait = TimeSpan.FromSeconds(30);
            }
            await Task.Delay(wait, canceled);
        }
    }

    [LoggerMessage(LogLevel.Information, "Posted: {Id}")]
    private static partial void Posted(ILogger logger, string? id);

    [LoggerMessage(LogLevel.Warning, "{Reason}")]
    private static partial void Failed(ILogger logger, string reason);
}
