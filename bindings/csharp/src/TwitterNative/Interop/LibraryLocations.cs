using System;
using System.Collections.Generic;
using System.IO;

namespace TwitterNative.Interop;

/// <summary>Where the library may be, in the order in which the places are tried. Absolute paths only.</summary>
internal static class LibraryLocations
{
    /// <summary>The environment variable that names the library.</summary>
    public const string Variable = "TWITTER_NATIVE_LIBRARY";

    /// <summary>
    /// The paths to try. If <paramref name="given"/> or the environment variable names a path, it is the only one: another
    /// library in its place would hide the mistake.
    /// </summary>
    /// <param name="given"><see cref="TwitterRuntime.LibraryPath"/>.</param>
    /// <param name="namedBy">What named the path; null if nothing did.</param>
    public static IReadOnlyList<string> Find(string? given, out string? namedBy)
    {
        if (!string.IsNullOrEmpty(given))
        {
            namedBy = "TwitterRuntime.LibraryPath";
            return [Path.GetFullPath(given)];
        }
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            namedBy = "the environment variable " + Variable;
            return [Path.GetFullPath(named)];
        }
        namedBy = null;
        var paths = new List<string>();
        foreach (string folder in HostFolders())
        {
            Add(paths, folder);
        }
        foreach (string folder in ApplicationFolders())
        {
            Add(paths, folder, "twitter_native", Platform.Architecture);
            Add(paths, folder, "runtimes", Platform.RuntimeIdentifier, "native");
            Add(paths, folder);
        }
        return paths;
    }

    /// <summary>
    /// The folders that the .NET host has found for this application: <c>runtimes/&lt;rid&gt;/native</c> of the packages,
    /// and for a single file its folder and the one that its libraries were extracted to. Empty on .NET Framework and Mono.
    /// </summary>
    private static string[] HostFolders() =>
        AppDomain.CurrentDomain.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string folders
            ? folders.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static IEnumerable<string> ApplicationFolders()
    {
#if !NET8_0_OR_GREATER
        // ASP.NET copies assemblies, but not native libraries, to a folder of shadow copies. CodeBase is where the assembly
        // was copied from. .NET 8 has no shadow copies.
        if (Uri.TryCreate(typeof(LibraryLocations).Assembly.CodeBase, UriKind.Absolute, out Uri? code) && code.IsFile
            && Path.GetDirectoryName(code.LocalPath) is string folder)
        {
            yield return folder;
        }
        if (AppDomain.CurrentDomain.RelativeSearchPath is { Length: > 0 } relative)
        {
            foreach (string part in relative.Split(Path.PathSeparator))
            {
                yield return Path.Combine(AppDomain.CurrentDomain.BaseDirectory, part);
            }
        }
#endif
        yield return AppContext.BaseDirectory;
    }

    private static void Add(List<string> paths, params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine(Path.Combine(parts), Platform.LibraryFile));
        if (!paths.Contains(path))
        {
            paths.Add(path);
        }
    }
}
