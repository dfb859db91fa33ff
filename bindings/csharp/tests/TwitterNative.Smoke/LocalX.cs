using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace TwitterNative.Smoke;

/// <summary>
/// The simulator of X as a process: the one that TWITTER_SIMULATOR names. Its control endpoints are asked by a socket,
/// since HttpClient would be most of a program that is compiled ahead of time.
/// </summary>
internal sealed class LocalX : IDisposable
{
    private readonly Process _process;
    private readonly JsonElement _credentials;

    public LocalX()
    {
        string program = Environment.GetEnvironmentVariable("TWITTER_SIMULATOR")
            ?? throw new InvalidOperationException("TWITTER_SIMULATOR has to name the simulator.");
        _process = Process.Start(new ProcessStartInfo(
            program, "--print-credentials --until-stdin-closes --processing-seconds 1 --any-content")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Url = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The simulator said nothing.");
        _credentials = Parse(_process.StandardOutput.ReadLine()!);
    }

    public string Url { get; }

    public string Credential(string name) => _credentials.GetProperty(name).GetString()!;

    /// <summary>Parameters of OAuth 2.0 with new tokens.</summary>
    public TwitterParameters SignedIn()
    {
        JsonElement tokens = Control(
            "POST", "tokens",
            """{"scopes":["tweet.read","tweet.write","users.read","media.write","like.read","like.write","timeline.read","offline.access"]}""");
        TwitterParameters parameters = Application();
        parameters.AccessToken = tokens.GetProperty("access_token").GetString();
        parameters.RefreshToken = tokens.GetProperty("refresh_token").GetString();
        return parameters;
    }

    /// <summary>Parameters of the application alone.</summary>
    public TwitterParameters Application() => new()
    {
        ApiUrl = Url,
        ClientId = Credential("client_id"),
        ClientSecret = Credential("client_secret"),
        RedirectUri = Credential("redirect_uri"),
        Proxy = "none",
    };

    /// <summary>Lets requests to a path go wrong.</summary>
    public void Fault(string path, string kind, int times = 1) =>
        Control("POST", "faults", $$"""{"path":"{{path}}","kind":{{kind}},"times":{{times}}}""");

    /// <summary>Waits until so many requests to a path have arrived since <see cref="Forget"/>.</summary>
    public void WaitForRequests(string path, int count)
    {
        var clock = Stopwatch.StartNew();
        while (Control("GET", "requests").EnumerateArray().Count(request => request.GetProperty("path").GetString() == path) < count)
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(20))
            {
                throw new InvalidOperationException($"{count} requests to {path} have not arrived within 20 s.");
            }
            Thread.Sleep(10);
        }
    }

    /// <summary>Forgets the requests that have arrived.</summary>
    public void Forget() => Control("DELETE", "requests");

    public string Sha256Of(string mediaId) => Control("GET", "media/" + mediaId).GetProperty("sha256").GetString()!;

    public JsonElement Control(string method, string name, string? body = null)
    {
        var address = new Uri(Url);
        using var client = new TcpClient(address.Host, address.Port);
        using NetworkStream stream = client.GetStream();
        byte[] content = Encoding.UTF8.GetBytes(body ?? "");
        byte[] head = Encoding.ASCII.GetBytes(
            $"{method} /_simulator/{name} HTTP/1.1\r\nhost: {address.Authority}\r\nconnection: close\r\n"
            + $"content-type: application/json\r\ncontent-length: {content.Length}\r\n\r\n");
        stream.Write(head, 0, head.Length);
        stream.Write(content, 0, content.Length);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string answer = reader.ReadToEnd();
        int end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string text = answer.Substring(end + 4);
        if (answer.IndexOf(" 200 ", 0, Math.Min(16, answer.Length), StringComparison.Ordinal) < 0)
        {
            throw new InvalidOperationException($"The simulator refused {name}: {text}");
        }
        return Parse(text);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(10_000);
        _process.Dispose();
    }

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
