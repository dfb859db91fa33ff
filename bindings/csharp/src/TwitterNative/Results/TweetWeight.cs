using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>How X counts a text.</summary>
public sealed record TweetWeight : TwitterObject
{
    /// <summary>The length by X's rules: an address is 23, an emoji or CJK character 2. 280 are allowed.</summary>
    public int? WeightedLength { get; init; }

    /// <summary>Whether X takes the text.</summary>
    public bool? IsValid { get; init; }

    /// <summary>How much of what is allowed is used, in thousandths.</summary>
    public int? Permillage { get; init; }

    /// <summary>The part that is shown.</summary>
    public TextRange? DisplayRange { get; init; }

    /// <summary>The part that is within the limit.</summary>
    public TextRange? ValidRange { get; init; }

    internal static TweetWeight Read(JsonElement json) => new()
    {
        Json = json,
        WeightedLength = json.Int("weighted_length"u8),
        IsValid = json.Flag("valid"u8),
        Permillage = json.Int("permillage"u8),
        DisplayRange = TextRange.Read(json.Member("display_range"u8)),
        ValidRange = TextRange.Read(json.Member("valid_range"u8)),
    };
}
