using System;
using System.Text;

namespace TwitterNative.Interop;

/// <summary>Reads the library's texts, NUL-terminated UTF-8.</summary>
internal static unsafe class Utf8
{
    /// <summary>The text without its NUL.</summary>
    public static ReadOnlySpan<byte> Span(byte* text)
    {
#if NET8_0_OR_GREATER
        return System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
#else
        int length = 0;
        while (text[length] != 0)
        {
            length = checked(length + 1);
        }
        return new ReadOnlySpan<byte>(text, length);
#endif
    }

    public static string ToString(ReadOnlySpan<byte> text)
    {
#if NET8_0_OR_GREATER
        return Encoding.UTF8.GetString(text);
#else
        fixed (byte* start = text)
        {
            return start is null ? "" : Encoding.UTF8.GetString(start, text.Length);
        }
#endif
    }
}
