using System;
using System.Text;
using System.Text.Json;

namespace TwitterNative.Calls;

/// <summary>The library's answer: <c>{"ok", "result" or "error", "http"?}</c>.</summary>
internal readonly struct Envelope
{
    /// <summary>The library lets X's JSON be 128 levels deep; the reader's own limit is 64.</summary>
    public const int MaxDepth = 256;

    private readonly JsonElement _root;

    private Envelope(JsonElement root) => _root = root;

    public bool IsOk => _root.GetProperty("ok").ValueKind == JsonValueKind.True;

    public JsonElement Result => _root.GetProperty("result");

    public JsonElement Error => _root.GetProperty("error");

    /// <summary>The last request's facts; undefined where nothing was sent.</summary>
    public JsonElement Http => _root.TryGetProperty("http", out JsonElement http) ? http : default;

    /// <summary>Copies the answer out of the library's memory.</summary>
    public static Envelope Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        return new Envelope(JsonElement.ParseValue(ref reader));
    }

    /// <summary>An error of this package in the library's form.</summary>
    public static Envelope Failed(string kind, string message, bool retryable, string? field = null)
    {
        string text = $$"""
            {"ok":false,"error":{"kind":"{{kind}}","message":"{{JsonEncodedText.Encode(message)}}","retryable":{{(retryable ? "true" : "false")}}
            """;
        text += field is null ? "" : $",\"field\":\"{JsonEncodedText.Encode(field)}\"";
        return Read(Encoding.UTF8.GetBytes(text + ",\"outcome\":\"not_sent\"}}"));
    }

    /// <summary>A call that was cancelled before the library had it.</summary>
    public static Envelope CanceledBeforeSent() =>
        Failed("canceled", "The call was canceled before it began; nothing was sent.", retryable: true);
}
