using System;
using System.Text.Json.Nodes;
using TwitterNative.Calls;

namespace TwitterNative;

/// <summary>The options of every call. The options of each method add its own fields.</summary>
/// <remarks>A method reads its options before it returns, so they may be changed and used again right after.</remarks>
public class TwitterCallOptions
{
    /// <summary>
    /// Parameters in place of those of the client, for this call alone. Where they name another account or application,
    /// the call uses none of the client's tokens, and the client doesn't take over the tokens that the call gets.
    /// </summary>
    public TwitterParameters? Parameters { get; set; }

    /// <summary>
    /// Receives the progress of the call, on the thread that runs it. An exception that it throws cancels the call, and the
    /// call throws it. Its <see cref="Exception.Data"/> then has the <see cref="TwitterError"/> of the call under the key
    /// <c>TwitterNative.Error</c>.
    /// </summary>
    /// <remarks><see cref="Progress{T}"/> hands reports to the thread pool, where they may change their order.</remarks>
    public IProgress<TwitterProgress>? Progress { get; set; }

    /// <summary>More fields of the request, by the library's names: those that are newer than this package.</summary>
    public JsonObject? AdditionalFields { get; set; }

    internal virtual void Write(RequestWriter writer)
    {
        if (AdditionalFields is not null)
        {
            writer.WriteMembers(AdditionalFields);
        }
    }
}
