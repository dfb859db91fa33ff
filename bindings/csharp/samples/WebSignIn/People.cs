using System.Collections.Concurrent;
using TwitterNative;

namespace WebSignIn;

/// <summary>
/// Those who have signed in, each with a client. Here they are in memory and gone with the process; a real site writes
/// the tokens that <see cref="ITwitterClient.TokensChanged"/> brings to its database.
/// </summary>
internal sealed class People
{
    private readonly ConcurrentDictionary<string, ITwitterClient> _clients = new();

    public void Add(string id, ITwitterClient client) => _clients[id] = client;

    public ITwitterClient? Find(string? id) => id is not null && _clients.TryGetValue(id, out ITwitterClient? client) ? client : null;
}
