#if !NET8_0_OR_GREATER
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;

namespace TwitterNative.Files;

/// <summary>
/// Temporary files that only this user can read. On Unix a file has the mode of the process's umask until it is
/// changed, so the mode is changed while the file is still empty; on Windows the user's own temporary folder is private.
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

    /// <summary>The mode 0600 is 0x180.</summary>
    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int chmod(string path, uint mode);
}
#endif
