#if !NET8_0_OR_GREATER
using System;

namespace TwitterNative.Interop;

/// <summary>
/// .NET Standard 2.0: the functions as pointers, which are bound when the library is loaded. A <c>DllImport</c> would look
/// for the library by its name again, and Mono then doesn't find one that was loaded from an absolute path.
/// </summary>
internal static unsafe partial class Native
{
    private static delegate* unmanaged[Cdecl]<byte*, byte*, Options*, byte*> s_call;
    private static delegate* unmanaged[Cdecl]<byte*, void> s_free;
    private static delegate* unmanaged[Cdecl]<byte*> s_version;
    private static delegate* unmanaged[Cdecl]<void> s_shutdown;

    public static byte* Call(byte* function, byte* request, Options* options) => s_call(function, request, options);

    public static void Free(byte* result) => s_free(result);

    public static byte* Version() => s_version();

    public static void Shutdown() => s_shutdown();

    /// <summary>Binds all functions.</summary>
    /// <param name="symbol">Gives the address of a function; throws if the library doesn't have it.</param>
    public static void Bind(Func<string, IntPtr> symbol)
    {
        s_version = (delegate* unmanaged[Cdecl]<byte*>)symbol("twitter_version");
        s_call = (delegate* unmanaged[Cdecl]<byte*, byte*, Options*, byte*>)symbol("twitter_call");
        s_free = (delegate* unmanaged[Cdecl]<byte*, void>)symbol("twitter_free");
        s_shutdown = (delegate* unmanaged[Cdecl]<void>)symbol("twitter_shutdown");
    }
}
#endif
