using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading.Tasks;
using TwitterNative.Interop;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>
/// Finding the library, and unloading the package. Most tests load the package again, in a load context of their own, since
/// a package loads the library once. The contexts stay until the process ends.
/// </summary>
public sealed class LoadTests : AgainstX
{
    [Fact]
    public void ALibraryThatIsNotThereIsNamed()
    {
        Exception error = LoadError("/no/such/libtwitter_native.so");
        Assert.Contains("/no/such/libtwitter_native.so", error.Message, StringComparison.Ordinal);
        Assert.Contains("TwitterRuntime.LibraryPath", error.Message, StringComparison.Ordinal);
        Assert.Equal("/no/such/libtwitter_native.so", Assert.Single((IReadOnlyList<string>)Property(error, "Tried")!));
    }

    [Fact]
    public void WhatIsNoLibraryIsToldApart()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("libtwitter_native.so", "no library");
        Assert.Contains(file, LoadError(file).Message, StringComparison.Ordinal);
        // A library of another processor: 32 bits in the header of this process's own kind.
        byte[] header = File.ReadAllBytes(TwitterRuntime.LibraryPath ?? LibraryOfTheTests())[..64];
        header[4] = 1;
        header[18] = 3;
        string other = folder.Write("other.so", header);
        Assert.Contains("another processor", LoadError(other).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrowserIsToldThatItCanNotLoadTheLibrary()
    {
        Assert.Contains("Blazor WebAssembly", LoadAttempts.Advice("browser-wasm"), StringComparison.Ordinal);
        Assert.Contains("TWITTER_NATIVE_LIBRARY", LoadAttempts.Advice("linux-x64"), StringComparison.Ordinal);
    }

    [SkippableByTool("gcc")]
    public void AnotherVersionOfTheInterfaceIsRefused()
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("stub.c", """
            unsigned twitter_abi_version(void) { return 2; }
            const char *twitter_version(void) { return "9.0.0"; }
            char *twitter_call(const char *f, const char *r, const void *o) { return 0; }
            void twitter_free(char *a) {}
            void twitter_shutdown(void) {}
            """);
        string library = Path.Combine(folder.Path, "libtwitter_native.so");
        using Process gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", library, source]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        string message = LoadError(library).Message;
        Assert.Contains("ABI version 2", message, StringComparison.Ordinal);
        Assert.Contains(library, message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureIsNotKept()
    {
        Assembly package = LoadAgain();
        SetPath(package, "/no/such/libtwitter_native.so");
        Assert.Throws<TargetInvocationException>(() => Client(package, "http://127.0.0.1:9", "a"));
        SetPath(package, LibraryOfTheTests());
        Assert.NotNull(Client(package, "http://127.0.0.1:9", "a"));
    }

    [Fact]
    public void ThePathCanNotBeChangedLater()
    {
        _ = TwitterRuntime.Version;
        Assert.Throws<InvalidOperationException>(() => TwitterRuntime.LibraryPath = "/another");
        Assert.True(File.Exists(TwitterRuntime.LibraryPath));
    }

    /// <summary>In a process of its own: a fault of unloading would end that process, and not the test runner.</summary>
    [Fact]
    public async Task UnloadingEndsItsOwnCallsAndNoOthers()
    {
        (int code, string said) = await Programs.RunStress([], "unload");
        Assert.True(code == 0, said);
    }

    private static Exception LoadError(string path)
    {
        Assembly package = LoadAgain();
        SetPath(package, path);
        Exception error = Assert.Throws<TargetInvocationException>(() => Client(package, "http://127.0.0.1:9", "a")).InnerException!;
        Assert.Equal(typeof(TwitterLibraryException).FullName, error.GetType().FullName);
        Assert.IsAssignableFrom<DllNotFoundException>(error);
        return error;
    }

    private static string LibraryOfTheTests()
    {
        _ = TwitterRuntime.Version;
        return TwitterRuntime.LibraryPath!;
    }

    private static Assembly LoadAgain() =>
        new AssemblyLoadContext("again").LoadFromAssemblyPath(typeof(TwitterClient).Assembly.Location);

    private static void SetPath(Assembly package, string path) =>
        package.GetType(typeof(TwitterRuntime).FullName!)!.GetProperty(nameof(TwitterRuntime.LibraryPath))!.SetValue(null, path);

    private static object Client(Assembly package, string url, string token)
    {
        object parameters = Activator.CreateInstance(package.GetType(typeof(TwitterParameters).FullName!)!)!;
        foreach ((string name, string value) in new[] { ("ApiUrl", url), ("AccessToken", token), ("Proxy", "none") })
        {
            parameters.GetType().GetProperty(name)!.SetValue(parameters, value);
        }
        return Activator.CreateInstance(package.GetType(typeof(TwitterClient).FullName!)!, parameters, null)!;
    }

    private static object? Property(object value, string name) => value.GetType().GetProperty(name)!.GetValue(value);

    /// <summary>A test that needs a program, and is skipped where it is not installed.</summary>
    private sealed class SkippableByToolAttribute : FactAttribute
    {
        public SkippableByToolAttribute(string program)
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            if (!Array.Exists(folders, folder => File.Exists(Path.Combine(folder, program))))
            {
                Skip = $"{program} is not installed";
            }
        }
    }
}
