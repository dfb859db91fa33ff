using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TwitterNative.Calls;

/// <summary>
/// Writes JSON of the caller's into a request. Where it has <c>{"bytes":0}</c> and files came with it, the first of them
/// is named: by its path, or as what is lent.
/// </summary>
internal static class NodeWriter
{
    /// <param name="writer">The request.</param>
    /// <param name="members">The object whose members are written, among others.</param>
    /// <param name="files">The files that it may name.</param>
    /// <param name="except">A member that is left out.</param>
    public static void WriteMembers(
        RequestWriter writer, JsonObject members, IReadOnlyList<TwitterFile> files, string? except = null)
    {
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            if (member.Key != except)
            {
                writer.Json.WritePropertyName(member.Key);
                WriteValue(writer, member.Value, files);
            }
        }
    }

    public static void WriteValue(RequestWriter writer, JsonNode? value, IReadOnlyList<TwitterFile> files)
    {
        switch (value)
        {
            case null:
                writer.Json.WriteNullValue();
                break;
            case JsonObject named when FileOf(named, files) is TwitterFile file:
                writer.WriteValue(file);
                break;
            case JsonObject members:
                writer.Json.WriteStartObject();
                WriteMembers(writer, members, files);
                writer.Json.WriteEndObject();
                break;
            case JsonArray items:
                writer.Json.WriteStartArray();
                foreach (JsonNode? item in items)
                {
                    WriteValue(writer, item, files);
                }
                writer.Json.WriteEndArray();
                break;
            case JsonValue parsed when parsed.TryGetValue(out JsonElement element) && element.ValueKind == JsonValueKind.String:
                // As it was parsed: .NET can't read a text with half of a surrogate pair, and the library has the message.
                writer.Json.WriteRawValue(element.GetRawText(), skipInputValidation: true);
                break;
            default:
                value.WriteTo(writer.Json);
                break;
        }
    }

    /// <summary>The file that an object names; null where it is another object, or names none of these.</summary>
    private static TwitterFile? FileOf(JsonObject named, IReadOnlyList<TwitterFile> files) =>
        named.Count == 1 && named["bytes"] is JsonValue index && index.TryGetValue(out int place)
        && place >= 0 && place < files.Count
            ? files[place]
            : null;
}
