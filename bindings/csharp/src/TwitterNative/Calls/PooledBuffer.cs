using System;
using System.Buffers;

namespace TwitterNative.Calls;

/// <summary>A growing buffer in an array of the shared pool. The array is cleared before it is returned: requests hold tokens.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int MinimumSize = 1024;

    /// <summary>The content, and unused bytes behind it.</summary>
    public byte[] Array { get; private set; } = [];

    public int Length { get; private set; }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Array.AsSpan(Length);
    }

    public void Append(byte value)
    {
        Reserve(1);
        Array[Length++] = value;
    }

    /// <summary>Replaces a part by other bytes.</summary>
    /// <returns>How many bytes the content has grown by; negative if it has shrunk.</returns>
    public int Replace(int start, int length, ReadOnlySpan<byte> by)
    {
        int change = by.Length - length;
        Reserve(Math.Max(change, 0));
        int behind = start + length;
        Array.AsSpan(behind, Length - behind).CopyTo(Array.AsSpan(behind + change));
        by.CopyTo(Array.AsSpan(start));
        if (change < 0)
        {
            Array.AsSpan(Length + change, -change).Clear();
        }
        Length += change;
        return change;
    }

    /// <summary>Clears the content and returns the array to the pool.</summary>
    public void Clear()
    {
        Release(Array, Length);
        Array = [];
        Length = 0;
    }

    private void Reserve(int count)
    {
        int needed = checked(Length + Math.Max(count, 1));
        if (needed <= Array.Length)
        {
            return;
        }
        byte[] former = Array;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, MinimumSize), Math.Min(former.Length, 1 << 29) * 2));
        former.AsSpan(0, Length).CopyTo(larger);
        Array = larger;
        Release(former, Length);
    }

    private static void Release(byte[] array, int used)
    {
        if (array.Length > 0)
        {
            array.AsSpan(0, used).Clear();
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
