using System;
using System.Runtime.InteropServices;
using System.Threading;
using TwitterNative.Calls;

namespace TwitterNative.Interop;

/// <summary>
/// The callbacks of every call: static, so that nothing of them can be collected while the library holds them. The
/// context is a <see cref="GCHandle"/> of the call's <see cref="CallState"/>. Nothing may be thrown through the library.
/// </summary>
internal static unsafe class Callbacks
{
    [ThreadStatic]
    private static int t_depth;

    /// <summary>Whether this thread is in a callback of the library.</summary>
    public static bool IsInside => t_depth > 0;

#if NET8_0_OR_GREATER
    /// <summary><c>twitter_progress</c></summary>
    public static void* Progress => (delegate* unmanaged[Cdecl]<void*, uint, ulong, ulong, int>)&OnProgress;

    /// <summary><c>twitter_log</c></summary>
    public static void* Log => (delegate* unmanaged[Cdecl]<void*, uint, byte*, void>)&OnLog;
#else
    private static readonly ProgressCallback s_progress = OnProgress;
    private static readonly LogCallback s_log = OnLog;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ProgressCallback(void* context, uint stage, ulong done, ulong total);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void LogCallback(void* context, uint level, byte* message);

    /// <summary><c>twitter_progress</c></summary>
    public static void* Progress { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_progress);

    /// <summary><c>twitter_log</c></summary>
    public static void* Log { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_log);
#endif

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static int OnProgress(void* context, uint stage, ulong done, ulong total)
    {
        t_depth++;
        try
        {
            return StateOf(context).Tick(stage, done, total) ? 0 : 1;
        }
        catch (ThreadAbortException)
        {
            Abort(context);
            return 1;
        }
        catch
        {
            return 1;
        }
        finally
        {
            t_depth--;
        }
    }

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static void OnLog(void* context, uint level, byte* message)
    {
        t_depth++;
        try
        {
            StateOf(context).Write(level, Utf8.Span(message));
        }
        catch (ThreadAbortException)
        {
            Abort(context);
        }
        catch
        {
            // A log must not change what a call does.
        }
        finally
        {
            t_depth--;
        }
    }

    /// <summary>
    /// .NET Framework: an abort must not run through the library. Only threads of this package are here, so that it is
    /// meant for none of the host's.
    /// </summary>
    private static void Abort(void* context)
    {
#if !NET8_0_OR_GREATER
        Thread.ResetAbort();
#endif
        StateOf(context).Cancel();
    }

    private static CallState StateOf(void* context) => (CallState)GCHandle.FromIntPtr((IntPtr)context).Target!;
}
