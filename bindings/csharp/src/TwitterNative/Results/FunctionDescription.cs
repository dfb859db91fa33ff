using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What the library says of one of its functions.</summary>
public sealed record FunctionDescription : TwitterObject
{
    /// <summary>The name, such as <c>get_token</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public string? Title { get; init; }

    /// <summary>The same name in capitals, such as <c>GetToken</c>.</summary>
    public string? EnglishName { get; init; }

    /// <summary>Its name in 1C:Enterprise.</summary>
    public string? RussianName { get; init; }

    /// <summary>The JSON Schema of its request.</summary>
    public JsonElement Request { get; init; }

    internal static FunctionDescription Read(JsonElement json) => new()
    {
        Json = json,
        Name = json.Text("name"u8),
        Title = json.Text("title"u8),
        EnglishName = json.Text("en"u8),
        RussianName = json.Text("ru"u8),
        Request = json.Member("request"u8),
    };
}
