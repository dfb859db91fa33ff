using System;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Shutting the library down. After all others: it ends every call of the process.</summary>
internal static class ShutdownChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        var client = new TwitterClient(x.SignedIn());
        await report.Check("a progress report can't shut the library down", async () =>
        {
            await Expect.ThrowsAsync<InvalidOperationException>(() => client.GetMeAsync(
                new() { Progress = new SynchronousProgress(_ => TwitterRuntime.Shutdown()) }));
        });
        await report.Check("shutting down cancels, and later calls work", async () =>
        {
            x.Fault("/2/users/me", """{"StallBeforeAnswer":{"seconds":20}}""");
            x.Forget();
            Task<TwitterResult<User>> call = client.GetMeAsync();
            x.WaitForRequests("/2/users/me", 1);
            TwitterRuntime.Shutdown();
            TwitterCanceledException error = await Expect.ThrowsAsync<TwitterCanceledException>(() => call);
            Expect.Equal(CancellationToken.None, error.CancellationToken);
            Expect.Equal(x.Credential("screen_name"), client.GetMe().Value.Username);
        });
    }
}
