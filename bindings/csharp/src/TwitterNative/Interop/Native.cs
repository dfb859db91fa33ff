using System.Runtime.InteropServices;

namespace TwitterNative.Interop;

/// <summary>
/// The C ABI of the library, <c>include/twitter_native.h</c>. All arguments are blittable, so nothing is marshalled.
/// Callers go through <see cref="NativeLibraryHandle.EnsureLoaded"/> first.
/// </summary>
internal static unsafe partial class Native
{
    /// <summary>The version of the ABI that this package is made for.</summary>
    public const uint AbiVersion = 1;

    /// <summary><c>twitter_bytes</c>: memory that the caller lends for the duration of a call.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Bytes
    {
        public byte* Data;
        public nuint Length;
    }

    /// <summary><c>twitter_options</c>: what a call may be given besides its request.</summary>
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

    /// <summary><c>twitter_token_store</c>: the host's own store.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TokenStore
    {
        public nuint Size;
        public void* Load;
        public void* Save;
        public void* Release;
    }
}
