using System;

namespace TwitterNative.Smoke;

/// <summary>Progress on the thread that reports it, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class SynchronousProgress(Action<TwitterProgress> report) : IProgress<TwitterProgress>
{
    public void Report(TwitterProgress value) => report(value);
}
