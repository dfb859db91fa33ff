using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Files;

/// <summary>
/// The content of a stream. It is in memory up to 4 MiB, and a larger one in a temporary file, which is removed when this
/// is disposed.
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

    /// <summary>Reads a stream to its end on this thread.</summary>
    public static SpooledStream Read(Stream stream)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        var spool = new Spool();
        try
        {
            int count;
            while ((count = stream.Read(block, 0, block.Length)) > 0)
            {
                spool.Target(count).Write(block, 0, count);
            }
            return spool.End();
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The same without blocking the thread.</summary>
    public static async Task<SpooledStream> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(Block);
        var spool = new Spool();
        try
        {
            int count;
            while ((count = await ReadAsync(stream, block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await WriteAsync(spool.Target(count), block, count, cancellationToken).ConfigureAwait(false);
            }
            return spool.End();
        }
        catch
        {
            spool.Dispose();
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

    /// <summary>A new file that only this user can read. It is removed when it is closed.</summary>
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

    /// <summary>Where the content goes while it is read.</summary>
    private sealed class Spool : IDisposable
    {
        private MemoryStream _head = new();
        private FileStream? _file;

        /// <summary>The stream for the next bytes: the memory, or the file once the memory would exceed its limit.</summary>
        public Stream Target(int count)
        {
            if (_file is null && _head.Length + count > InMemory)
            {
                _file = TemporaryFile();
                _head.WriteTo(_file);
                // Its memory is free from now on.
                _head = new MemoryStream();
            }
            return _file ?? (Stream)_head;
        }

        public SpooledStream End()
        {
            _file?.Flush();
            return _file is null
                ? new SpooledStream(_head.GetBuffer().AsMemory(0, (int)_head.Length))
                : new SpooledStream(_file, _file.Name);
        }

        public void Dispose() => _file?.Dispose();
    }
}
