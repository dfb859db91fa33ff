using System;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>Encodes text as JSON for the library. It does not go into HTML, so only what JSON requires is escaped.</summary>
internal static class JsonText
{
    public static JavaScriptEncoder Encoder { get; } = new SurrogateKeepingEncoder();

    /// <summary>The text as a JSON string, in quotation marks.</summary>
    public static byte[] Quote(string text)
    {
        ReadOnlySpan<byte> inner = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        byte[] quoted = new byte[inner.Length + 2];
        quoted[0] = quoted[quoted.Length - 1] = (byte)'"';
        inner.CopyTo(quoted.AsSpan(1));
        return quoted;
    }

    /// <summary>
    /// Escapes only what JSON requires, and unpaired surrogates as they are: <c>\ud83d</c>. .NET's own encoders replace them
    /// by U+FFFD, so a text that was cut in the middle of a character would be posted. The library refuses it and names the
    /// field.
    /// </summary>
    private sealed class SurrogateKeepingEncoder : JavaScriptEncoder
    {
        private const int EscapeLength = 6;

        private static readonly JavaScriptEncoder s_inner = UnsafeRelaxedJsonEscaping;

        public override int MaxOutputCharactersPerInputCharacter => s_inner.MaxOutputCharactersPerInputCharacter;

        public override unsafe int FindFirstCharacterToEncode(char* text, int textLength) =>
            s_inner.FindFirstCharacterToEncode(text, textLength);

        public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
            s_inner.FindFirstCharacterToEncodeUtf8(utf8Text);

        public override unsafe bool TryEncodeUnicodeScalar(
            int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
            s_inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

        public override bool WillEncode(int unicodeScalar) => s_inner.WillEncode(unicodeScalar);

        public override OperationStatus EncodeUtf8(
            ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten,
            bool isFinalBlock = true) =>
            s_inner.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock);

        public override OperationStatus Encode(
            ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten,
            bool isFinalBlock = true)
        {
            charsConsumed = charsWritten = 0;
            while (charsConsumed < source.Length)
            {
                ReadOnlySpan<char> rest = source.Slice(charsConsumed);
                int unpaired = FindUnpairedSurrogate(rest);
                ReadOnlySpan<char> whole = unpaired < 0 ? rest : rest.Slice(0, unpaired);
                OperationStatus status = s_inner.Encode(
                    whole, destination.Slice(charsWritten), out int consumed, out int written, isFinalBlock || unpaired >= 0);
                charsConsumed += consumed;
                charsWritten += written;
                if (status != OperationStatus.Done || unpaired < 0)
                {
                    return status;
                }
                if (!isFinalBlock && unpaired == rest.Length - 1 && char.IsHighSurrogate(rest[unpaired]))
                {
                    return OperationStatus.NeedMoreData;
                }
                if (destination.Length - charsWritten < EscapeLength)
                {
                    return OperationStatus.DestinationTooSmall;
                }
                Escape(rest[unpaired], destination.Slice(charsWritten));
                charsConsumed++;
                charsWritten += EscapeLength;
            }
            return OperationStatus.Done;
        }

        /// <summary>The index of the first unpaired surrogate; -1 if there is none.</summary>
        private static int FindUnpairedSurrogate(ReadOnlySpan<char> text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (!char.IsSurrogate(text[i]))
                {
                    continue;
                }
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return i;
                }
                i++;
            }
            return -1;
        }

        private static void Escape(char unpaired, Span<char> to)
        {
            const string Digits = "0123456789abcdef";
            to[0] = '\\';
            to[1] = 'u';
            for (int digit = 0; digit < 4; digit++)
            {
                to[2 + digit] = Digits[(unpaired >> (12 - 4 * digit)) & 0xF];
            }
        }
    }
}
