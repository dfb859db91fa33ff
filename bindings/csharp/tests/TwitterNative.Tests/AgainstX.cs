using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using TwitterNative.Smoke;
using Xunit;

// They share one simulator, and some of them measure times.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TwitterNative.Tests;

/// <summary>Tests against the simulator. It is one for all of them; each starts without faults and without requests.</summary>
public abstract class AgainstX : IDisposable
{
    /// <summary>A fault: the request is carried out, and its answer comes much later.</summary>
    private protected const string Stall = """{"StallBeforeAnswer":{"seconds":20}}""";

    // Never disposed: it ends with this process, whose end closes its standard input.
    private static readonly Lazy<LocalX> s_x = new(() => new LocalX());

    private static int s_count;

    private protected static LocalX X => s_x.Value;

    /// <summary>A text that no other test posts.</summary>
    private protected static string NewText() => $"Text {Interlocked.Increment(ref s_count)}";

    private protected static TwitterParameters OAuth1() => new()
    {
        ApiUrl = X.Url,
        OAuthConsumerKey = X.Credential("oauth_consumer_key"),
        OAuthConsumerSecret = X.Credential("oauth_consumer_secret"),
        OAuthToken = X.Credential("oauth_token"),
        OAuthTokenSecret = X.Credential("oauth_token_secret"),
        Proxy = "none",
    };

    private protected static TwitterClient SignedIn(TwitterLog? log = null) =>
        new(X.SignedIn(), new TwitterClientOptions { Log = log });

    private protected static IReadOnlyList<JsonElement> Requests() => [.. X.Control("GET", "requests").EnumerateArray()];

    private protected static int Posts() => X.Control("GET", "tweets").GetArrayLength();

    /// <summary>A new post of somebody else's.</summary>
    private protected static string OthersPost()
    {
        string author = X.Control("POST", "accounts", $$"""{"screen_name":"other{{Interlocked.Increment(ref s_count)}}"}""")
            .GetProperty("user_id").GetString()!;
        return X.Control("POST", "tweets", $$"""{"text":"{{NewText()}}","user_id":"{{author}}"}""")
            .GetProperty("id").GetString()!;
    }

    /// <summary>Waits for what another process or thread does.</summary>
    private protected static void WaitFor(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)), "it did not happen within 20 s");

    /// <summary>An answer of X to the next request to the path.</summary>
    private protected static void Answer(string path, int status, string body) =>
        X.Fault(path, $$$"""{"Status":{"status":{{{status}}},"body":{{{Quote(body)}}},"content_type":"application/json"}}""");

    /// <summary>Where X sends a person who agrees to a sign-in; the PIN if it sends nobody.</summary>
    /// <param name="link">The link of the sign-in.</param>
    /// <param name="account">The person's user id; null for the account of the credentials.</param>
    private protected static string Consent(string link, string? account = null) =>
        X.Control("POST", "consent", JsonSerializer.Serialize(new { url = link, user_id = account }))
            .GetProperty("redirect").GetString()!;

    private protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Quote(string text) => '"' + JsonEncodedText.Encode(text).ToString() + '"';

    public void Dispose()
    {
        X.Control("DELETE", "faults");
        X.Control("DELETE", "requests");
        GC.SuppressFinalize(this);
    }
}
