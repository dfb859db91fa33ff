using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A part of a successful answer that X left out, and why: a deleted post of several, a field without permission.</summary>
public sealed record TwitterProblem : TwitterObject
{
    /// <summary>X's title, such as "Not Found Error".</summary>
    public string? Title { get; init; }

    /// <summary>X's sentence.</summary>
    public string? Detail { get; init; }

    /// <summary>X's type of the problem, an address.</summary>
    public string? Type { get; init; }

    /// <summary>The query value that it is about.</summary>
    public string? Parameter { get; init; }

    /// <summary>What was asked for.</summary>
    public string? Value { get; init; }

    /// <summary>The kind of thing that it is about, such as <c>tweet</c>.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The id of that.</summary>
    public string? ResourceId { get; init; }

    internal static TwitterProblem Read(JsonElement json) => new()
    {
        Json = json,
        Title = json.Text("title"u8),
        Detail = json.Text("detail"u8, "message"u8),
        Type = json.Text("type"u8),
        Parameter = json.Text("parameter"u8),
        Value = json.Text("value"u8),
        ResourceType = json.Text("resource_type"u8),
        ResourceId = json.Text("resource_id"u8),
    };
}
