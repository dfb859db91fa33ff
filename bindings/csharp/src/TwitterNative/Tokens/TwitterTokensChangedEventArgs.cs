using System;

namespace TwitterNative;

/// <summary>New tokens of a client: store them. A refresh token is good for once, so the former pair is worthless now.</summary>
/// <param name="tokens">The new tokens.</param>
public sealed class TwitterTokensChangedEventArgs(TwitterTokens tokens) : EventArgs
{
    /// <summary>The new tokens.</summary>
    public TwitterTokens Tokens { get; } = tokens;
}
