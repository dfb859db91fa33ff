using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Calls;
using TwitterNative.Interop;

namespace TwitterNative.Files;

/// <summary>The memory and temporary files that a call lends to the library. They stay valid until this is disposed.</summary>
internal sealed class Lender : IDisposable
{
    /// <summary>
    /// Smaller contents are copied to native memory. Small objects that are pinned for minutes hinder the garbage collector;
    /// larger ones are on .NET's large object heap, which it does not move.
    /// </summary>
    private const int CopiedBelow = 85_000;

    private readonly List<IDisposable> _held;

    private Lender(int count)
    {
        Bytes = new Native.Bytes[count];
        _held = new List<IDisposable>(count);
    }

    /// <summary>What a call without files lends.</summary>
    public static Lender Nothing { get; } = new(0);

    /// <summary>The contents, by their index in the request. Empty for a stream that was written to a temporary file.</summary>
    public Native.Bytes[] Bytes { get; }

    /// <summary>Lends the files of a request; streams are read first.</summary>
    public static Lender Lend(RequestWriter request)
    {
        if (request.Files.Count == 0)
        {
            return Nothing;
        }
        var lender = new Lender(request.Files.Count);
        try
        {
            for (int i = 0; i < request.Files.Count; i++)
            {
                FileSource source = request.Files[i].Source;
                lender.Add(
                    request, i,
                    source.Stream is null ? new SpooledStream(source.Memory) : SpooledStream.Read(source.Stream));
            }
            return lender;
        }
        catch
        {
            lender.Dispose();
            throw;
        }
    }

    /// <summary>The same without blocking the thread while streams are read.</summary>
    public static async Task<Lender> LendAsync(RequestWriter request, CancellationToken cancellationToken)
    {
        var lender = new Lender(request.Files.Count);
        try
        {
            for (int i = 0; i < request.Files.Count; i++)
            {
                FileSource source = request.Files[i].Source;
                SpooledStream content = source.Stream is null
                    ? new SpooledStream(source.Memory)
                    : await SpooledStream.ReadAsync(source.Stream, cancellationToken).ConfigureAwait(false);
                lender.Add(request, i, content);
            }
            return lender;
        }
        catch
        {
            lender.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // That of calls without files is all threads' own: one would find that another has changed the list.
        if (_held.Count == 0)
        {
            return;
        }
        foreach (IDisposable held in _held)
        {
            held.Dispose();
        }
        _held.Clear();
    }

    private void Add(RequestWriter request, int slot, SpooledStream content)
    {
        if (content.Path is string path)
        {
            _held.Add(content);
            request.ReplaceByPath(slot, path);
            return;
        }
        Bytes[slot] = content.Memory.Length < CopiedBelow ? Copy(content.Memory.Span) : Pin(content.Memory);
    }

    private unsafe Native.Bytes Copy(ReadOnlySpan<byte> content)
    {
        var copy = new NativeCopy(content);
        _held.Add(copy);
        return new Native.Bytes { Data = (byte*)copy.Address, Length = (nuint)content.Length };
    }

    private unsafe Native.Bytes Pin(ReadOnlyMemory<byte> content)
    {
        MemoryHandle pin = content.Pin();
        _held.Add(pin);
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
