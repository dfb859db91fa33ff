using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What can be voted for in a poll.</summary>
public sealed record PollOption : TwitterObject
{
    /// <summary>Its place, from 1 on.</summary>
    public int? Position { get; init; }

    /// <summary>The text.</summary>
    public string? Label { get; init; }

    /// <summary>How many have voted for it.</summary>
    public long? Votes { get; init; }

    internal static PollOption Read(JsonElement json) => new()
    {
        Json = json,
        Position = json.Int("position"u8),
        Label = json.Text("label"u8),
        Votes = json.Long("votes"u8),
    };
}
