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
    private const int Looks = 3;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

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
        DateTimeOffset before = DateTimeOffset.UtcNow;
        while (true)
        {
            TimeSpan wait;
            try
            {
                TwitterResult<Tweet> posted = await client.CreateTextTweetAsync(text, cancellationToken: canceled);
                Posted(logger, posted.Value.Id);
                return;
            }
            catch (TwitterRateLimitedException error)
            {
                wait = error.RetryAfter ?? TimeSpan.FromMinutes(15);
            }
            catch (TwitterException error) when (error.Error.Outcome == TwitterOutcome.Unknown)
            {
                // X may have it, so look before it is sent again.
                Failed(logger, error.Message);
                if (await FindAsync(text, before, canceled) is string id)
                {
                    Posted(logger, id);
                    return;
                }
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

    /// <summary>
    /// The id of the post with this text among the account's newest, if there is one that is not older than this attempt. X may
    /// show a new post some seconds late, so it looks more than once. X shortens links, and escapes <c>&amp;</c>: a
    /// program whose texts have links compares more than the text.
    /// </summary>
    private async Task<string?> FindAsync(string text, DateTimeOffset since, CancellationToken canceled)
    {
        for (int look = 0; look < Looks; look++)
        {
            await Task.Delay(BetweenLooks, canceled);
            try
            {
                User me = (await client.GetMeAsync(cancellationToken: canceled)).Value;
                TwitterResult<JsonElement> newest = await client.RequestAsync(
                    "GET", $"/2/users/{me.Id}/tweets",
                    new() { Query = new() { ["max_results"] = 20, ["tweet.fields"] = "created_at" } }, canceled);
                if (Posts(newest.Json).FirstOrDefault(post => IsIt(post, text, since)) is { ValueKind: JsonValueKind.Object } post)
                {
                    return post.GetProperty("id").GetString();
                }
            }
            catch (TwitterException error) when (error.Error.IsRetryable)
            {
                // Without a look nothing may be sent again.
                Failed(logger, error.Message);
                look--;
            }
        }
        return null;
    }

    private static JsonElement.ArrayEnumerator Posts(JsonElement page) =>
        page.TryGetProperty("data", out JsonElement data) ? data.EnumerateArray() : default;

    /// <summary>X's clock and this machine's may differ a little.</summary>
    private static bool IsIt(JsonElement post, string text, DateTimeOffset since) =>
        post.GetProperty("text").GetString() == text
        && post.GetProperty("created_at").GetDateTimeOffset() >= since - ClockDifference;

    [LoggerMessage(LogLevel.Information, "Posted: {Id}")]
    private static partial void Posted(ILogger logger, string? id);

    [LoggerMessage(LogLevel.Warning, "{Reason}")]
    private static partial void Failed(ILogger logger, string reason);
}
