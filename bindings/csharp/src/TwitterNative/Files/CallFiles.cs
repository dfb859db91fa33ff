using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Calls;
using TwitterNative.Interop;

namespace TwitterNative.Files;

/// <summary>
/// The files of one call, ready for the library: in native memory, in pinned memory, or in temporary files. They stay
/// valid until this is disposed.
/// </summary>
internal sealed class CallFiles : IDisposable
{
    /// <summary>
    /// Contents of fewer bytes are copied to native memory: small objects that are pinned for minutes keep the garbage
    /// collector from compacting. Larger ones are pinned. They are on the large object heap, which is not compacted.
    /// </summary>
    private const int CopiedBelow = 85_000;

    private readonly List<IDisposable> _resources;

    private CallFiles(int count)
    {
        Bytes = new Native.Bytes[count];
        _resources = new List<IDisposable>(count);
    }

    /// <summary>Those of a call without files.</summary>
    public static CallFiles None { get; } = new(0);

    /// <summary>The contents, by their index in the request. Empty for a stream that was copied to a temporary file.</summary>
    public Native.Bytes[] Bytes { get; }

    /// <summary>Opens the files of a request, and reads its streams to their ends on this thread.</summary>
    public static CallFiles Open(RequestWriter request)
    {
        if (request.Files.Count == 0)
        {
            return None;
        }
        var files = new CallFiles(request.Files.Count);
        try
        {
            for (int i = 0; i < request.Files.Count; i++)
            {
                FileSource source = request.Files[i].Source;
                files.Add(
                    request, i,
                    source.Stream is null ? new FileContent(source.Memory) : FileContent.Read(source.Stream));
            }
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>The same, without blocking the thread while streams are read.</summary>
    public static async Task<CallFiles> OpenAsync(RequestWriter request, CancellationToken cancellationToken)
    {
        var files = new CallFiles(request.Files.Count);
        try
        {
            for (int i = 0; i < request.Files.Count; i++)
            {
                FileSource source = request.Files[i].Source;
                FileContent content = source.Stream is null
                    ? new FileContent(source.Memory)
                    : await FileContent.ReadAsync(source.Stream, cancellationToken).ConfigureAwait(false);
                files.Add(request, i, content);
            }
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // All threads share None, so its list must not be changed, not even cleared.
        if (_resources.Count == 0)
        {
            return;
        }
        foreach (IDisposable resource in _resources)
        {
            resource.Dispose();
        }
        _resources.Clear();
    }

    private void Add(RequestWriter request, int index, FileContent content)
    {
        if (content.Path is string path)
        {
            _resources.Add(content);
            request.ReplaceByPath(index, path);
            return;
        }
        Bytes[index] = content.Memory.Length < CopiedBelow ? Copy(content.Memory.Span) : Pin(content.Memory);
    }

    private unsafe Native.Bytes Copy(ReadOnlySpan<byte> content)
    {
        var copy = new NativeCopy(content);
        _resources.Add(copy);
        return new Native.Bytes { Data = (byte*)copy.Address, Length = (nuint)content.Length };
    }

    private unsafe Native.Bytes Pin(ReadOnlyMemory<byte> content)
    {
        MemoryHandle pin = content.Pin();
        _resources.Add(pin);
        return new Native.Bytes { Data = (byte*)pin.Pointer, Length = (nuint)content.Length };
    }

    private sealed class NativeCopy : IDisposable
    {
        public unsafe NativeCopy(ReadOnlySpan<byte> content)
        {
            Address = Marshal.AllocHGlobal(Math.Max(content.Length, 1));
            content.CopyTo(new Span<byte>((void*)Address, content.Length));
        }

        public IntPtr Address { get; private set; }

        public void Dispose()
        {
            Marshal.FreeHGlobal(Address);
            Address = IntPtr.Zero;
        }
    }
}
