using System;
using System.Threading;
#if NET8_0_OR_GREATER
using System.Runtime.Loader;
#endif

namespace TwitterNative.Interop;

/// <summary>
/// Ends this package's calls before its code is unloaded, with an AppDomain of .NET Framework or a collectible
/// AssemblyLoadContext. The native library stays loaded and is not shut down: other domains of the process may use it.
/// </summary>
internal static class UnloadHandler
{
    /// <summary>How long to wait for the calls to end. They are cancelled within 250 ms.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private static volatile bool s_unloading;

    /// <summary>Whether the code is being unloaded. Every call is then cancelled at its next tick.</summary>
    public static bool IsUnloading => s_unloading;

    public static void Install()
    {
#if NET8_0_OR_GREATER
        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(typeof(UnloadHandler).Assembly);
        if (context is { IsCollectible: true })
        {
            context.Unloading += static _ => EndCalls();
        }
#else
        // The first domain of a process doesn't raise it: it ends with the process.
        AppDomain.CurrentDomain.DomainUnload += static (_, _) => EndCalls();
#endif
    }

    private static void EndCalls()
    {
        s_unloading = true;
        Calls.CallThreads.EndIdle();
        SpinWait.SpinUntil(static () => NativeCall.Active == 0 && Calls.CallThreads.Count == 0, s_timeout);
        Telemetry.CallTelemetry.Unload();
    }
}
