using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>The samples, each as a process, against the simulator.</summary>
public sealed class SamplesTests : AgainstX
{
    [Fact]
    public async Task PostWithProgressPosts()
    {
        using var folder = new SampleFolder();
        string text = NewText();
        (int code, string output) = await Run("PostWithProgress", folder.Parameters(), text, folder.Video());
        Assert.Equal(0, code);
        Assert.Contains("https://x.com/i/status/", output, StringComparison.Ordinal);
        Assert.Contains("] 100", output, StringComparison.Ordinal);
        Assert.Single(Texts(), text);
    }

    [Fact]
    public async Task PostWithProgressTellsWhatMayBeThere()
    {
        using var folder = new SampleFolder();
        X.Fault("/2/tweets", """{"Drop":{"after_handling":true}}""");
        Assert.Equal(2, (await Run("PostWithProgress", folder.Parameters(), NewText(), folder.Video())).Code);
        Assert.Equal(1, (await Run("PostWithProgress", folder.Parameters(), NewText(), "no such file.mp4")).Code);
    }

    [Fact]
    public async Task PostWithProgressIsCanceled()
    {
        using var folder = new SampleFolder();
        X.Fault("/2/tweets", Stall);
        ProcessStartInfo program = Programs.Start(
            "samples/PostWithProgress", folder.Parameters(), NewText(), folder.Video());
        // What a shell starts in the background ignores SIGINT, and so do the programs that that starts.
        program.ArgumentList.Insert(0, program.FileName);
        program.ArgumentList.Insert(0, "--default-signal=INT");
        program.FileName = "env";
        using Process process = Process.Start(program)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        WaitFor(() => Requests().Any(request => request.GetProperty("path").GetString() == "/2/tweets"));
        using Process interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, process.ExitCode);
        await output;
    }

    [Fact]
    public async Task ScheduledPosterPostsEachTextOnce()
    {
        using var folder = new SampleFolder();
        string[] texts = [NewText(), NewText(), NewText()];
        string schedule = folder.Write("posts.json", JsonSerializer.Serialize(
            texts.Select((text, number) => new { at = DateTimeOffset.UtcNow.AddSeconds(number), text })));
        X.Fault("/2/tweets", """{"Drop":{"after_handling":true}}""");
        TwitterParameters parameters = X.SignedIn();
        (int code, string output) = await Run(
            "ScheduledPoster", $"--Schedule={schedule}", $"--Twitter:ApiUrl={X.Url}", "--Twitter:Proxy=none",
            $"--Twitter:AccessToken={parameters.AccessToken}", "--Twitter:MaxWait=0:00:01");
        Assert.True(code == 0, output);
        string[] posted = Texts();
        Assert.All(texts, text => Assert.Single(posted, text));
        // The answer to the first was lost: it looked, and did not send the text again.
        Assert.Equal(texts.Length, Requests().Count(request => request.GetProperty("path").GetString() == "/2/tweets"));
    }

    [Fact]
    public async Task ScheduledPosterPostsAgainWhatIsNotThere()
    {
        using var folder = new SampleFolder();
        string text = NewText();
        string schedule = folder.Write("posts.json", JsonSerializer.Serialize(new[] { new { at = DateTimeOffset.UtcNow, text } }));
        // X does not say whether it has it, and has not.
        X.Fault("/2/tweets", """{"Status":{"status":503}}""");
        (int code, string output) = await Run(
            "ScheduledPoster", $"--Schedule={schedule}", $"--Twitter:ApiUrl={X.Url}", "--Twitter:Proxy=none",
            $"--Twitter:AccessToken={X.SignedIn().AccessToken}");
        Assert.True(code == 0, output);
        Assert.Single(Texts(), text);
        Assert.Equal(2, Requests().Count(request => request.GetProperty("path").GetString() == "/2/tweets"));
    }

    [SqliteFact]
    public async Task TwoPeopleSignInAtTheSameTime()
    {
        string url = $"http://127.0.0.1:{FreePort()}";
        X.Control("POST", "redirect_uris", $$"""{"url":"{{url}}/signin-x"}""");
        using var folder = new SampleFolder();
        string[] arguments =
        [
            $"--urls={url}", $"--Database={folder.Path}/people.db", $"--Twitter:ApiUrl={X.Url}", "--Twitter:Proxy=none",
            $"--Twitter:ClientId={X.Credential("client_id")}", $"--Twitter:ClientSecret={X.Credential("client_secret")}",
            $"--Twitter:RedirectUri={url}/signin-x",
        ];
        string otherAccount = X.Control("POST", "accounts", """{"screen_name":"other_person"}""").GetProperty("user_id").GetString()!;
        using var one = new Browser(url);
        using var other = new Browser(url);
        using (Site site = new(arguments))
        {
            await one.IsUp();
            // Each begins before the other has ended.
            string oneLink = await one.Redirect("/sign-in"), otherLink = await other.Redirect("/sign-in");
            string oneBack = Consent(oneLink), otherBack = Consent(otherLink, otherAccount);
            // Somebody else's redirect is refused.
            Assert.Equal(HttpStatusCode.Forbidden, (await other.Http.GetAsync(oneBack)).StatusCode);
            Assert.Equal("/", await other.Redirect(otherBack));
            Assert.Equal("/", await one.Redirect(oneBack));
        }
        // The site starts anew, and both are still signed in.
        using (Site site = new(arguments))
        {
            await one.IsUp();
            Assert.Contains("<form", await one.Http.GetStringAsync("/"), StringComparison.Ordinal);
            // Tokens that have ended are renewed.
            X.Control("DELETE", "access_tokens");
            string oneText = NewText(), otherText = NewText();
            await Task.WhenAll(one.Post(oneText, picture: true), other.Post(otherText, picture: false));
            Assert.Equal(X.Credential("user_id"), AuthorOf(oneText));
            Assert.Equal(otherAccount, AuthorOf(otherText));

            using var stranger = new Browser(url);
            Assert.Contains("Sign in", await stranger.Http.GetStringAsync("/"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Http.PostAsync("/tweet", new MultipartFormDataContent("a"))).StatusCode);
        }
    }

    private sealed class SqliteFactAttribute : FactAttribute
    {
        public SqliteFactAttribute() => Skip = File.Exists(Path.ChangeExtension(Programs.PathOf("samples/WebSignIn"), ".runtimeconfig.json"))
            ? null
            : "NuGet can't be reached: SQLite, and the sample WebSignIn with it, is not built";
    }

    private static string AuthorOf(string text) =>
        Assert.Single(X.Control("GET", "tweets").EnumerateArray(), post => post.GetProperty("text").GetString() == text)
            .GetProperty("user_id").GetString()!;

    private static string[] Texts() =>
        [.. X.Control("GET", "tweets").EnumerateArray().Select(post => post.GetProperty("text").GetString()!)];

    private static async Task<(int Code, string Output)> Run(string sample, params string[] arguments)
    {
        using Process process = Start(sample, arguments);
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return (process.ExitCode, output);
    }

    private static Process Start(string sample, params string[] arguments) =>
        Process.Start(Programs.Start($"samples/{sample}", arguments))!;

    /// <summary>The sign-in site, until disposed.</summary>
    private sealed class Site : IDisposable
    {
        private readonly Process _process;

        public Site(string[] arguments)
        {
            // The one that is compiled ahead of time, in another run of the test.
            string? program = Environment.GetEnvironmentVariable("TWITTER_NATIVE_WEB_SIGN_IN");
            _process = program is null
                ? Start("WebSignIn", arguments)
                : Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            _ = _process.StandardOutput.ReadToEndAsync();
        }

        public void Dispose()
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    /// <summary>A browser with cookies, which shows where it is sent.</summary>
    private sealed class Browser(string url) : IDisposable
    {
        public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(url) };

        public async Task IsUp()
        {
            for (int attempt = 0; ; attempt++)
            {
                try
                {
                    using HttpResponseMessage page = await Http.GetAsync("/");
                    return;
                }
                catch (HttpRequestException) when (attempt < 200)
                {
                    await Task.Delay(100);
                }
            }
        }

        public async Task<string> Redirect(string path)
        {
            using HttpResponseMessage answer = await Http.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
            return answer.Headers.Location!.OriginalString;
        }

        public async Task Post(string text, bool picture)
        {
            using var form = new MultipartFormDataContent { { new StringContent(text), "text" } };
            if (picture)
            {
                byte[] png = [0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[100]];
                form.Add(new ByteArrayContent(png), "picture", "a.png");
            }
            using HttpResponseMessage answer = await Http.PostAsync("/tweet", form);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        public void Dispose() => Http.Dispose();
    }

    private sealed class SampleFolder : TemporaryFolder
    {
        /// <summary>A file with the parameters of a person who is signed in.</summary>
        public string Parameters()
        {
            TwitterParameters parameters = X.SignedIn();
            return Write("twitter.json", JsonSerializer.Serialize(new Dictionary<string, string?>
            {
                ["api_url"] = X.Url,
                ["proxy"] = "none",
                ["access_token"] = parameters.AccessToken,
            }));
        }

        public string Video() => Write("a.mp4", [.. "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom"u8, .. new byte[10_000]]);
    }
}
