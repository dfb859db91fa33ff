#if !NET8_0_OR_GREATER
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace TwitterNative.Files;

/// <summary>
/// Temporary files that only this user can read. .NET Standard 2.0 can't create a file with a mode, so on Unix the mode is
/// changed while the file is still empty. On Windows the user's temporary folder is private.
/// </summary>
internal static class PrivateFile
{
    public static FileStream Create(string path, int bufferSize)
    {
        var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize,
            FileOptions.DeleteOnClose);
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || chmod(path, 0x180) == 0)
        {
            return file;
        }
        int error = Marshal.GetLastWin32Error();
        file.Dispose();
        throw new IOException($"The mode of {path} can't be set.", new Win32Exception(error));
    }

    /// <summary>C# has no octal numbers: 0600 is 0x180.</summary>
    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int chmod(string path, uint mode);
}
#endif
