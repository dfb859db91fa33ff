using System;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace TwitterNative.Benchmarks;

/// <summary>The C ABI without this package: what a call costs a program in C, and what the package is measured against.</summary>
internal static unsafe class RawLibrary
{
    private static readonly nint s_library = NativeLibrary.Load(
        Environment.GetEnvironmentVariable("TWITTER_NATIVE_LIBRARY")
        ?? throw new InvalidOperationException("TWITTER_NATIVE_LIBRARY has to name the library."));

    private static readonly delegate* unmanaged[Cdecl]<byte*, byte*, Options*, byte*> s_call =
        (delegate* unmanaged[Cdecl]<byte*, byte*, Options*, byte*>)NativeLibrary.GetExport(s_library, "twitter_call");

    private static readonly delegate* unmanaged[Cdecl]<byte*, void> s_free =
        (delegate* unmanaged[Cdecl]<byte*, void>)NativeLibrary.GetExport(s_library, "twitter_free");

    private static readonly void* s_progress = (delegate* unmanaged[Cdecl]<void*, uint, ulong, ulong, int>)&GoOn;

    /// <summary>Text as the library takes it.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    public static byte[] Request(JsonObject request) => Text(request.ToJsonString());

    /// <summary>One call without options; its answer is dropped, but has to be a success.</summary>
    public static void Call(byte[] function, byte[] request) => Succeed(function, request, null);

    /// <summary>One that can be cancelled, as each call of the package can.</summary>
    public static void CallWithProgress(byte[] function, byte[] request)
    {
        var options = new Options { Size = (nuint)sizeof(Options), Progress = s_progress };
        Succeed(function, request, &options);
    }

    /// <summary>The same, with a file from memory.</summary>
    public static void Call(byte[] function, byte[] request, byte[] file)
    {
        fixed (byte* data = file)
        {
            var bytes = new Bytes { Data = data, Length = (nuint)file.Length };
            var options = new Options { Size = (nuint)sizeof(Options), Bytes = &bytes, Count = 1, Progress = s_progress };
            Succeed(function, request, &options);
        }
    }

    private static void Succeed(byte[] function, byte[] request, Options* options)
    {
        fixed (byte* name = function, json = request)
        {
            byte* answer = s_call(name, json, options);
            bool isOk = new ReadOnlySpan<byte>(answer, 10).SequenceEqual("{\"ok\":true"u8);
            string? refusal = isOk ? null : Marshal.PtrToStringUTF8((nint)answer);
            s_free(answer);
            if (refusal is not null)
            {
                throw new InvalidOperationException(refusal);
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int GoOn(void* context, uint stage, ulong done, ulong total) => 0;

    [StructLayout(LayoutKind.Sequential)]
    private struct Bytes
    {
        public byte* Data;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Options
    {
        public nuint Size;
        public Bytes* Bytes;
        public nuint Count;
        public void* Progress;
        public void* Log;
        public void* Context;
    }
}
