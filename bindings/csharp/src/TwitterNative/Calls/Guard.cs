using System;
using System.Diagnostics.CodeAnalysis;

namespace TwitterNative;

/// <summary>Checks arguments for null. The library checks everything else.</summary>
internal static class Guard
{
    /// <summary>The value, or an <see cref="ArgumentNullException"/>.</summary>
    public static T NotNull<T>([NotNull] T? value, string parameter)
        where T : class =>
        value ?? throw new ArgumentNullException(parameter);

    /// <summary>Throws if a field is given both as an argument and in the options.</summary>
    public static void GivenOnce(object? argument, object? option, string field)
    {
        if (argument is not null && option is not null)
        {
            throw TwitterException.InvalidRequest(
                $"`{field}` is given twice, as an argument and in the options.", field);
        }
    }
}
