using System.Text.Json;

namespace TwitterNative;

/// <summary>A part of a text, in UTF-16 units as .NET's strings count.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="End">The last unit, which belongs to it.</param>
public readonly record struct TextRange(int Start, int End)
{
    internal static TextRange? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 2
        && json[0].ValueKind == JsonValueKind.Number && json[0].TryGetInt32(out int start)
        && json[1].ValueKind == JsonValueKind.Number && json[1].TryGetInt32(out int end)
            ? new TextRange(start, end)
            : null;
}
