using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace TwitterNative.Results;

/// <summary>
/// Lenient reading of X's answers: what is missing or of another kind is null. X renames and retypes fields without
/// notice, and an answer to a post that happened must not look like a failure.
/// </summary>
internal static class JsonReading
{
    /// <summary>The member of an object; undefined if there is none. Names are tried in their order.</summary>
    public static JsonElement Member(this JsonElement json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName = default)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return default;
        }
        if (json.TryGetProperty(name, out JsonElement value))
        {
            return value;
        }
        return otherName.Length > 0 && json.TryGetProperty(otherName, out value) ? value : default;
    }

    public static bool IsObject(this JsonElement json) => json.ValueKind == JsonValueKind.Object;

    public static bool IsSet(this JsonElement json) =>
        json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Text; a number as the digits it was written with, since ids come as both.</summary>
    public static string? AsText(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName = default) =>
        json.Member(name, otherName).AsText();

    /// <summary>This member, or the other one where it isn't there.</summary>
    public static JsonElement Or(this JsonElement json, JsonElement other) =>
        json.ValueKind == JsonValueKind.Undefined ? other : json;

    public static bool? Flag(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name).AsFlag();

    public static bool? AsFlag(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static long? Long(this JsonElement json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName = default) =>
        json.Member(name, otherName).AsLong();

    /// <summary>A whole number, or one in text.</summary>
    public static long? AsLong(this JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            return value.TryGetInt64(out long whole) ? whole : null;
        }
        return value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long read)
            ? read
            : null;
    }

    public static int? Int(this JsonElement json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName = default) =>
        json.Long(name, otherName) is long value && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    public static double? Number(this JsonElement json, ReadOnlySpan<byte> name)
    {
        JsonElement value = json.Member(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : null;
    }

    public static TimeSpan? Seconds(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Number(name) is double seconds && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static DateTimeOffset? Time(this JsonElement json, ReadOnlySpan<byte> name) => json.Member(name).AsTime();

    /// <summary>A time as API v2 (ISO 8601) or API 1.1 ("Wed Oct 10 20:19:24 +0000 2018") writes it.</summary>
    public static DateTimeOffset? AsTime(this JsonElement value)
    {
        // The usual form, without a text of its own.
        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTime(out DateTime utc) && utc.Kind == DateTimeKind.Utc)
        {
            return new DateTimeOffset(utc);
        }
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string? text = value.AsText();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out DateTimeOffset time)
            || DateTimeOffset.TryParseExact(
                text, "ddd MMM dd HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, styles, out time)
            ? time
            : null;
    }

    /// <summary>Seconds since 1970.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Long(name) is long seconds && seconds is >= -62_135_596_800 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static IReadOnlyList<string> Texts(this JsonElement json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> otherName = default) =>
        json.Member(name, otherName).AsTexts();

    public static IReadOnlyList<string> AsTexts(this JsonElement json) => json.List(static item => item.AsText() ?? "");

    /// <summary>The elements of an array, each read; empty if it is no array.</summary>
    public static IReadOnlyList<T> List<T>(this JsonElement json, Func<JsonElement, T> read)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return [];
        }
        var items = new T[json.GetArrayLength()];
        int next = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            items[next++] = read(item);
        }
        return items;
    }
}
