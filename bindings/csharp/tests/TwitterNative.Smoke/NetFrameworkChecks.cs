#if NET472
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>What only .NET Framework (and Mono) has: domains that are unloaded, and threads that are aborted.</summary>
internal static class NetFrameworkChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        TwitterParameters parameters = x.SignedIn();
        await report.Check("a domain is unloaded with calls inside", () =>
        {
            x.Fault("/2/users/me", """{"StallBeforeAnswer":{"seconds":20}}""", times: 2);
            x.Forget();
            var domain = AppDomain.CreateDomain("second", null, AppDomain.CurrentDomain.SetupInformation);
            var second = (SecondDomain)domain.CreateInstanceAndUnwrap(
                typeof(SecondDomain).Assembly.FullName, typeof(SecondDomain).FullName);
            second.Begin(parameters.ApiUrl!, parameters.AccessToken!);
            x.WaitForRequests("/2/users/me", 2);
            var clock = Stopwatch.StartNew();
            AppDomain.Unload(domain);
            Console.WriteLine($"        unloaded in {clock.ElapsedMilliseconds} ms");
            Expect.True(clock.ElapsedMilliseconds < 2_000, $"{clock.Elapsed}");
            Expect.Equal(x.Credential("screen_name"), new TwitterClient(parameters).GetMe().Value.Username);
        });
        await report.Check("a thread is aborted inside a call", () =>
        {
            x.Fault("/2/users/me", """{"StallBeforeAnswer":{"seconds":20}}""");
            x.Forget();
            bool isAborted = false;
            var thread = new Thread(() =>
            {
                try
                {
                    new TwitterClient(parameters).GetMe();
                }
                catch (ThreadAbortException)
                {
                    isAborted = true;
                }
            });
            thread.Start();
            x.WaitForRequests("/2/users/me", 1);
            var clock = Stopwatch.StartNew();
            thread.Abort();
            Expect.True(thread.Join(2_000), "it goes on");
            Console.WriteLine($"        aborted in {clock.ElapsedMilliseconds} ms");
            Expect.True(isAborted, "no ThreadAbortException");
            Expect.Equal(x.Credential("screen_name"), new TwitterClient(parameters).GetMe().Value.Username);
        });
    }

    /// <summary>Lives in the other domain.</summary>
    private sealed class SecondDomain : MarshalByRefObject
    {
        private Task? _call;
        private Thread? _thread;

        /// <summary>Begins a call of each kind.</summary>
        public void Begin(string url, string token)
        {
            var client = new TwitterClient(new TwitterParameters { ApiUrl = url, AccessToken = token });
            _call = client.GetMeAsync();
            _thread = new Thread(() => _ = Expect.Throws<TwitterCanceledException>(() => client.GetMe()))
            {
                IsBackground = true,
            };
            _thread.Start();
        }
    }
}
#endif
