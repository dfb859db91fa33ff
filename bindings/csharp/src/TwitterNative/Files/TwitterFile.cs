using System;
using System.IO;
using TwitterNative.Files;

namespace TwitterNative;

/// <summary>
/// A file to upload: a path, bytes in memory, or a stream. Paths, byte arrays, <see cref="FileInfo"/> and streams convert
/// to it implicitly.
/// </summary>
/// <remarks>
/// <para>Files and bytes are streamed to X, so the memory that a call needs does not grow with their size. Bytes are not
/// copied, unless there are fewer than 85,000. They must not be changed until the call has ended.</para>
/// <para>A stream is read once, from its position on, and is not closed. Unless it is over memory or a file of the disk, it
/// is copied before the upload begins: up to 4 MiB into memory, a longer one into a temporary file that only this user can
/// read.</para>
/// </remarks>
public sealed class TwitterFile
{
    private readonly string? _path;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly Stream? _stream;
    private readonly string? _name;

    private TwitterFile(string? path, ReadOnlyMemory<byte> memory, Stream? stream, string? name)
    {
        _path = path;
        _memory = memory;
        _stream = stream;
        _name = name;
    }

    /// <summary>A file of the disk.</summary>
    /// <param name="path">Its path. It is opened by the call, not here.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static TwitterFile FromPath(string path) => new(Guard.NotNull(path, nameof(path)), default, null, null);

    /// <summary>A file from memory.</summary>
    /// <param name="content">Its bytes, which must not be changed until the call has ended.</param>
    /// <param name="name">A file name. Its extension tells the media type if the content does not.</param>
    public static TwitterFile FromBytes(ReadOnlyMemory<byte> content, string? name = null) =>
        new(null, content, null, name);

    /// <summary>A file from a stream, which is read from its position on and not closed.</summary>
    /// <param name="content">A readable stream. It can be used for one call, unless it is over memory or a file of the disk.</param>
    /// <param name="name">A file name. Its extension tells the media type if the content does not.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static TwitterFile FromStream(Stream content, string? name = null) =>
        new(null, default, Guard.NotNull(content, nameof(content)), name);

    /// <summary>The same as <see cref="FromPath"/>.</summary>
    /// <param name="path">The path.</param>
    public static implicit operator TwitterFile(string path) => FromPath(path);

    /// <summary>The same as <see cref="FromBytes"/>.</summary>
    /// <param name="content">The bytes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    public static implicit operator TwitterFile(byte[] content) => FromBytes(Guard.NotNull(content, nameof(content)));

    /// <summary>The same as <see cref="FromPath"/>.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    public static implicit operator TwitterFile(FileInfo file) => FromPath(Guard.NotNull(file, nameof(file)).FullName);

    /// <summary>The same as <see cref="FromStream"/>.</summary>
    /// <param name="content">The stream.</param>
    public static implicit operator TwitterFile(Stream content) => FromStream(content);

    /// <summary>The path, the number of bytes, or the type of the stream.</summary>
    public override string ToString() =>
        _path ?? (_stream is null ? $"{_memory.Length} bytes" : _stream.GetType().Name);

    internal FileSource Open()
    {
        if (_path is not null)
        {
            return FileSource.OfPath(_path);
        }
        return _stream is null ? FileSource.OfMemory(_memory, _name) : FileSource.OfStream(_stream, _name);
    }
}
