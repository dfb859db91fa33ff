using System;
using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Calls;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What a successful call gives.</summary>
/// <typeparam name="T">What <see cref="Json"/> is read into.</typeparam>
public sealed class TwitterResult<T>
{
    private volatile Func<JsonElement, T>? _read;
    private T _value;

    /// <summary>A result by hand, for tests of code that uses one.</summary>
    /// <param name="value">What the call gives.</param>
    /// <param name="json">X's JSON.</param>
    /// <param name="http">The last request.</param>
    public TwitterResult(T value, JsonElement json = default, TwitterHttp? http = null)
    {
        _value = value;
        Json = json;
        Http = http;
    }

    internal TwitterResult(Envelope envelope, Func<JsonElement, T> read)
    {
        _value = default!;
        _read = read;
        Json = envelope.Content;
        Http = TwitterHttp.Read(envelope.Http);
    }

    /// <summary>
    /// <see cref="Json"/> as the type of this result, read when it is first asked for. A field that X left out or sent
    /// as another kind is null: what has been posted does not look failed because X changed its answer.
    /// </summary>
    public T Value
    {
        get
        {
            // Two threads may both read it; they get equal values.
            if (_read is Func<JsonElement, T> read)
            {
                _value = read(Json);
                _read = null;
            }
            return _value;
        }
    }

    /// <summary>X's JSON as it came; null in JSON where X's answer was empty.</summary>
    public JsonElement Json { get; }

    /// <summary>The last request of the call; null if none was sent.</summary>
    public TwitterHttp? Http { get; }

    /// <summary>What X sent beside the data because the query's <c>expansions</c> asked for it.</summary>
    public TwitterIncludes Includes => new(Json.Member("includes"u8));

    /// <summary>What X left out of a successful answer, and why.</summary>
    public IReadOnlyList<TwitterProblem> Problems => Json.Member("errors"u8).List(TwitterProblem.Read);

    /// <summary>The token of the next page; null if there is none.</summary>
    public string? NextToken => Json.Member("meta"u8).Text("next_token"u8);

    /// <summary>If several pages were read: the error that ended the reading early. Null if nothing is missing.</summary>
    public TwitterError? Incomplete =>
        Json.Member("incomplete"u8) is { ValueKind: JsonValueKind.Object } error ? TwitterError.Read(error) : null;

    /// <summary>The type, and the HTTP status if something was sent. The content is not shown: it may be secret.</summary>
    public override string ToString() =>
        Http?.Status is int status ? $"{typeof(T).Name} (HTTP {status})" : typeof(T).Name;
}
