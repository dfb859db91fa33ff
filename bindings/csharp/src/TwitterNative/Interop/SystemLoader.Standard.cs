#if !NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TwitterNative.Interop;

/// <summary>
/// .NET Standard 2.0 can't load a library from a path. So the functions of the system do it: LoadLibraryEx on Windows,
/// dlopen elsewhere.
/// </summary>
internal static class SystemLoader
{
    public static bool TryLoad(string path, out string reason)
    {
        try
        {
            Func<string, IntPtr> symbol =
                RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? LoadOnWindows(path) : LoadOnUnix(path);
            reason = AbiCheck.Refuse(symbol(AbiCheck.Function)) ?? "";
            if (reason.Length > 0)
            {
                return false;
            }
            Native.Bind(name => Existing(symbol(name), name));
            return true;
        }
        catch (Exception error) when (error is Win32Exception or DllNotFoundException or EntryPointNotFoundException)
        {
            reason = error.Message;
            return false;
        }
    }

    /// <summary>Never loads one: the system would look for the name in folders that other users may write to.</summary>
    public static bool TryLoadByName([NotNullWhen(true)] out string? found)
    {
        found = null;
        return false;
    }

    /// <summary>Loads a library.</summary>
    /// <returns>Gives the address of a function; zero if the library doesn't have it.</returns>
    private static Func<string, IntPtr> LoadOnWindows(string path)
    {
        // LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS
        IntPtr library = Windows.LoadLibraryEx(path, IntPtr.Zero, 0x1100);
        if (library == IntPtr.Zero)
        {
            throw new Win32Exception(Marshal.GetLastWin32Error());
        }
        return name => Windows.GetProcAddress(library, name);
    }

    private static Func<string, IntPtr> LoadOnUnix(string path)
    {
        const int now = 2;
        IUnix unix = Unix();
        IntPtr library = unix.Open(path, now);
        if (library == IntPtr.Zero)
        {
            throw new DllNotFoundException(Marshal.PtrToStringAnsi(unix.Error()) ?? "dlopen failed");
        }
        return name => unix.Symbol(library, name);
    }

    private static IntPtr Existing(IntPtr address, string name) =>
        address != IntPtr.Zero
            ? address
            : throw new EntryPointNotFoundException($"it has no function {name}");

    /// <summary>dlopen is in libdl.so.2 (glibc before 2.34), in libdl (macOS), or in the C library itself (musl).</summary>
    private static IUnix Unix()
    {
        foreach (IUnix unix in new IUnix[] { new LibDl2(), new LibDl() })
        {
            try
            {
                unix.Error();
                return unix;
            }
            catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
            {
                // Try the next one.
            }
        }
        return new LibC();
    }

    private static class Windows
    {
        [DllImport("kernel32", EntryPoint = "LoadLibraryExW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
        public static extern IntPtr LoadLibraryEx(string path, IntPtr reserved, uint flags);

        [DllImport("kernel32", CharSet = CharSet.Ansi, ExactSpelling = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        public static extern IntPtr GetProcAddress(IntPtr library, string name);
    }

    private interface IUnix
    {
        IntPtr Open(string path, int flags);

        IntPtr Symbol(IntPtr library, string name);

        IntPtr Error();
    }

    private sealed class LibDl2 : IUnix
    {
        public IntPtr Open(string path, int flags) => dlopen(path, flags);

        public IntPtr Symbol(IntPtr library, string name) => dlsym(library, name);

        public IntPtr Error() => dlerror();

        [DllImport("libdl.so.2", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlopen(string path, int flags);

        [DllImport("libdl.so.2", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlsym(IntPtr library, string name);

        [DllImport("libdl.so.2")]
        private static extern IntPtr dlerror();
    }

    private sealed class LibDl : IUnix
    {
        public IntPtr Open(string path, int flags) => dlopen(path, flags);

        public IntPtr Symbol(IntPtr library, string name) => dlsym(library, name);

        public IntPtr Error() => dlerror();

        [DllImport("libdl", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlopen(string path, int flags);

        [DllImport("libdl", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlsym(IntPtr library, string name);

        [DllImport("libdl")]
        private static extern IntPtr dlerror();
    }

    private sealed class LibC : IUnix
    {
        public IntPtr Open(string path, int flags) => dlopen(path, flags);

        public IntPtr Symbol(IntPtr library, string name) => dlsym(library, name);

        public IntPtr Error() => dlerror();

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlopen(string path, int flags);

        [DllImport("libc", CharSet = CharSet.Ansi)]
        private static extern IntPtr dlsym(IntPtr library, string name);

        [DllImport("libc")]
        private static extern IntPtr dlerror();
    }
}
#endif
