using System;
using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>A poll of a post. X sends it if the query asks for it (<c>expansions</c>, <c>poll.fields</c>).</summary>
public sealed record Poll : TwitterObject
{
    /// <summary>The id.</summary>
    public string? Id { get; init; }

    /// <summary>What can be voted for, in its order.</summary>
    public IReadOnlyList<PollOption> Options { get; init; } = [];

    /// <summary>How long it is open in all.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string? VotingStatus { get; init; }

    internal static Poll Read(JsonElement json) => new()
    {
        Json = json,
        Id = json.Text("id"u8),
        Options = json.Member("options"u8).List(PollOption.Read),
        Duration = json.Int("duration_minutes"u8) is int minutes ? TimeSpan.FromMinutes(minutes) : null,
        EndsAt = json.Time("end_datetime"u8),
        VotingStatus = json.Text("voting_status"u8),
    };
}
