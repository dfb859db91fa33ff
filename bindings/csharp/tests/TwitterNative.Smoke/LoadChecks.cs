using System.Threading.Tasks;

namespace TwitterNative.Smoke;

/// <summary>Finding the library. Before all others: once it is loaded no other can be.</summary>
internal static class LoadChecks
{
    public static async Task Run(Report report)
    {
        await report.Check("a library that isn't there is named", () =>
        {
            string missing = System.IO.Path.GetFullPath("/no/such/folder/libtwitter_native.so");
            TwitterRuntime.LibraryPath = missing;
            TwitterLibraryException error =
                Expect.Throws<TwitterLibraryException>(() => _ = new TwitterClient(new TwitterParameters()));
            Expect.Contains(missing, error.Message);
            Expect.Contains("TwitterRuntime.LibraryPath", error.Message);
            Expect.Equal(1, error.Tried.Count);
            TwitterRuntime.LibraryPath = null;
        });
        await report.Check("a file that is no library is named", () =>
        {
            string path = System.IO.Path.GetTempFileName();
            try
            {
                System.IO.File.WriteAllText(path, "no library");
                TwitterRuntime.LibraryPath = path;
                Expect.Contains(path, Expect.Throws<TwitterLibraryException>(() => _ = TwitterRuntime.Version).Message);
            }
            finally
            {
                System.IO.File.Delete(path);
                TwitterRuntime.LibraryPath = null;
            }
        });
        await report.Check("the library is found and has this version", () =>
        {
            Expect.Equal(typeof(TwitterClient).Assembly.GetName().Version!.ToString(2), Short(TwitterRuntime.Version));
            Expect.True(TwitterRuntime.LibraryPath is not null, "no path");
        });
    }

    private static string Short(string version) => version.Substring(0, version.LastIndexOf('.'));
}
