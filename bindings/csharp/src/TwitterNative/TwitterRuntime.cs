using System;
using TwitterNative.Calls;
using TwitterNative.Interop;

namespace TwitterNative;

/// <summary>The native library, which all clients of the process share.</summary>
public static class TwitterRuntime
{
    /// <summary>The library's version, such as "0.1.0".</summary>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static string Version
    {
        get
        {
            NativeLibraryHandle.EnsureLoaded();
            return ReadVersion();
        }
    }

    /// <summary>
    /// The path of the library. It may be set until the first call; else the environment variable
    /// <c>TWITTER_NATIVE_LIBRARY</c> names it, else it is looked for in the application's folders. Null until it is loaded.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is set after the library was loaded.</exception>
    public static string? LibraryPath
    {
        get => NativeLibraryHandle.Path;
        set => NativeLibraryHandle.Path = value;
    }

    /// <summary>
    /// How many asynchronous calls may be under way at once; 64 unless set. Further ones wait, the first come first. Each
    /// has a thread of this package while it lasts, none of the thread pool's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1.</exception>
    public static int MaxConcurrentCalls
    {
        get => CallThreads.Limit;
        set => CallThreads.Limit = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one call has to be possible.");
    }

    /// <summary>
    /// Ends what the library runs, for the whole process: calls under way, of every client, end as
    /// <see cref="TwitterCanceledException"/>, and idle connections are closed. It waits for that 2 seconds at most; a
    /// later call starts afresh. Programs need not call it when they end.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is called by a progress report, a log or a token store.</exception>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static void Shutdown()
    {
        if (Callbacks.IsInside || StoreUse.IsCurrent)
        {
            throw new InvalidOperationException(
                "A progress report, a log or a token store can't shut down the library that calls it.");
        }
        NativeLibraryHandle.EnsureLoaded();
        Native.Shutdown();
    }

    private static unsafe string ReadVersion() => Utf8.ToString(Utf8.Span(Native.Version()));
}
