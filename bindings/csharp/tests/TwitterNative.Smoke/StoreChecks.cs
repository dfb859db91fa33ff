using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>The account's tokens in a store of the host's.</summary>
internal static class StoreChecks
{
    public static async Task Run(Report report, LocalX x)
    {
        await report.Check("a token store keeps and renews the tokens", async () =>
        {
            var store = new Store();
            new TwitterClient(x.SignedIn(), new() { TokenStore = store }).GetMe();
            var client = new TwitterClient(x.Application(), new() { TokenStore = store });
            for (int round = 0; round < 2; round++)
            {
                string? before = store.Text;
                x.Control("DELETE", "access_tokens");
                await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetMeAsync()));
                Expect.True(store.Text != before, "it was not renewed");
                x.Control("DELETE", "access_tokens");
                client.GetMe();
            }
        });
        await report.Check("what a token store throws is the inner exception", async () =>
        {
            var client = new TwitterClient(x.SignedIn(), new() { TokenStore = new Store { IsBroken = true } });
            Expect.True(
                Expect.Throws<TwitterFileException>(() => client.GetMe()).InnerException is NotSupportedException, "another one");
            TwitterFileException error = await Expect.ThrowsAsync<TwitterFileException>(() => client.GetMeAsync());
            Expect.True(error.InnerException is NotSupportedException, "another one");
        });
    }

    private sealed class Store : ITokenStore
    {
        private static readonly SemaphoreSlim s_lock = new(1, 1);

        public string? Text { get; private set; }

        public bool IsBroken { get; set; }

        public ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken) =>
            IsBroken ? throw new NotSupportedException() : new(Read());

        public async ValueTask<TwitterTokens?> UpdateAsync(
            string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
        {
            await s_lock.WaitAsync(cancellationToken);
            try
            {
                TwitterTokens? kept = await change(Read());
                Text = kept?.ToJson();
                return kept;
            }
            finally
            {
                s_lock.Release();
            }
        }

        private TwitterTokens? Read() => Text is null ? null : TwitterTokens.Parse(Text);
    }
}
