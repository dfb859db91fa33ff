using System;

namespace TwitterNative.Stress;

/// <summary>What should hold did not.</summary>
internal sealed class StressException(string message) : Exception(message);
