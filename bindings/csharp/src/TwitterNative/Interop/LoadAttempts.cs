using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace TwitterNative.Interop;

/// <summary>Tries to load the library from one path after the other. If none works, one message has all the reasons.</summary>
internal sealed class LoadAttempts
{
    private readonly List<string> _tried = [];
    private readonly List<string> _reasons = [];

    /// <summary>Loads the library from the first path that works.</summary>
    /// <returns>That path, or the name by which the system has found the library.</returns>
    /// <exception cref="TwitterLibraryException">None works.</exception>
    public string LoadFirst(IReadOnlyList<string> paths, string? namedBy)
    {
        foreach (string path in paths)
        {
            _tried.Add(path);
            if (!File.Exists(path))
            {
                _reasons.Add("there is no such file");
            }
            else if (SystemLoader.TryLoad(path, out string reason))
            {
                return path;
            }
            else
            {
                _reasons.Add(Explain(path, reason));
            }
        }
        if (namedBy is null && SystemLoader.TryLoadByName(out string? found))
        {
            return found;
        }
        throw new TwitterLibraryException(Message(namedBy), _tried);
    }

    private string Message(string? namedBy)
    {
        var message = new StringBuilder("The library of twitter_native can't be loaded on ")
            .Append(Platform.RuntimeIdentifier).Append(". Tried: ");
        for (int i = 0; i < _tried.Count; i++)
        {
            message.Append(i == 0 ? "" : "; ").Append(_tried[i]).Append(" (").Append(_reasons[i]).Append(')');
        }
        if (namedBy is not null)
        {
            return message.Append(". It is named by ").Append(namedBy).Append('.').ToString();
        }
        return message.Append(". ").Append(Advice(Platform.RuntimeIdentifier)).ToString();
    }

    /// <summary>What to do if the library is not found.</summary>
    /// <param name="runtimeIdentifier"><see cref="Platform.RuntimeIdentifier"/>.</param>
    internal static string Advice(string runtimeIdentifier) =>
        runtimeIdentifier.StartsWith("browser-", StringComparison.Ordinal)
            ? "A browser can't load native libraries, so this package does not work in Blazor WebAssembly. Use it on the server."
            : $"The package of a release has it for {string.Join(", ", Platform.Packaged)}. For other systems build the "
            + $"library and name it in TwitterRuntime.LibraryPath or the environment variable {LibraryLocations.Variable}.";

    /// <summary>The system's message, with an explanation in front of it if the message alone is misleading.</summary>
    private static string Explain(string path, string reason)
    {
        // .NET puts a paragraph of advice before the system's message.
        string text = reason.Trim().TrimEnd('.');
        text = text.Substring(text.LastIndexOf('\n') + 1);
        bool isAboutFile = text.StartsWith(path + ": ", StringComparison.Ordinal);
        text = isAboutFile ? text.Substring(path.Length + 2) : text;
        // For a file for another processor, glibc says that it doesn't exist.
        if ((isAboutFile && Contains(text, "No such file")) || Contains(text, "wrong ELF class")
            || Contains(text, "0x8007000B") || Contains(text, "incorrect format")
            || Contains(text, "incompatible architecture") || Contains(text, "not a valid Win32"))
        {
            return $"it is made for another processor than this {Platform.Architecture} process: {text}";
        }
        if (Contains(text, "GLIBC_"))
        {
            return $"the C library of this system is older than the one it needs: {text}";
        }
        if (Contains(text, "ld-linux") || Contains(text, "libc.so.6: cannot open"))
        {
            return $"it is made for glibc, and this system has another C library: {text}";
        }
        return text;
    }

    private static bool Contains(string text, string part) =>
#if NET8_0_OR_GREATER
        text.Contains(part, StringComparison.OrdinalIgnoreCase);
#else
        text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
#endif
}
