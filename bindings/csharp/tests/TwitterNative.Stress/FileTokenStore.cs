using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Stress;

/// <summary>Tokens in a file, locked by opening another one that nobody else can open: the lock ends with its process.</summary>
internal sealed class FileTokenStore(string folder, Action? beforeSaving = null) : ITokenStore
{
    public ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken) => new(Read(account));

    public async ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
    {
        await using FileStream lockFile = await Lock(account, cancellationToken);
        TwitterTokens? found = Read(account);
        TwitterTokens? kept = await change(found);
        if (kept is not null && kept != found)
        {
            beforeSaving?.Invoke();
            await File.WriteAllTextAsync(PathOf(account, "new"), kept.ToJson(), CancellationToken.None);
            File.Move(PathOf(account, "new"), PathOf(account, "json"), overwrite: true);
        }
        return kept;
    }

    private TwitterTokens? Read(string account)
    {
        string path = PathOf(account, "json");
        return File.Exists(path) ? TwitterTokens.Parse(File.ReadAllText(path)) : null;
    }

    private async Task<FileStream> Lock(string account, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(PathOf(account, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(5, cancellationToken);
            }
        }
    }

    private string PathOf(string account, string ending) => Path.Combine(folder, account + "." + ending);
}

/// <summary>Many processes with one account, by a store that they share.</summary>
internal static class Sharing
{
    /// <summary>Makes calls by many tasks at once, for a time; each has to succeed.</summary>
    public static async Task Run(string folder, int tasks, int seconds)
    {
        DateTime end = DateTime.UtcNow.AddSeconds(seconds);
        TwitterClient client = ClientOf(folder, new FileTokenStore(folder));
        var work = new Task[tasks];
        for (int number = 0; number < tasks; number++)
        {
            work[number] = Task.Run(async () =>
            {
                while (DateTime.UtcNow < end)
                {
                    await client.GetMeAsync();
                }
            });
        }
        await Task.WhenAll(work);
    }

    /// <summary>Refreshes, and is killed when X has given the new tokens and before they are kept.</summary>
    public static void Die(string folder)
    {
        int saves = 0;
        var store = new FileTokenStore(folder, beforeSaving: () =>
        {
            // The first is the start of the refresh, which is recorded before X is asked.
            if (saves++ == 1 && File.Exists(Path.Combine(folder, "die")))
            {
                Process.GetCurrentProcess().Kill();
            }
        });
        ClientOf(folder, store).RefreshToken();
    }

    private static TwitterClient ClientOf(string folder, ITokenStore store) => new(
        TwitterParameters.Load(Path.Combine(folder, "parameters.json")), new TwitterClientOptions { TokenStore = store });
}
