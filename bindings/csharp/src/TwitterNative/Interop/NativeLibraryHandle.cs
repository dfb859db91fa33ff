using System;

namespace TwitterNative.Interop;

/// <summary>
/// Loads the library once and checks its ABI. Not in a static constructor: a <see cref="TypeInitializationException"/>
/// would hide the message.
/// </summary>
internal static class NativeLibraryHandle
{
    private static readonly object s_gate = new();
    private static volatile bool s_loaded;
    private static string? s_path;
    private static string? s_given;

    /// <summary>The path of the loaded library. Before it is loaded: the path that was set, or null.</summary>
    public static string? Path
    {
        get => s_path ?? s_given;
        set
        {
            lock (s_gate)
            {
                if (s_loaded)
                {
                    throw new InvalidOperationException($"The library is loaded already: {s_path}.");
                }
                s_given = value;
            }
        }
    }

    /// <summary>Loads the library if it isn't loaded yet.</summary>
    /// <exception cref="TwitterLibraryException">It can't be loaded, or has another ABI.</exception>
    public static void EnsureLoaded()
    {
        if (!s_loaded)
        {
            Load();
        }
    }

    private static void Load()
    {
        lock (s_gate)
        {
            if (s_loaded)
            {
                return;
            }
            // A failure is not remembered: the host may set another path, or put the missing file there.
            var attempts = new LoadAttempts();
            s_path = attempts.LoadFirst(LibraryLocations.Find(s_given, out string? namedBy), namedBy);
            UnloadHandler.Install();
            s_loaded = true;
        }
    }
}
