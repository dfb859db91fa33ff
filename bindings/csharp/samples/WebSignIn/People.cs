using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TokenStores;
using TwitterNative;

namespace WebSignIn;

/// <summary>
/// Those who have signed in. The tokens of each are in a database, where the library renews them, so that people stay signed
/// in when the site starts anew, and any number of its processes can serve them. The key is the hash of the cookie: who can
/// read the database can't sign in as somebody else.
/// </summary>
internal sealed class People(ITwitterClient application, SqliteTokenStore store)
{
    /// <summary>A client for somebody who is about to sign in.</summary>
    public ITwitterClient New(string person) => application.ForAccount(KeyOf(person));

    /// <summary>The client of somebody who has signed in.</summary>
    public async Task<ITwitterClient?> FindAsync(string? person, CancellationToken canceled) =>
        person is not null && await store.ReadAsync(KeyOf(person), canceled) is not null ? New(person) : null;

    private static string KeyOf(string person) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(person)));
}
