using System;

namespace TwitterNative.Interop;

/// <summary>Tells whether a loaded library is the one that this package was made for, before anything is bound to it.</summary>
internal static unsafe class AbiCheck
{
    /// <summary>The function that says the version.</summary>
    public const string Function = "twitter_abi_version";

    /// <summary>What is wrong with a library; null where nothing is.</summary>
    /// <param name="function">The address of <see cref="Function"/> in it; zero where it has none.</param>
    public static string? Refuse(IntPtr function)
    {
        if (function == IntPtr.Zero)
        {
            return $"it has no function {Function}, so it is none of twitter-native";
        }
        uint version = ((delegate* unmanaged[Cdecl]<uint>)function)();
        return version == Native.AbiVersion
            ? null
            : $"it has ABI version {version}, and this package needs {Native.AbiVersion}: take the library of the same release";
    }
}
