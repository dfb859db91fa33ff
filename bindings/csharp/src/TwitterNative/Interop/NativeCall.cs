using System.Runtime.InteropServices;
using System.Threading;
using TwitterNative.Calls;
using TwitterNative.Files;

namespace TwitterNative.Interop;

/// <summary>One call of <c>twitter_call</c>. It blocks its thread until the library has the answer.</summary>
internal static unsafe class NativeCall
{
    private static int s_active;

    /// <summary>How many threads are inside the library.</summary>
    public static int Active => Volatile.Read(ref s_active);

    public static Envelope Invoke(Function function, RequestWriter request, Lender lent, CallState state)
    {
        NativeLibraryHandle.EnsureLoaded();
        GCHandle handle = GCHandle.Alloc(state);
        byte* answer = null;
        Interlocked.Increment(ref s_active);
        try
        {
            fixed (byte* name = function.Utf8)
            fixed (byte* json = request.Array)
            fixed (Native.Bytes* bytes = lent.Bytes)
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
                    BytesCount = (nuint)lent.Bytes.Length,
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
            // After an aborted thread: its lock would stay.
            state.Store?.Release();
            Interlocked.Decrement(ref s_active);
            handle.Free();
        }
    }
}
