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
    /// The path of the library. It may be set before the first call. If it is not set, the environment variable
    /// <c>TWITTER_NATIVE_LIBRARY</c> names it, or it is looked for in the application's folders. Null until it is set or
    /// loaded.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is set after the library was loaded.</exception>
    public static string? LibraryPath
    {
        get => NativeLibraryHandle.Path;
        set => NativeLibraryHandle.Path = value;
    }

    /// <summary>
    /// How many asynchronous calls may run at once; 64 by default. Further calls wait in a queue, first in, first out. A
    /// call that runs has a thread of this package, not of the thread pool.
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
    /// Shuts the library down for the whole process: all running calls, of every client, end with a
    /// <see cref="TwitterCanceledException"/>, and idle connections are closed. It waits 2 seconds at most. Later calls
    /// work as before. Programs need not call it when they end.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is called by a progress report, a log or a token store.</exception>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static void Shutdown()
    {
        if (Callbacks.IsInside || TokenStoreOperation.IsCurrent)
        {
            throw new InvalidOperationException(
                "A progress report, a log or a token store can't shut down the library that calls it.");
        }
        NativeLibraryHandle.EnsureLoaded();
        Native.Shutdown();
    }

    private static unsafe string ReadVersion() => Utf8.ToString(Utf8.Span(Native.Version()));
}
