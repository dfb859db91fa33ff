using Microsoft.Extensions.Logging;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>Passes the library's log to <see cref="ILogger"/>.</summary>
internal sealed class LoggerLog(ILoggerFactory loggers) : TwitterLog
{
    private readonly ILogger _logger = loggers.CreateLogger("TwitterNative");

    public override bool IsEnabled(TwitterLogLevel level) => _logger.IsEnabled(LevelOf(level));

    public override void Write(TwitterLogLevel level, string function, string message) =>
        Line(_logger, LevelOf(level), function, message);

    private static void Line(ILogger logger, LogLevel level, string function, string message) =>
#pragma warning disable CA1848, CA2254 // A template per level would say nothing more; the check is done before.
        logger.Log(level, "{Function}: {Message}", function, message);
#pragma warning restore CA1848, CA2254

    private static LogLevel LevelOf(TwitterLogLevel level) => level switch
    {
        TwitterLogLevel.Error => LogLevel.Error,
        TwitterLogLevel.Warning => LogLevel.Warning,
        TwitterLogLevel.Information => LogLevel.Information,
        _ => LogLevel.Debug,
    };
}
