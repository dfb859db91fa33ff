using System.Collections.Generic;

namespace TwitterNative.Smoke;

/// <summary>A log that keeps its lines.</summary>
internal sealed class ListLog : TwitterLog
{
    public List<string> Lines { get; } = [];

    public override bool IsEnabled(TwitterLogLevel level) => true;

    public override void Write(TwitterLogLevel level, string function, string message)
    {
        lock (Lines)
        {
            Lines.Add($"{level} {function} {message}");
        }
    }
}
