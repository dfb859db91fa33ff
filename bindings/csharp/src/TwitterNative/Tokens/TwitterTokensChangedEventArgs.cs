using System;

namespace TwitterNative;

/// <summary>New tokens of a client: store them. A refresh token can be used once, so the former tokens are invalid now.</summary>
/// <param name="tokens">The new tokens.</param>
public sealed class TwitterTokensChangedEventArgs(TwitterTokens tokens) : EventArgs
{
    /// <summary>The new tokens.</summary>
    public TwitterTokens Tokens { get; } = tokens;
}
