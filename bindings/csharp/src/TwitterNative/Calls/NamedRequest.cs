using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace TwitterNative.Calls;

/// <summary>
/// The request of a function that is called by its name. Where it has <c>{"bytes":0}</c>, the first of the files that
/// came with it is named: by its path, or as what is lent.
/// </summary>
internal static class NamedRequest
{
    public static RequestWriter Write(
        JsonObject? request, IReadOnlyList<TwitterFile>? files, TwitterCallOptions? options)
    {
        if (request is not null && request.ContainsKey("parameters"))
        {
            throw TwitterException.InvalidRequest(
                "The parameters of one call are given by TwitterCallOptions.Parameters.", "parameters");
        }
        RequestWriter writer = RequestWriter.Begin();
        if (request is not null && files is { Count: > 0 })
        {
            WriteMembers(writer, request, files);
        }
        else if (request is not null)
        {
            writer.WriteMembers(request);
        }
        options?.Write(writer);
        return writer;
    }

    private static void WriteMembers(RequestWriter writer, JsonObject members, IReadOnlyList<TwitterFile> files)
    {
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            writer.Json.WritePropertyName(member.Key);
            WriteValue(writer, member.Value, files);
        }
    }

    private static void WriteValue(RequestWriter writer, JsonNode? value, IReadOnlyList<TwitterFile> files)
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
