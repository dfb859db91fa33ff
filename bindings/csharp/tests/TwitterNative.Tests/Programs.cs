using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

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

    /// <summary>Runs TwitterNative.Stress, and gives its exit code and all that it has printed.</summary>
    /// <param name="environment">Variables that are added to those of this process.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<(int Code, string Said)> RunStress(
        Dictionary<string, string> environment, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("twitter-native-stress-").FullName;
        try
        {
            ProcessStartInfo start = Start("tests/TwitterNative.Stress", arguments);
            start.RedirectStandardError = true;
            // It counts the temporary files there.
            start.Environment["TMPDIR"] = folder;
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string said = await process.StandardOutput.ReadToEndAsync() + await errors;
            await process.WaitForExitAsync();
            return (process.ExitCode, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The path of a program's assembly.</summary>
    public static string PathOf(string project)
    {
        string[] parts = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return Path.Combine(Package, project, "bin", parts[^2], parts[^1], Path.GetFileName(project) + ".dll");
    }
}
