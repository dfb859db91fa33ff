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
        Title = json.Text("title"),
        Detail = json.Text("detail", "message"),
        Type = json.Text("type"),
        Parameter = json.Text("parameter"),
        Value = json.Text("value"),
        ResourceType = json.Text("resource_type"),
        ResourceId = json.Text("resource_id"),
    };
}
