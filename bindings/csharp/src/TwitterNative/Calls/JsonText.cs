using System;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>Text as JSON for the library, which is no page of HTML: "ü" may stay "ü".</summary>
internal static class JsonText
{
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>The text as a JSON string.</summary>
    public static byte[] Quote(string text)
    {
        ReadOnlySpan<byte> inner = JsonEncodedText.Encode(text, Encoder).EncodedUtf8Bytes;
        byte[] quoted = new byte[inner.Length + 2];
        quoted[0] = quoted[quoted.Length - 1] = (byte)'"';
        inner.CopyTo(quoted.AsSpan(1));
        return quoted;
    }
}
