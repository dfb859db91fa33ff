using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>
/// The C# of the READMEs compiles in somebody else's project, which has the packages of the folder that
/// TWITTER_NATIVE_PACKAGES names.
/// </summary>
[Trait("Category", "Package")]
public sealed class ReadmeTests : IDisposable
{
    /// <summary>What an example may take for granted, where it does not make it itself.</summary>
    private const string Given = """
        internal abstract class Given
        {
            protected static readonly TwitterNative.ITwitterClient client = null!;
            protected static readonly IProgress<TwitterNative.TwitterProgress> bar = null!;
            protected static readonly CancellationToken cancellationToken = default;
            protected static readonly TwitterNative.ITokenStore store = null!;
            protected static readonly Microsoft.AspNetCore.Builder.WebApplicationBuilder builder = null!;

            protected abstract class MyTokenStore : TwitterNative.ITokenStore
            {
                public abstract ValueTask<TwitterNative.TwitterTokens?> ReadAsync(string account, CancellationToken canceled);

                public abstract ValueTask<TwitterNative.TwitterTokens?> UpdateAsync(
                    string account,
                    Func<TwitterNative.TwitterTokens?, ValueTask<TwitterNative.TwitterTokens?>> change,
                    CancellationToken canceled);
            }
        }
        """;

    private static readonly string[] s_readmes =
    [
        "README.md", "../../README.md", "src/TwitterNative.Extensions.DependencyInjection/README.md",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("twitter-native-readme-").FullName;

    [Fact]
    public async Task EachExampleCompiles()
    {
        int count = 0;
        foreach (string readme in s_readmes)
        {
            IReadOnlyList<string> examples = Examples(File.ReadAllText(Path.Combine(Programs.Package, readme)));
            Assert.NotEmpty(examples);
            foreach (string example in examples)
            {
                count++;
                File.WriteAllText(Path.Combine(_folder, $"Example{count}.cs"), Program(example, count));
            }
        }
        File.WriteAllText(Path.Combine(_folder, "Given.cs"), Given);
        File.WriteAllText(Path.Combine(_folder, "Readme.csproj"), Project());
        (int code, string said) = await Build();
        Assert.True(code == 0, said);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<string> Examples(string readme) =>
        [.. Regex.Matches(readme, "^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    /// <summary>The example as a method; its using directives stay at the top.</summary>
    private static string Program(string example, int number)
    {
        var usings = new StringBuilder();
        var body = new StringBuilder();
        foreach (string line in example.Split('\n'))
        {
            bool isUsing = Regex.IsMatch(line, @"^using [\w.]+;$");
            (isUsing ? usings : body).Append(line).Append('\n');
        }
        return $$"""
            {{usings}}
            internal sealed class Example{{number}} : Given
            {
                private static async Task Run()
                {
                    {{body}}
                    await Task.CompletedTask;
                }
            }
            """;
    }

    private static string Project()
    {
        string packages = Path.GetFullPath(Environment.GetEnvironmentVariable("TWITTER_NATIVE_PACKAGES")!);
        string version = Regex.Match(
            string.Join('\n', Directory.GetFiles(packages)), @"TwitterNative\.(\d[^/\\]*)\.nupkg").Groups[1].Value;
        return $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Library</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TwitterNative" Version="{version}" />
                <PackageReference Include="TwitterNative.Extensions.DependencyInjection" Version="{version}" />
              </ItemGroup>
            </Project>
            """;
    }

    private async Task<(int Code, string Said)> Build()
    {
        string[] arguments = ["build", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-maxcpucount:2"];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return (build.ExitCode, said);
    }
}
