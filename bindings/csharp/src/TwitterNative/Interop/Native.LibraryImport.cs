#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TwitterNative.Interop;

/// <summary>.NET 8 and later: the functions by <see cref="LibraryImportAttribute"/>, which works ahead of time too.</summary>
internal static unsafe partial class Native
{
    /// <summary>The name of the library in the imports. <see cref="SystemLoader"/> resolves it to the loaded library.</summary>
    public const string Name = "twitter_native";

    [LibraryImport(Name, EntryPoint = "twitter_call")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* Call(byte* function, byte* request, Options* options);

    [LibraryImport(Name, EntryPoint = "twitter_free")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Free(byte* result);

    [LibraryImport(Name, EntryPoint = "twitter_version")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "twitter_shutdown")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial void Shutdown();
}
#endif
