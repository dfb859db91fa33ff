using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace TwitterNative.Files;

/// <summary>
/// The content of a file that is not read from its path. A stream is copied: up to 4 MiB into memory, a longer one into a
/// temporary file, which is deleted when this is disposed.
/// </summary>
internal sealed class FileContent : IDisposable
{
    private const int MaxInMemory = 4 * 1024 * 1024;
    private const int BlockSize = 128 * 1024;

    private readonly FileStream? _file;

    /// <summary>Content that is in memory already. It is not copied.</summary>
    public FileContent(ReadOnlyMemory<byte> memory) => Memory = memory;

    private FileContent(FileStream file, string path)
    {
        _file = file;
        Path = path;
    }

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>The temporary file; null if the content is in memory.</summary>
    public string? Path { get; }

    /// <summary>Copies a stream, from where it stands to its end, on this thread.</summary>
    public static FileContent Read(Stream stream)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var copy = new Copy();
        try
        {
            int count;
            while ((count = stream.Read(block, 0, block.Length)) > 0)
            {
                copy.Target(count).Write(block, 0, count);
            }
            return copy.End();
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The same, without blocking the thread.</summary>
    public static async Task<FileContent> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var copy = new Copy();
        try
        {
            int count;
            while ((count = await ReadAsync(stream, block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await WriteAsync(copy.Target(count), block, count, cancellationToken).ConfigureAwait(false);
            }
            return copy.End();
        }
        catch
        {
            copy.Dispose();
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

    /// <summary>A new file that only this user can read. It is deleted when it is closed.</summary>
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
        return PrivateFile.Create(path, BlockSize);
#endif
    }

    /// <summary>Where a stream is copied to.</summary>
    private sealed class Copy : IDisposable
    {
        private MemoryStream _memory = new();
        private FileStream? _file;

        /// <summary>The stream for the next bytes: the memory, or the file once the memory would exceed its limit.</summary>
        public Stream Target(int count)
        {
            if (_file is null && _memory.Length + count > MaxInMemory)
            {
                _file = TemporaryFile();
                _memory.WriteTo(_file);
                // The memory is not needed any more.
                _memory = new MemoryStream();
            }
            return _file ?? (Stream)_memory;
        }

        public FileContent End()
        {
            _file?.Flush();
            return _file is null
                ? new FileContent(_memory.GetBuffer().AsMemory(0, (int)_memory.Length))
                : new FileContent(_file, _file.Name);
        }

        public void Dispose() => _file?.Dispose();
    }
}
