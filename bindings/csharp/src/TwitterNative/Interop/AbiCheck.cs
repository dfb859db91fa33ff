using System;

namespace TwitterNative.Interop;

/// <summary>Checks that a loaded library has the ABI of this package, before any other function of it is used.</summary>
internal static unsafe class AbiCheck
{
    /// <summary>The function that returns the version of the ABI.</summary>
    public const string Function = "twitter_abi_version";

    /// <summary>What is wrong with a library; null if it can be used.</summary>
    /// <param name="function">The address of <see cref="Function"/> in it; zero if it has no such function.</param>
    public static string? Refuse(IntPtr function)
    {
        if (function == IntPtr.Zero)
        {
            return $"it has no function {Function}, so it is not the library of twitter-native";
        }
        uint version = ((delegate* unmanaged[Cdecl]<uint>)function)();
        return version == Native.AbiVersion
            ? null
            : $"it has ABI version {version}, and this package needs {Native.AbiVersion}: take the library of the same release";
    }
}
