using System.Text.Json;

namespace TwitterNative;

/// <summary>A part of a text, by indexes of UTF-16 units as in .NET's strings.</summary>
/// <param name="Start">The index of the first unit.</param>
/// <param name="End">The index of the last unit, which is part of the range.</param>
public readonly record struct TextRange(int Start, int End)
{
    internal static TextRange? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 2
        && json[0].ValueKind == JsonValueKind.Number && json[0].TryGetInt32(out int start)
        && json[1].ValueKind == JsonValueKind.Number && json[1].TryGetInt32(out int end)
            ? new TextRange(start, end)
            : null;
}
