using System;
using System.IO;

namespace TwitterNative.Files;

/// <summary>Where a call gets the content of a <see cref="TwitterFile"/> from: a path, memory, or a stream.</summary>
internal readonly struct FileSource
{
    private FileSource(string? path, ReadOnlyMemory<byte> memory, Stream? stream, string? name)
    {
        Path = path;
        Memory = memory;
        Stream = stream;
        Name = name;
    }

    /// <summary>The path; null if the content is in memory or a stream.</summary>
    public string? Path { get; }

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The stream; null if the content is in memory.</summary>
    public Stream? Stream { get; }

    public string? Name { get; }

    public static FileSource OfPath(string path) => new(path, default, null, null);

    public static FileSource OfMemory(ReadOnlyMemory<byte> memory, string? name) => new(null, memory, null, name);

    /// <summary>
    /// The content of a stream from its position on. Of a <see cref="MemoryStream"/> the memory is used itself. A
    /// <see cref="FileStream"/> at its beginning is replaced by its path, so its size does not matter.
    /// </summary>
    public static FileSource OfStream(Stream stream, string? name)
    {
        if (stream is MemoryStream memory && memory.GetType() == typeof(MemoryStream)
            && memory.TryGetBuffer(out ArraySegment<byte> buffer))
        {
            int position = (int)Math.Min(memory.Position, buffer.Count);
            return OfMemory(buffer.AsMemory(position), name);
        }
        if (stream is FileStream file && name is null)
        {
            return PathOf(file) is string path
                ? OfPath(path)
                : new FileSource(null, default, stream, FileName(file));
        }
        return new FileSource(null, default, stream, name);
    }

    /// <summary>The path of a file stream; null if reading the path would not give the same content.</summary>
    private static string? PathOf(FileStream file)
    {
        try
        {
            if (!file.CanSeek || file.Position != 0 || !File.Exists(file.Name))
            {
                return null;
            }
            if (file.CanWrite)
            {
                file.Flush();
            }
            string path = System.IO.Path.GetFullPath(file.Name);
            // The share mode may forbid to open the file again, and by now another file may have this path.
            using var second = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return second.Length == file.Length ? path : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            return null;
        }
    }

    private static string? FileName(FileStream file)
    {
        string name = System.IO.Path.GetFileName(file.Name);
        return name.Length > 0 && name[0] != '[' ? name : null;
    }
}
