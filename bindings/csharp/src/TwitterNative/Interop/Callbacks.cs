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

    /// <summary><c>twitter_store_load</c></summary>
    public static void* Load => (delegate* unmanaged[Cdecl]<void*, int, uint, void*, void*, int>)&OnLoad;

    /// <summary><c>twitter_store_save</c></summary>
    public static void* Save => (delegate* unmanaged[Cdecl]<void*, byte*, int>)&OnSave;

    /// <summary><c>twitter_store_release</c></summary>
    public static void* Release => (delegate* unmanaged[Cdecl]<void*, void>)&OnRelease;
#else
    private static readonly ProgressCallback s_progress = OnProgress;
    private static readonly LogCallback s_log = OnLog;
    private static readonly LoadCallback s_load = OnLoad;
    private static readonly SaveCallback s_save = OnSave;
    private static readonly ReleaseCallback s_release = OnRelease;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ProgressCallback(void* context, uint stage, ulong done, ulong total);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void LogCallback(void* context, uint level, byte* message);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LoadCallback(void* context, int forUpdate, uint timeout, void* sink, void* give);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SaveCallback(void* context, byte* json);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ReleaseCallback(void* context);

    /// <summary><c>twitter_progress</c></summary>
    public static void* Progress { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_progress);

    /// <summary><c>twitter_log</c></summary>
    public static void* Log { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_log);

    /// <summary><c>twitter_store_load</c></summary>
    public static void* Load { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_load);

    /// <summary><c>twitter_store_save</c></summary>
    public static void* Save { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_save);

    /// <summary><c>twitter_store_release</c></summary>
    public static void* Release { get; } = (void*)Marshal.GetFunctionPointerForDelegate(s_release);
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

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static int OnLoad(void* context, int forUpdate, uint timeout, void* sink, void* give)
    {
        t_depth++;
        try
        {
            if (!StateOf(context).Store!.TryLoad(forUpdate != 0, TimeSpan.FromMilliseconds(timeout), out byte[]? json))
            {
                return 1;
            }
            if (json is not null)
            {
                Hand(json, sink, give);
            }
            return 0;
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
    private static int OnSave(void* context, byte* json)
    {
        t_depth++;
        try
        {
            return StateOf(context).Store!.TrySave(Utf8.Span(json)) ? 0 : 1;
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
    private static void OnRelease(void* context)
    {
        t_depth++;
        try
        {
            StateOf(context).Store!.Release();
        }
        catch (ThreadAbortException)
        {
            Abort(context);
        }
        catch
        {
            // There is nothing that could be done for a store that can't even let go.
        }
        finally
        {
            t_depth--;
        }
    }

    /// <summary>Gives the library what was loaded, and wipes it: it is secret.</summary>
    private static void Hand(byte[] json, void* sink, void* give)
    {
        fixed (byte* text = json)
        {
            ((delegate* unmanaged[Cdecl]<void*, byte*, void>)give)(sink, text);
        }
        Array.Clear(json, 0, json.Length);
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
