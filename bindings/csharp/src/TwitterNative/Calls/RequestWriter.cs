using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwitterNative.Files;

namespace TwitterNative.Calls;

/// <summary>
/// Writes the JSON request of one call. It is written on the caller's thread, so the caller may change the options as soon
/// as the method has returned. The buffer is rented from the shared pool and cleared before it is returned: it holds
/// tokens.
/// </summary>
/// <remarks>Null values are left out. The parameters come last, by <see cref="Seal"/>.</remarks>
internal sealed class RequestWriter : IDisposable
{
    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JsonText.Encoder,
        MaxDepth = Envelope.MaxDepth,
    };

    [ThreadStatic]
    private static RequestWriter? t_free;

    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;
    private List<FileReference>? _files;

    /// <summary>Whether this is the request for one page of an enumeration.</summary>
    private bool _isPage;

    /// <summary>The token of that page; null for the first one.</summary>
    private string? _continuationToken;

    /// <summary>The name of that token in the query.</summary>
    private string _continuationField = "";

    private RequestWriter() => _json = new Utf8JsonWriter(_buffer, s_writing);

    /// <summary>The request, NUL-terminated, once it is sealed.</summary>
    public byte[] Array => _buffer.Array;

    /// <summary>The files that the request refers to by an index. Files that it names by a path are not among them.</summary>
    public IReadOnlyList<FileReference> Files => _files ?? (IReadOnlyList<FileReference>)[];

    /// <summary>The JSON writer, for values that this class has no method for.</summary>
    public Utf8JsonWriter Json => _json;

    public static RequestWriter Begin()
    {
        RequestWriter writer = t_free ?? new RequestWriter();
        t_free = null;
        writer._json.WriteStartObject();
        return writer;
    }

    /// <summary>The request for one page of an enumeration.</summary>
    /// <param name="continuationToken">Where the page begins; null for the first one.</param>
    /// <param name="path">The path of X that is asked, where that is the caller's choice.</param>
    public static RequestWriter BeginPage(string? continuationToken, string? path = null)
    {
        RequestWriter writer = Begin();
        writer._isPage = true;
        writer._continuationToken = continuationToken;
        // X's document: searches and counts take next_token, the rest pagination_token.
        writer._continuationField = path is not null && (path.Contains("/search") || path.Contains("/counts"))
            ? "next_token"
            : "pagination_token";
        return writer;
    }

    public void Write(string name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    public void Write(string name, bool? value)
    {
        if (value is bool given)
        {
            _json.WriteBoolean(name, given);
        }
    }

    public void Write(string name, long? value)
    {
        if (value is long given)
        {
            _json.WriteNumber(name, given);
        }
    }

    /// <summary>A number. NaN and infinity, which JSON lacks, are written as text: the library's error then names the field.</summary>
    public void Write(string name, double? value)
    {
        if (value is not double given)
        {
            return;
        }
        if (double.IsNaN(given) || double.IsInfinity(given))
        {
            _json.WriteString(name, given.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            _json.WriteNumber(name, given);
        }
    }

    public void WriteSeconds(string name, TimeSpan? value) => Write(name, RoundUp(value?.TotalSeconds));

    public void WriteMinutes(string name, TimeSpan? value) => Write(name, RoundUp(value?.TotalMinutes));

    public void Write(string name, IEnumerable<string?>? values)
    {
        if (values is null)
        {
            return;
        }
        _json.WriteStartArray(name);
        foreach (string? value in values)
        {
            _json.WriteStringValue(value);
        }
        _json.WriteEndArray();
    }

    public void Write(string name, JsonNode? value)
    {
        if (value is not null)
        {
            _json.WritePropertyName(name);
            NodeWriter.WriteValue(this, value, [], name);
        }
    }

    public void Write(string name, IRequestObject? value)
    {
        if (value is not null)
        {
            _json.WritePropertyName(name);
            WriteValue(value);
        }
    }

    public void Write(string name, IEnumerable<IRequestObject>? values)
    {
        if (values is null)
        {
            return;
        }
        _json.WriteStartArray(name);
        foreach (IRequestObject value in values)
        {
            WriteValue(value);
        }
        _json.WriteEndArray();
    }

    public void Write(string name, TwitterFile? file)
    {
        if (file is not null)
        {
            _json.WritePropertyName(name);
            WriteValue(file);
        }
    }

    public void Write(string name, IEnumerable<TwitterFile>? files)
    {
        if (files is null)
        {
            return;
        }
        _json.WriteStartArray(name);
        foreach (TwitterFile file in files)
        {
            WriteValue(file);
        }
        _json.WriteEndArray();
    }

    /// <summary>The query of a function that reads a list. For a page of an enumeration the page's token is added.</summary>
    public void WriteQuery(string name, JsonObject? query)
    {
        if (_continuationToken is null)
        {
            Write(name, query);
            return;
        }
        _json.WriteStartObject(name);
        if (query is not null)
        {
            NodeWriter.WriteMembers(this, query, [], name, except: _continuationField);
        }
        _json.WriteString(_continuationField, _continuationToken);
        _json.WriteEndObject();
    }

    /// <summary>How many pages the call reads: one if this is a page of an enumeration.</summary>
    public void WriteMaxPages(string name, int? pages) => Write(name, _isPage ? 1 : pages);

    /// <summary>The members of an object, as fields of the request.</summary>
    public void WriteMembers(JsonObject members) => NodeWriter.WriteMembers(this, members, []);

    /// <summary>A file: its path, or an index in <see cref="Files"/> for memory and streams.</summary>
    public void WriteValue(TwitterFile? file)
    {
        if (file is null)
        {
            _json.WriteNullValue();
            return;
        }
        FileSource source = file.Open();
        if (source.Path is string path)
        {
            _json.WriteStringValue(path);
            return;
        }
        _files ??= [];
        _json.Flush();
        int start = _buffer.Length;
        _json.WriteStartObject();
        _json.WriteNumber("bytes", _files.Count);
        Write("name", source.Name);
        _json.WriteEndObject();
        _json.Flush();
        _files.Add(new FileReference(source, start, _buffer.Length - start));
    }

    /// <summary>
    /// Replaces the index that <see cref="WriteValue(TwitterFile)"/> wrote by a path: the stream was too long for memory.
    /// </summary>
    public void ReplaceByPath(int index, string path)
    {
        FileReference file = _files![index];
        byte[] name = JsonText.Quote(path);
        // The writer may have put a comma in front of the object, which stays.
        int start = file.Start;
        while (_buffer.Array[start] != (byte)'{')
        {
            start++;
        }
        int change = _buffer.Replace(start, file.Start + file.Length - start, name);
        for (int i = index + 1; i < _files.Count; i++)
        {
            _files[i].Start += change;
        }
    }

    /// <summary>Ends the request with the parameters, a JSON object.</summary>
    public void Seal(byte[] parameters)
    {
        _json.WritePropertyName("parameters");
        _json.WriteRawValue(parameters, skipInputValidation: true);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Append(0);
    }

    /// <summary>Ends a JSON object that is no request.</summary>
    /// <returns>The object in UTF-8, without a NUL.</returns>
    public byte[] EndObject()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.Array.AsSpan(0, _buffer.Length).ToArray();
    }

    /// <summary>Clears the request and keeps the writer for the thread's next one.</summary>
    public void Dispose()
    {
        _buffer.Clear();
        _json.Reset(_buffer);
        _files = null;
        _isPage = false;
        _continuationToken = null;
        t_free = this;
    }

    private void WriteValue(IRequestObject? value)
    {
        if (value is null)
        {
            _json.WriteNullValue();
            return;
        }
        _json.WriteStartObject();
        value.Write(this);
        _json.WriteEndObject();
    }

    /// <summary>Rounds up: a wait is never shorter than what was asked for.</summary>
    private static long? RoundUp(double? value) => value is double given ? checked((long)Math.Ceiling(given)) : null;
}
