using System;
using System.Threading;
#if NET8_0_OR_GREATER
using System.Runtime.Loader;
#endif

namespace TwitterNative.Interop;

/// <summary>
/// Ends this package's calls before its code is unloaded: an AppDomain of .NET Framework, or a collectible
/// AssemblyLoadContext. The library itself stays and is not shut down: other domains of the process may use it.
/// </summary>
internal static class UnloadHandler
{
    /// <summary>The longest wait for calls to end; they hear of it within 250 ms.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private static volatile bool s_unloading;

    /// <summary>True from the moment on that the code is being unloaded: every call is cancelled by its next tick.</summary>
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
        // Not raised in the first domain of a process, which ends with it.
        AppDomain.CurrentDomain.DomainUnload += static (_, _) => EndCalls();
#endif
    }

    private static void EndCalls()
    {
        s_unloading = true;
        Calls.CallThreads.EndIdle();
        SpinWait.SpinUntil(static () => NativeCall.Active == 0 && Calls.CallThreads.Count == 0, s_patience);
        Telemetry.CallTelemetry.Unload();
    }
}
