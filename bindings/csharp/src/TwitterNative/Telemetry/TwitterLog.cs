namespace TwitterNative;

/// <summary>
/// Receives the library's log: a line for each attempt, wait and answer, without secrets. The package
/// TwitterNative.Extensions.DependencyInjection passes the log to <c>ILogger</c>.
/// </summary>
/// <remarks>
/// It is called on the threads that run the calls, by several calls at once. Its exceptions are dropped. It must not call
/// <see cref="TwitterRuntime.Shutdown"/>.
/// </remarks>
public abstract class TwitterLog
{
    /// <summary>Whether lines of this level are wanted. If none of any level are, the library makes none.</summary>
    /// <param name="level">The level.</param>
    public abstract bool IsEnabled(TwitterLogLevel level);

    /// <summary>Receives a line.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="function">The library's name of the function that was called, such as <c>create_text_tweet</c>.</param>
    /// <param name="message">The line.</param>
    public abstract void Write(TwitterLogLevel level, string function, string message);
}
