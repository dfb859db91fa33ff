using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace TwitterNative.Interop;

/// <summary>The platform of this process, as a runtime identifier of NuGet: <c>linux-musl-x64</c>, <c>win-arm64</c>.</summary>
internal static class Platform
{
    /// <summary>The platforms that the package has a library for.</summary>
    public static readonly IReadOnlyList<string> Packaged =
    [
        "linux-x64", "linux-arm64", "linux-musl-x64", "linux-musl-arm64",
        "osx-x64", "osx-arm64", "win-x64", "win-x86", "win-arm64",
    ];

    /// <summary>The architecture of this process: <c>x64</c>, <c>x86</c>, <c>arm64</c> and so on.</summary>
    public static string Architecture { get; } =
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The runtime identifier of this process.</summary>
    public static string RuntimeIdentifier { get; } = OperatingSystem() + "-" + Architecture;

    /// <summary>The file name of the library.</summary>
    public static string LibraryFile { get; } =
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "twitter_native.dll"
        : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "libtwitter_native.dylib"
        : "libtwitter_native.so";

#if !NET8_0_OR_GREATER
    /// <summary>Whether Thread.Abort works here: on .NET Framework and Mono, not on .NET.</summary>
    public static bool AbortsThreads { get; } =
        RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", System.StringComparison.Ordinal)
        || RuntimeInformation.FrameworkDescription.StartsWith("Mono", System.StringComparison.Ordinal);
#endif

    private static string OperatingSystem()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return "win";
        }
        if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            return "osx";
        }
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            return IsMusl() ? "linux-musl" : "linux";
        }
        // In a browser: "browser".
        return RuntimeInformation.OSDescription.ToLowerInvariant();
    }

    /// <summary>
    /// Whether the C library is musl, as on Alpine. A library for glibc crashes there. .NET's own runtime identifier tells
    /// it. Mono has none: there musl's dynamic loader, whose path is fixed, tells it.
    /// </summary>
    private static bool IsMusl()
    {
#if NET8_0_OR_GREATER
        string identifier = RuntimeInformation.RuntimeIdentifier;
        return identifier.Contains("musl", System.StringComparison.Ordinal)
            || identifier.Contains("alpine", System.StringComparison.Ordinal);
#else
        string loader = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? "/lib/ld-musl-aarch64.so.1"
            : "/lib/ld-musl-x86_64.so.1";
        // A system with glibc may have musl installed too. It has the loader of glibc as well.
        return System.IO.File.Exists(loader) && !System.IO.File.Exists("/lib64/ld-linux-x86-64.so.2")
            && !System.IO.File.Exists("/lib/ld-linux-aarch64.so.1");
#endif
    }
}
