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
    /// The paths to try. A path that was named, by <paramref name="given"/> or the environment variable, is the only
    /// one: falling back to another library would hide the mistake.
    /// </summary>
    /// <param name="given"><see cref="TwitterRuntime.LibraryPath"/>.</param>
    /// <param name="namedBy">What named the path; null where the library is looked for.</param>
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
    /// What the .NET host found for this application: <c>runtimes/&lt;rid&gt;/native</c> of the packages, the folder of
    /// a single-file application, the one that it extracted its libraries to. Empty on .NET Framework and Mono.
    /// </summary>
    private static string[] HostFolders() =>
        AppDomain.CurrentDomain.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string folders
            ? folders.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static IEnumerable<string> ApplicationFolders()
    {
#if !NET8_0_OR_GREATER
        // ASP.NET copies assemblies, but not libraries, to a folder of shadow copies; CodeBase is where they came from.
        // .NET 8 has neither, and in a single file no place of its own for an assembly.
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
