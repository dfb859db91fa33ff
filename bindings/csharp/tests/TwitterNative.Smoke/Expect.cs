using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>What a test framework has, in little.</summary>
internal static class Expect
{
    public static void True(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"{actual} instead of {expected}");
        }
    }

    public static void Contains(string part, string text) =>
        True(text.IndexOf(part, StringComparison.Ordinal) >= 0, $"\"{part}\" is not in \"{text}\"");

    public static void Lacks(string part, string text) =>
        True(text.IndexOf(part, StringComparison.Ordinal) < 0, $"a secret is in \"{text}\"");

    public static TException Throws<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException error)
        {
            return error;
        }
        throw new InvalidOperationException($"no {typeof(TException).Name}");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> action)
        where TException : Exception
    {
        try
        {
            await action();
        }
        catch (TException error)
        {
            return error;
        }
        throw new InvalidOperationException($"no {typeof(TException).Name}");
    }
}
