#if NET8_0_OR_GREATER
using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TwitterNative.Interop;

/// <summary>.NET 8 and later: loads the library by <see cref="NativeLibrary"/> and resolves the imports to it.</summary>
internal static class SystemLoader
{
    private static nint s_handle;
    private static bool s_resolves;

    public static bool TryLoad(string path, out string reason)
    {
        try
        {
            nint handle = NativeLibrary.Load(path);
            reason = Refuse(handle) ?? "";
            if (reason.Length > 0)
            {
                NativeLibrary.Free(handle);
                return false;
            }
            Use(handle);
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            reason = error.Message;
            return false;
        }
    }

    /// <summary>
    /// Lets the runtime look for the library by its name: beside the assembly, where the assembly's load context says, and
    /// in the system's library folders.
    /// </summary>
    public static bool TryLoadByName([NotNullWhen(true)] out string? found)
    {
        found = null;
        Assembly assembly = typeof(SystemLoader).Assembly;
        if (!NativeLibrary.TryLoad(Native.Name, assembly, DllImportSearchPath.AssemblyDirectory, out nint handle)
            || Refuse(handle) is not null)
        {
            return false;
        }
        Use(handle);
        found = Native.Name;
        return true;
    }

    private static string? Refuse(nint handle) =>
        AbiCheck.Refuse(NativeLibrary.TryGetExport(handle, AbiCheck.Function, out nint function) ? function : 0);

    private static void Use(nint handle)
    {
        s_handle = handle;
        if (s_resolves)
        {
            return;
        }
        try
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SystemLoader).Assembly, static (name, _, _) => name == Native.Name ? s_handle : 0);
        }
        catch (InvalidOperationException)
        {
            // The host has set a resolver for this assembly, and that one stays.
        }
        s_resolves = true;
    }
}
#endif
