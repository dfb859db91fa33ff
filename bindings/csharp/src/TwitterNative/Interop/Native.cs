using System.Runtime.InteropServices;

namespace TwitterNative.Interop;

/// <summary>
/// The C ABI of the library, <c>include/twitter_native.h</c>. All arguments are blittable, so nothing is marshalled.
/// Call <see cref="NativeLibraryHandle.EnsureLoaded"/> before any of the functions.
/// </summary>
internal static unsafe partial class Native
{
    /// <summary>The version of the ABI that this package uses.</summary>
    public const uint AbiVersion = 1;

    /// <summary><c>twitter_bytes</c>: a file in memory. It must not change or move until the call has returned.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Bytes
    {
        public byte* Data;
        public nuint Length;
    }

    /// <summary><c>twitter_options</c>: files from memory, callbacks and the token store of a call. Null means none.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Options
    {
        public nuint Size;
        public Bytes* Bytes;
        public nuint BytesCount;
        public void* Progress;
        public void* Log;
        public void* Context;
        public TokenStore* TokenStore;
    }

    /// <summary><c>twitter_token_store</c>: the functions of the host's token store.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TokenStore
    {
        public nuint Size;
        public void* Load;
        public void* Save;
        public void* Release;
    }
}
