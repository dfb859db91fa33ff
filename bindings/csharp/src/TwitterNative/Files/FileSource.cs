using System;
using System.IO;

namespace TwitterNative.Files;

/// <summary>What a <see cref="TwitterFile"/> is for one call: a path, memory, or a stream that has to be read first.</summary>
internal readonly struct FileSource
{
    private FileSource(string? path, ReadOnlyMemory<byte> memory, Stream? stream, string? name)
    {
        Path = path;
        Memory = memory;
        Stream = stream;
        Name = name;
    }

    /// <summary>The path; null where the content is memory or a stream.</summary>
    public string? Path { get; }

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The stream; null where the content is memory.</summary>
    public Stream? Stream { get; }

    public string? Name { get; }

    public static FileSource OfPath(string path) => new(path, default, null, null);

    public static FileSource OfMemory(ReadOnlyMemory<byte> memory, string? name) => new(null, memory, null, name);

    /// <summary>
    /// A stream is read from where it stands. One over memory is lent as that memory; a file of the disk at its
    /// beginning is given by its path, so that its size does not matter.
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

    /// <summary>The path of a file stream, if reading that would give the same.</summary>
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
            // A share mode may forbid a second reader, and another file may have the name by now.
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
