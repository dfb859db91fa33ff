using System;
using System.Diagnostics;
using System.IO;

namespace TwitterNative.Tests;

/// <summary>The programs beside these tests, built in the same configuration.</summary>
internal static class Programs
{
    /// <summary>The folder <c>bindings/csharp</c>: this is in its tests/TwitterNative.Tests/bin/Release/net10.0/.</summary>
    public static string Package { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    /// <summary>How to start one; what it prints is read.</summary>
    /// <param name="project">Its folder, such as <c>samples/WebSignIn</c>.</param>
    /// <param name="arguments">Its command line.</param>
    public static ProcessStartInfo Start(string project, params string[] arguments) =>
        new("dotnet", [PathOf(project), .. arguments]) { RedirectStandardOutput = true };

    /// <summary>The assembly of one.</summary>
    public static string PathOf(string project)
    {
        string[] parts = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return Path.Combine(Package, project, "bin", parts[^2], parts[^1], Path.GetFileName(project) + ".dll");
    }
}
