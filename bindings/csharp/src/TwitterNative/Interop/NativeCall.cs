using System.Runtime.InteropServices;
using System.Threading;
using TwitterNative.Calls;
using TwitterNative.Files;

namespace TwitterNative.Interop;

/// <summary>Calls <c>twitter_call</c>, which blocks its thread until the library has the answer.</summary>
internal static unsafe class NativeCall
{
    private static int s_active;

    /// <summary>How many threads are inside the library.</summary>
    public static int Active => Volatile.Read(ref s_active);

    /// <summary>Makes the call.</summary>
    /// <param name="files">The files that the request refers to. They have to stay open until this returns.</param>
    /// <param name="state">The call.</param>
    /// <returns>The library's answer, copied out of its memory.</returns>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static Envelope Invoke(CallFiles files, CallState state)
    {
        NativeLibraryHandle.EnsureLoaded();
        GCHandle handle = GCHandle.Alloc(state);
        byte* answer = null;
        Interlocked.Increment(ref s_active);
        try
        {
            fixed (byte* name = state.Function.Utf8)
            fixed (byte* json = state.Request.Array)
            fixed (Native.Bytes* bytes = files.Bytes)
            {
                var store = new Native.TokenStore
                {
                    Size = (nuint)sizeof(Native.TokenStore),
                    Load = Callbacks.Load,
                    Save = Callbacks.Save,
                    Release = Callbacks.Release,
                };
                var options = new Native.Options
                {
                    Size = (nuint)sizeof(Native.Options),
                    Bytes = bytes,
                    BytesCount = (nuint)files.Bytes.Length,
                    Progress = Callbacks.Progress,
                    Log = state.Logs ? Callbacks.Log : null,
                    Context = (void*)GCHandle.ToIntPtr(handle),
                    TokenStore = state.Store is null ? null : &store,
                };
                answer = Native.Call(name, json, &options);
            }
            return Envelope.Read(Utf8.Span(answer));
        }
        finally
        {
            if (answer is not null)
            {
                Native.Free(answer);
            }
            // Does nothing unless the call ended early, by an aborted thread: the store's lock would stay held.
            state.Store?.Release();
            Interlocked.Decrement(ref s_active);
            handle.Free();
        }
    }
}
