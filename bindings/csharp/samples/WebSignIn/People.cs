using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using TwitterNative;

namespace WebSignIn;

/// <summary>
/// Those who have signed in. The tokens of each are in a file of their own, which the library writes and renews, so that
/// people stay signed in when the site starts anew. The file has the hash of the cookie as its name: who can list the
/// folder can't sign in as somebody else.
/// </summary>
internal sealed class People
{
    private readonly ITwitterClient _application;
    private readonly string _folder;

    public People(ITwitterClient application, IConfiguration configuration)
    {
        _application = application;
        _folder = Path.GetFullPath(configuration["People"] ?? "people");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A client for somebody who is about to sign in.</summary>
    public ITwitterClient New(string person) => _application.With(new() { TokenFile = FileOf(person) });

    /// <summary>The client of somebody who has signed in.</summary>
    public ITwitterClient? Find(string? person) =>
        person is not null && File.Exists(FileOf(person)) ? New(person) : null;

    private string FileOf(string person) =>
        Path.Combine(_folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(person))) + ".json");
}
