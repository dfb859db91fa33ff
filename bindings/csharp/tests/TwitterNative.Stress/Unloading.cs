using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;

namespace TwitterNative.Stress;

/// <summary>Unloads the package, in a collectible load context, while one of its calls runs.</summary>
internal static class Unloading
{
    private const string Path = "/2/users/me";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    public static async Task Run()
    {
        using var x = new LocalX();
        TwitterParameters parameters = x.SignedIn();
        x.Fault(Path, """{"StallBeforeAnswer":{"seconds":3}}""", times: 2);
        Task<TwitterResult<User>> other = new TwitterClient(parameters).GetMeAsync();
        WaitFor(() => Requests(x) == 1, "the first call is not sent");
        (WeakReference context, TimeSpan took) = UnloadDuringACall(x, parameters);
        if (took > TimeSpan.FromSeconds(1.2))
        {
            throw new StressException($"Unloading took {took.TotalMilliseconds:F0} ms.");
        }
        WaitFor(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !context.IsAlive;
            },
            "the code is not unloaded");
        // The call of the other context goes on.
        if ((await other).Value.Username != x.Credential("screen_name"))
        {
            throw new StressException("The call of the other context has another result.");
        }
    }

    /// <summary>In a method of its own, so that no local variable keeps the context.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Context, TimeSpan Took) UnloadDuringACall(LocalX x, TwitterParameters parameters)
    {
        var context = new AssemblyLoadContext("unloaded", isCollectible: true);
        Assembly package = context.LoadFromAssemblyPath(typeof(TwitterClient).Assembly.Location);
        object client = Client(package, parameters);
        var call = (Task)client.GetType().GetMethod(nameof(TwitterClient.GetMeAsync))!.Invoke(
            client, [null, CancellationToken.None])!;
        WaitFor(() => Requests(x) == 2, "the second call is not sent");
        var clock = Stopwatch.StartNew();
        context.Unload();
        TimeSpan took = clock.Elapsed;
        WaitFor(() => call.IsCompleted, "the call of the unloaded code has not ended");
        if (!call.IsCanceled && !call.IsFaulted)
        {
            throw new StressException("The call of the unloaded code has succeeded.");
        }
        return (new WeakReference(context), took);
    }

    private static object Client(Assembly package, TwitterParameters parameters)
    {
        object copy = Activator.CreateInstance(package.GetType(typeof(TwitterParameters).FullName!)!)!;
        foreach (string name in new[] { nameof(parameters.ApiUrl), nameof(parameters.AccessToken), nameof(parameters.Proxy) })
        {
            object? value = typeof(TwitterParameters).GetProperty(name)!.GetValue(parameters);
            copy.GetType().GetProperty(name)!.SetValue(copy, value);
        }
        return Activator.CreateInstance(package.GetType(typeof(TwitterClient).FullName!)!, copy, null)!;
    }

    private static int Requests(LocalX x) =>
        x.Control("GET", "requests").EnumerateArray().Count(request => request.GetProperty("path").GetString() == Path);

    private static void WaitFor(Func<bool> condition, string otherwise)
    {
        if (!SpinWait.SpinUntil(condition, s_timeout))
        {
            throw new StressException($"After {s_timeout.TotalSeconds} s {otherwise}.");
        }
    }
}
