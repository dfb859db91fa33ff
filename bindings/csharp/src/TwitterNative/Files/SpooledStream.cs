using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Files;

/// <summary>
/// The content of a stream: in memory to 4 MiB, beyond that in a temporary file, which goes when this is disposed.
/// </summary>
internal sealed class SpooledStream : IDisposable
{
    private const int InMemory = 4 * 1024 * 1024;
    private const int Block = 128 * 1024;

    private readonly FileStream? _file;

    /// <summary>Memory as it is.</summary>
    public SpooledStream(ReadOnlyMemory<byte> memory) => Memory = memory;

    private SpooledStream(FileStream file, string path)
    {
        _file = file;
        Path = path;
    }

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The temporary file; null where the content is in memory.</summary>
    public string? Path { get; }

    public static SpooledStream Read(Stream stream)
    {
        var head = new MemoryStream();
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        FileStream? file = null;
        try
        {
            Stream to = head;
            int count;
            while ((count = stream.Read(block, 0, block.Length)) > 0)
            {
                if (file is null && head.Length + count > InMemory)
                {
                    file = TemporaryFile();
                    head.WriteTo(file);
                    head.SetLength(0);
                    to = file;
                }
                to.Write(block, 0, count);
            }
            file?.Flush();
            return file is null ? Whole(head) : new SpooledStream(file, file.Name);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public static async Task<SpooledStream> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new MemoryStream();
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        FileStream? file = null;
        try
        {
            Stream to = head;
            int count;
            while ((count = await ReadAsync(stream, block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (file is null && head.Length + count > InMemory)
                {
                    file = TemporaryFile();
                    head.WriteTo(file);
                    head = new MemoryStream();
                    to = file;
                }
                await WriteAsync(to, block, count, cancellationToken).ConfigureAwait(false);
            }
            if (file is not null)
            {
                await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            return file is null ? Whole(head) : new SpooledStream(file, file.Name);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public void Dispose() => _file?.Dispose();

#if NET8_0_OR_GREATER
    private static ValueTask<int> ReadAsync(Stream stream, byte[] block, CancellationToken cancellationToken) =>
        stream.ReadAsync(block, cancellationToken);

    private static ValueTask WriteAsync(Stream stream, byte[] block, int count, CancellationToken cancellationToken) =>
        stream.WriteAsync(block.AsMemory(0, count), cancellationToken);
#else
    private static Task<int> ReadAsync(Stream stream, byte[] block, CancellationToken cancellationToken) =>
        stream.ReadAsync(block, 0, block.Length, cancellationToken);

    private static Task WriteAsync(Stream stream, byte[] block, int count, CancellationToken cancellationToken) =>
        stream.WriteAsync(block, 0, count, cancellationToken);
#endif

    private static SpooledStream Whole(MemoryStream head) => new(head.GetBuffer().AsMemory(0, (int)head.Length));

    /// <summary>A new file that only this user can read, and that goes when it is closed.</summary>
    private static FileStream TemporaryFile()
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "twitter-native-" + Guid.NewGuid().ToString("N"));
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
#else
        return PrivateFile.Create(path, Block);
#endif
    }
}
