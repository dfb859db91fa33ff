namespace TwitterNative;

/// <summary>
/// Takes the lines that the library writes about each attempt, wait and answer. No secret is in them. The package
/// TwitterNative.Extensions.DependencyInjection has one for <c>ILogger</c>.
/// </summary>
/// <remarks>
/// It is called on the thread that carries the call, by several calls at once. What it throws is dropped. It must not
/// call <see cref="TwitterRuntime.Shutdown"/>.
/// </remarks>
public abstract class TwitterLog
{
    /// <summary>Whether lines of this level are wanted. Where none are, the library makes none.</summary>
    /// <param name="level">The level.</param>
    public abstract bool IsEnabled(TwitterLogLevel level);

    /// <summary>Takes a line.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="function">The library's name of the function that was called, such as <c>create_text_tweet</c>.</param>
    /// <param name="message">The line.</param>
    public abstract void Write(TwitterLogLevel level, string function, string message);
}
