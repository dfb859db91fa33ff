using System;
using System.Text;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>The library's answer: <c>{"ok", "result" or "error", "http"?}</c>.</summary>
internal readonly struct Envelope
{
    /// <summary>The library allows X's JSON 128 levels. The default of .NET's reader is 64.</summary>
    public const int MaxDepth = 256;

    private Envelope(bool isOk, JsonElement content, JsonElement http)
    {
        IsOk = isOk;
        Content = content;
        Http = http;
    }

    public bool IsOk { get; }

    /// <summary>The result, or the error of a failed call.</summary>
    public JsonElement Content { get; }

    /// <summary>The facts of the last request; undefined if nothing was sent.</summary>
    public JsonElement Http { get; }

    /// <summary>
    /// Copies the answer out of the library's memory. Result and <c>http</c> are separate documents, so a program that keeps
    /// one of them doesn't keep the other in memory.
    /// </summary>
    public static Envelope Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        bool isOk = false;
        JsonElement content = default, http = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("ok"u8))
            {
                reader.Read();
                isOk = reader.TokenType == JsonTokenType.True;
            }
            else if (reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8))
            {
                content = JsonElement.ParseValue(ref reader);
            }
            else if (reader.ValueTextEquals("http"u8))
            {
                http = JsonElement.ParseValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
        return new Envelope(isOk, content, http);
    }

    /// <summary>An error of this package, in the form of the library's. Nothing was sent.</summary>
    public static Envelope Failed(string kind, string message, bool retryable, string? field = null)
    {
        string text = $$"""
            {"ok":false,"error":{"kind":"{{kind}}","message":"{{JsonEncodedText.Encode(message)}}","retryable":{{(retryable ? "true" : "false")}}
            """;
        text += field is null ? "" : $",\"field\":\"{JsonEncodedText.Encode(field)}\"";
        return Read(Encoding.UTF8.GetBytes(text + ",\"outcome\":\"not_sent\"}}"));
    }

    /// <summary>The answer for a call that was cancelled before it reached the library.</summary>
    public static Envelope CanceledBeforeSent() =>
        Failed("canceled", "The call was canceled before it began; nothing was sent.", retryable: true);
}
