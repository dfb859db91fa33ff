using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using System.Xml.Linq;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>What is in the packed packages: those of the folder that TWITTER_NATIVE_PACKAGES names.</summary>
[Trait("Category", "Package")]
public sealed class PackageTests
{
    private static readonly string s_folder = Environment.GetEnvironmentVariable("TWITTER_NATIVE_PACKAGES")
        ?? throw new InvalidOperationException("TWITTER_NATIVE_PACKAGES has to name the folder of the packages.");

    [Fact]
    public void TheFilesAreThere()
    {
        using ZipArchive package = Open("TwitterNative.*.nupkg");
        string[] names = [.. package.Entries.Select(entry => entry.FullName)];
        string[] expected =
        [
            "lib/net8.0/TwitterNative.dll", "lib/net8.0/TwitterNative.xml", "lib/netstandard2.0/TwitterNative.dll",
            "lib/netstandard2.0/TwitterNative.xml", "build/net462/TwitterNative.targets",
            "buildTransitive/net462/TwitterNative.targets", "README.md", "icon.png", "LICENSE", "THIRD-PARTY.txt",
        ];
        Assert.Empty(expected.Except(names));
        Assert.Contains(names, name => name.StartsWith("runtimes/", StringComparison.Ordinal) && name.Contains("/native/", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Fact]
    public void SymbolsAreApart()
    {
        using ZipArchive symbols = Open("TwitterNative.*.snupkg");
        Assert.Contains(symbols.Entries, entry => entry.FullName == "lib/net8.0/TwitterNative.pdb");
    }

    [Fact]
    public void Net8NeedsNothing()
    {
        Dictionary<string, string[]> dependencies = Dependencies("TwitterNative.*.nupkg");
        Assert.Empty(dependencies["net8.0"]);
        Assert.Equal(["System.Diagnostics.DiagnosticSource", "System.Text.Json"], dependencies[".NETStandard2.0"].Order());
        Assert.Contains("TwitterNative", Dependencies("TwitterNative.Extensions*.nupkg")["net8.0"]);
    }

    [Fact]
    public void TheAssemblyHasAStrongName() =>
        Assert.NotEmpty(typeof(TwitterClient).Assembly.GetName().GetPublicKeyToken()!);

    [Fact]
    public void EachPublicTypeIsDocumented()
    {
        using ZipArchive package = Open("TwitterNative.*.nupkg");
        using Stream xml = package.GetEntry("lib/net8.0/TwitterNative.xml")!.Open();
        HashSet<string> documented = [.. XDocument.Load(xml).Descendants("member").Select(member => member.Attribute("name")!.Value)];
        foreach (Type type in typeof(TwitterClient).Assembly.GetExportedTypes())
        {
            Assert.Contains("T:" + type.FullName!.Replace('+', '.'), documented);
        }
    }

    [Fact]
    public async Task AReleaseNeedsTheLibraryForEachPlatform()
    {
        string empty = Directory.CreateTempSubdirectory("twitter-native-pack-").FullName;
        string[] arguments =
        [
            "pack", "src/TwitterNative", "--no-build", "-c", "Release", "-o", empty, "-p:RequireAllRids=true", $"-p:NativeRoot={empty}/",
            $"-p:NativeTargetRoot={empty}/", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Programs.Package, RedirectStandardOutput = true };
        using Process pack = Process.Start(start)!;
        string said = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.NotEqual(0, pack.ExitCode);
        Assert.Contains("win-x64, win-x86, win-arm64", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(empty));
        Directory.Delete(empty);
    }

    private static Dictionary<string, string[]> Dependencies(string pattern)
    {
        using ZipArchive package = Open(pattern);
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "group").ToDictionary(
            group => group.Attribute("targetFramework")!.Value,
            group => group.Elements().Select(dependency => dependency.Attribute("id")!.Value).ToArray());
    }

    /// <summary>The package whose name fits; that of the second package is longer.</summary>
    private static ZipArchive Open(string pattern) =>
        ZipFile.OpenRead(Directory.GetFiles(s_folder, pattern).OrderBy(path => path.Length).First());
}
