using System.Globalization;
using System.Text;

namespace TwitterNative.Benchmarks;

/// <summary>What was aimed at, beside what was measured.</summary>
internal static class Aims
{
    public static string Table(Measurements measured)
    {
        var table = new StringBuilder("| case | aim over the raw C call | measured | |\n|---|---|---:|---|\n");
        void Row(string what, string aim, double found, double most, string unit) => table.Append(
            CultureInfo.InvariantCulture, $"| {what} | at most {aim} | {Short(found)} {unit} | {(found <= most ? "met" : "**missed**")} |\n");

        double raw = measured.Microseconds("Calls.Raw"), sync = measured.Microseconds("Calls.Sync");
        Row("the least call", "4 µs more", sync - raw, 4, "µs");
        Row("", "320 B", measured.Bytes("Calls.Sync"), 320, "B");
        Row("the same with progress", "1 µs more than without", measured.Microseconds("Calls.SyncWithProgress") - sync, 1, "µs");
        Row("", "0 B more", measured.Bytes("Calls.SyncWithProgress") - measured.Bytes("Calls.Sync"), 0, "B");
        Row("the same, awaited", "40 µs more", measured.Microseconds("Calls.Async") - raw, 40, "µs");
        Row("", "600 B", measured.Bytes("Calls.Async"), 600, "B");
        Row("a post, one after the other", "1.15 ×", measured.Post.Ratio, 1.15, "×");
        Row("512 MiB by path", "1.05 ×", measured.ByPath.Ratio, 1.05, "×");
        Row("512 MiB from memory", "1.05 ×", measured.FromMemory.Ratio, 1.05, "×");
        Row("100 posts read by `Value`", "150 µs", measured.Microseconds("Reading.HundredTweets"), 150, "µs");
        Row("", "3 × the JSON's size", (double)measured.Bytes("Reading.HundredTweets") / Reading.Size, 3, "×");
        table.Append(
            CultureInfo.InvariantCulture,
            $"\nBeside them: the raw call takes {Short(raw)} µs, and {Short(measured.Microseconds("Calls.RawInThePool"))} µs where it is awaited by `Task.Run`. "
            + $"A raw post takes {Short(measured.Post.Raw)} µs, 512 MiB by path {Short(measured.ByPath.Raw / 1e6)} s.\n");
        return table.ToString();
    }

    /// <summary>As many digits as are worth reading.</summary>
    private static string Short(double value) => value.ToString(value < 99.95 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
