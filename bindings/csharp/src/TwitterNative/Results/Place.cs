using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>Where a post is from. X sends it if the query asks for it (<c>expansions</c>, <c>place.fields</c>).</summary>
public sealed record Place : TwitterObject
{
    /// <summary>The id.</summary>
    public string? Id { get; init; }

    /// <summary>The name, such as "Manhattan".</summary>
    public string? Name { get; init; }

    /// <summary>The name with what it is in, such as "Manhattan, NY".</summary>
    public string? FullName { get; init; }

    /// <summary>The country.</summary>
    public string? Country { get; init; }

    /// <summary>The country's code of ISO 3166-1.</summary>
    public string? CountryCode { get; init; }

    /// <summary><c>city</c>, <c>poi</c> and so on.</summary>
    public string? Type { get; init; }

    internal static Place Read(JsonElement json) => new()
    {
        Json = json,
        Id = json.Text("id"u8),
        Name = json.Text("name"u8),
        FullName = json.Text("full_name"u8),
        Country = json.Text("country"u8),
        CountryCode = json.Text("country_code"u8),
        Type = json.Text("place_type"u8),
    };
}
