namespace TwitterNative.Files;

/// <summary>A file that a request refers to by an index, <c>{"bytes":0}</c>.</summary>
/// <param name="source">The file.</param>
/// <param name="start">Where the reference begins in the request's JSON, in bytes.</param>
/// <param name="length">How many bytes of JSON the reference is.</param>
internal sealed class FileReference(FileSource source, int start, int length)
{
    public FileSource Source { get; } = source;

    public int Start { get; set; } = start;

    public int Length { get; } = length;
}
