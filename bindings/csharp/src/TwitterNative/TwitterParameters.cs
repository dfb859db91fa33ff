using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwitterNative.Calls;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>
/// Settings and credentials. What is null has its default. Printing shows the names of what is set, never a value:
/// most of them are secrets.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class TwitterParameters
{
    /// <summary>Parameters that are newer than this package, by the library's names.</summary>
    public JsonObject? Additional { get; set; }

    /// <summary>The parameters of a JSON file, checked by the library.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="TwitterFileException">The file can't be read.</exception>
    /// <exception cref="TwitterInvalidRequestException">It is no JSON object, or something in it is no parameter.</exception>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static TwitterParameters Load(string path)
    {
        Guard.NotNull(path, nameof(path));
        // An absolute path: the library would take a path that begins with a brace for the parameters themselves.
        JsonElement inUse = Check(Path.GetFullPath(path));
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The library could read the file. Its result will do, though it has the defaults too.
            return Read(inUse);
        }
        return Read(ParseObject(text) ?? inUse);
    }

    /// <summary>The parameters of a JSON text, checked by the library.</summary>
    /// <param name="json">A JSON object.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="TwitterInvalidRequestException">It is no JSON object, or something in it is no parameter.</exception>
    /// <exception cref="TwitterLibraryException">The library can't be loaded.</exception>
    public static TwitterParameters Parse(string json)
    {
        Guard.NotNull(json, nameof(json));
        string text = json.TrimStart('\uFEFF').Trim();
        // The library would take anything else for the path of a file.
        if (text.Length == 0 || text[0] != '{')
        {
            throw TwitterException.InvalidRequest(
                "The parameters are no JSON object. For those of a file take TwitterParameters.Load.", "parameters");
        }
        JsonElement inUse = Check(text);
        return Read(ParseObject(text) ?? inUse);
    }

    /// <summary>Sets a parameter by the library's name, as configuration files have it.</summary>
    /// <param name="name">The name, such as <c>timeout_seconds</c>. One that this version doesn't know is kept in <see cref="Additional"/>.</param>
    /// <param name="value">Its value; numbers and booleans as text. What is none is refused by the library, in the first call.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Set(string name, string value)
    {
        using JsonDocument document = JsonDocument.Parse(JsonText.Quote(Guard.NotNull(value, nameof(value))));
        Set(Guard.NotNull(name, nameof(name)), document.RootElement);
    }

    /// <summary>The names of the parameters that are set.</summary>
    public override string ToString() => "TwitterParameters { " + string.Join(", ", Names()) + " }";

    /// <summary>A copy that shares nothing with this one.</summary>
    internal TwitterParameters Copy()
    {
        var copy = new TwitterParameters();
        copy.LayOver(this);
        return copy;
    }

    /// <summary>Overrides these parameters by those that are set in others.</summary>
    internal void LayOver(TwitterParameters others)
    {
        LayOverKnown(others);
        if (others.Additional is null)
        {
            return;
        }
        JsonObject additional = Additional ?? [];
        foreach (KeyValuePair<string, JsonNode?> member in NodeWriter.Readable(others.Additional, "parameters"))
        {
            additional[member.Key] = member.Value?.DeepClone();
        }
        Additional = additional;
    }

    internal void Write(RequestWriter writer)
    {
        WriteKnown(writer);
        if (Additional is not null)
        {
            writer.WriteMembers(Additional);
        }
    }

    /// <summary>Reads the members of a JSON object. Those that this version doesn't know go to <see cref="Additional"/>.</summary>
    internal static TwitterParameters Read(JsonElement json)
    {
        var parameters = new TwitterParameters();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            parameters.Set(member.Name, member.Value);
        }
        return parameters;
    }

    /// <summary>The parameters as the library will use them.</summary>
    /// <param name="given">A path, or a JSON object.</param>
    /// <exception cref="TwitterException">The library refuses them.</exception>
    private static JsonElement Check(string given)
    {
        RequestWriter request = RequestWriter.Begin();
        try
        {
            request.Seal(JsonText.Quote(given));
            Envelope envelope = CallRunner.Invoke(Functions.GetStandardParameters, request);
            return envelope.IsOk ? envelope.Content : throw TwitterException.Of(envelope);
        }
        finally
        {
            request.Dispose();
        }
    }

    /// <summary>The JSON object in the text; null if .NET can't read it, whose reader is stricter than the library's.</summary>
    private static JsonElement? ParseObject(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Sets a parameter. One that this version doesn't know or can't read is kept for the library to check.</summary>
    private void Set(string name, JsonElement value)
    {
        if (value.IsSet() && !SetKnown(name, value))
        {
            (Additional ??= [])[name] = JsonNode.Parse(value.GetRawText());
        }
    }

    private List<string> Names()
    {
        var names = new List<string>();
        AddNames(names);
        if (Additional is not null)
        {
            foreach (KeyValuePair<string, JsonNode?> member in Additional)
            {
                names.Add(member.Key);
            }
        }
        return names;
    }

    private static TimeSpan? ReadSeconds(JsonElement value) =>
        ReadLong(value) is long seconds && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>A whole number, in text too: the library takes both.</summary>
    private static long? ReadLong(JsonElement value) =>
        long.TryParse(value.AsText()?.Trim(), System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    /// <summary>An array of texts, or one text with spaces between them.</summary>
    private static IReadOnlyList<string>? ReadList(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.List(static item => item.AsText() ?? ""),
        JsonValueKind.String => value.GetString()!.Split([' '], StringSplitOptions.RemoveEmptyEntries),
        _ => null,
    };

    private static bool? ReadBoolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => bool.TryParse(value.AsText(), out bool read) ? read : value.AsText() == "1",
    };
}
