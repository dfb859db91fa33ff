using System;
using System.Runtime.InteropServices;
using System.Threading;
using TwitterNative.Calls;

namespace TwitterNative.Interop;

/// <summary>
/// The callbacks of every call. They are static, so the garbage collector can't collect them while the library holds
/// them. The context is a <see cref="GCHandle"/> of the call's <see cref="CallState"/>.
/// </summary>
internal static unsafe class Callbacks
{
    private const int Succeeded = 0;
    private const int Failed = 1;

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
    private static int OnProgress(void* context, uint stage, ulong done, ulong total) => Run(
        context, (stage, done, total),
        static (call, now) => call.Tick(now.stage, now.done, now.total));

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static void OnLog(void* context, uint level, byte* message) => Run(
        context, (level, message: (IntPtr)message),
        static (call, line) =>
        {
            call.Write(line.level, Utf8.Span((byte*)line.message));
            return true;
        });

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static int OnLoad(void* context, int forUpdate, uint timeout, void* sink, void* give) => Run(
        context, (forUpdate: forUpdate != 0, timeout, sink: (IntPtr)sink, give: (IntPtr)give),
        static (call, load) =>
        {
            bool isLoaded = call.Store!.TryLoad(
                load.forUpdate, TimeSpan.FromMilliseconds(load.timeout), out byte[]? json);
            if (json is not null)
            {
                GiveTokens(json, (void*)load.sink, (void*)load.give);
            }
            return isLoaded;
        });

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static int OnSave(void* context, byte* json) => Run(
        context, (IntPtr)json,
        static (call, tokens) => call.Store!.TrySave(Utf8.Span((byte*)tokens)));

#if NET8_0_OR_GREATER
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
#endif
    private static void OnRelease(void* context) => Run(
        context, 0,
        static (call, _) =>
        {
            call.Store!.Release();
            return true;
        });

    /// <summary>Runs a callback. An exception must not leave it: it would unwind the frames of the library.</summary>
    /// <param name="context">The context of the call.</param>
    /// <param name="arguments">The callback's other arguments. They are passed on, so that the lambda captures nothing.</param>
    /// <param name="callback">What it does; false if it fails, or if the call has to be cancelled.</param>
    /// <returns>The C callback's result.</returns>
    private static int Run<T>(void* context, T arguments, Func<CallState, T, bool> callback)
    {
        t_depth++;
        try
        {
            return callback(StateOf(context), arguments) ? Succeeded : Failed;
        }
        catch (ThreadAbortException)
        {
            CancelAborted(context);
            return Failed;
        }
        catch
        {
            return Failed;
        }
        finally
        {
            t_depth--;
        }
    }

    /// <summary>Gives the library the tokens that were loaded, and clears this copy of them: they are secret.</summary>
    private static void GiveTokens(byte[] json, void* sink, void* give)
    {
        fixed (byte* text = json)
        {
            ((delegate* unmanaged[Cdecl]<void*, byte*, void>)give)(sink, text);
        }
        Array.Clear(json, 0, json.Length);
    }

    /// <summary>
    /// .NET Framework: ends an abort here, before it unwinds the library's frames, and cancels the call. Where threads can
    /// be aborted, calls run on this package's own threads alone (AbortableCall), so no abort of a thread of
    /// the host's is lost.
    /// </summary>
    private static void CancelAborted(void* context)
    {
#if !NET8_0_OR_GREATER
        Thread.ResetAbort();
#endif
        StateOf(context).Cancel();
    }

    private static CallState StateOf(void* context) => (CallState)GCHandle.FromIntPtr((IntPtr)context).Target!;
}
