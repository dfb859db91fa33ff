using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TwitterNative.Calls;

/// <summary>
/// Writes JSON of the caller into a request. <c>{"bytes":0}</c> in it refers to the first of the given files. It is
/// replaced by the file's path, or by the file's index in the call.
/// </summary>
internal static class NodeWriter
{
    /// <param name="writer">The request.</param>
    /// <param name="members">The object whose members are written. The braces are not.</param>
    /// <param name="files">The files that it may refer to.</param>
    /// <param name="field">The field whose value the object is; null if its members are fields.</param>
    /// <param name="except">A member that is left out; null for none.</param>
    public static void WriteMembers(
        RequestWriter writer, JsonObject members, IReadOnlyList<TwitterFile> files, string? field = null,
        string? except = null)
    {
        foreach (KeyValuePair<string, JsonNode?> member in Readable(members, field))
        {
            if (member.Key != except)
            {
                writer.Json.WritePropertyName(member.Key);
                WriteValue(writer, member.Value, files, field ?? member.Key);
            }
        }
    }

    public static void WriteValue(RequestWriter writer, JsonNode? value, IReadOnlyList<TwitterFile> files, string field)
    {
        switch (value)
        {
            case null:
                writer.Json.WriteNullValue();
                break;
            case JsonObject named when FileOf(Readable(named, field), files) is TwitterFile file:
                writer.WriteValue(file);
                break;
            case JsonObject members:
                writer.Json.WriteStartObject();
                WriteMembers(writer, members, files, field);
                writer.Json.WriteEndObject();
                break;
            case JsonArray items:
                writer.Json.WriteStartArray();
                foreach (JsonNode? item in items)
                {
                    WriteValue(writer, item, files, field);
                }
                writer.Json.WriteEndArray();
                break;
            case JsonValue parsed when parsed.TryGetValue(out JsonElement element) && element.ValueKind == JsonValueKind.String:
                // Raw: .NET can't decode a text with an unpaired surrogate. The library's error names the field.
                writer.Json.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer.Json);
                break;
        }
    }

    /// <summary>
    /// Returns the object if its names can be read. .NET reads the names of a parsed object only when they are needed. It
    /// throws if one has half of a surrogate pair, or if a name is there twice.
    /// </summary>
    /// <exception cref="TwitterInvalidRequestException">They can't be read.</exception>
    public static JsonObject Readable(JsonObject members, string? field)
    {
        string what;
        try
        {
            _ = members.Count;
            return members;
        }
        catch (InvalidOperationException)
        {
            what = "A name in the request holds half of a surrogate pair, which is no character: the text was cut in the "
                + "middle of one. Cut texts between whole characters.";
        }
        catch (ArgumentException)
        {
            what = "A name is twice in one JSON object.";
        }
        throw TwitterException.InvalidRequest(field is null ? what : $"`{field}`: {what}", field);
    }

    /// <summary>The file that <c>{"bytes":index}</c> refers to; null for any other object, and for an index that is no file's.</summary>
    private static TwitterFile? FileOf(JsonObject named, IReadOnlyList<TwitterFile> files) =>
        named.Count == 1 && named["bytes"] is JsonValue index && index.TryGetValue(out int place)
        && place >= 0 && place < files.Count
            ? files[place]
            : null;
}
