namespace TwitterNative.Files;

/// <summary>A file that a request names by an index, and where in the request it does.</summary>
internal sealed class FileSlot(FileSource source, int start, int length)
{
    public FileSource Source { get; } = source;

    public int Start { get; set; } = start;

    public int Length { get; } = length;
}
