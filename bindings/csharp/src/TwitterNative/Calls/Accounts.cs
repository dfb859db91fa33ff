using System;

namespace TwitterNative.Calls;

/// <summary>
/// Whose account a call acts for: the client's own, or that of the parameters of one call. Such a call must not use the
/// client's own tokens, and the client must not keep the tokens that the call brings.
/// </summary>
internal static class Accounts
{
    public const string DefaultServer = "api.x.com";

    /// <summary>
    /// The client's parameters with those of one call in place of them. Where these name another account or another
    /// application, the client's tokens are left out. Otherwise the library could try again with the OAuth 1.0a keys of
    /// the wrong account where a scope is missing.
    /// </summary>
    public static TwitterParameters Merged(TwitterParameters own, TwitterParameters given)
    {
        TwitterParameters merged = own.Copy();
        bool isOtherClient = IsAnother(own.ClientId, given.ClientId);
        bool isOtherConsumer = IsAnother(own.OAuthConsumerKey, given.OAuthConsumerKey);
        if (isOtherClient)
        {
            merged.ClientSecret = null;
        }
        if (isOtherConsumer)
        {
            merged.OAuthConsumerSecret = null;
        }
        if (isOtherClient || isOtherConsumer || NamesOtherTokens(own, given))
        {
            RemoveTokens(merged);
        }
        merged.LayOver(given);
        return merged;
    }

    /// <summary>The account's tokens: those of two accounts are never mixed.</summary>
    public static void RemoveTokens(TwitterParameters parameters) =>
        (parameters.AccessToken, parameters.RefreshToken, parameters.TokenFile, parameters.OAuthToken,
            parameters.OAuthTokenSecret) = (null, null, null, null, null);

    /// <summary>Whether a call with these parameters is for the client's own account and application.</summary>
    public static bool IsOwn(TwitterParameters own, TwitterParameters given) =>
        NamesNone(
            given.AccessToken, given.RefreshToken, given.TokenFile, given.OAuthToken, given.OAuthTokenSecret,
            given.ClientId, given.ClientSecret, given.OAuthConsumerKey, given.OAuthConsumerSecret)
        && HaveOneAddress(own, given);

    /// <summary>Whether the tokens that a call with these parameters brings are the client's from then on.</summary>
    public static bool AreOwnTokens(string function, TwitterParameters own, TwitterParameters given)
    {
        switch (function)
        {
            case "refresh_token":
                // X has made the old refresh token worthless: a client that had it needs the new one.
                TwitterParameters used = Merged(own, given);
                return HaveOneAddress(own, given) && IsSame(used.RefreshToken, own.RefreshToken)
                    && IsSame(used.TokenFile, own.TokenFile);
            case "oauth1_access_token":
                // Here the token and its secret are the request token, which belongs to no account. A client without an
                // account gets its account by this call.
                return HaveOneAddress(own, given)
                    && NamesNone(
                        given.AccessToken, given.RefreshToken, given.TokenFile, given.ClientId, given.ClientSecret,
                        given.OAuthConsumerKey, given.OAuthConsumerSecret)
                    && NamesNone(
                        own.AccessToken, own.RefreshToken, own.TokenFile, own.OAuthToken, own.OAuthTokenSecret);
            default:
                return IsOwn(own, given);
        }
    }

    /// <summary>Whether the call's parameters name other tokens. The secret of a token alone names none.</summary>
    private static bool NamesOtherTokens(TwitterParameters own, TwitterParameters given) =>
        IsNew(own.AccessToken, given.AccessToken) || IsNew(own.RefreshToken, given.RefreshToken)
        || IsNew(own.TokenFile, given.TokenFile) || IsNew(own.OAuthToken, given.OAuthToken);

    private static bool IsNew(string? own, string? given) => !string.IsNullOrEmpty(given) && given != own;

    private static bool IsAnother(string? own, string? given) => !string.IsNullOrEmpty(own) && IsNew(own, given);

    private static bool IsSame(string? one, string? other) => (one ?? "") == (other ?? "");

    private static bool NamesNone(params string?[] values) => Array.TrueForAll(values, string.IsNullOrEmpty);

    private static bool HaveOneAddress(TwitterParameters own, TwitterParameters given) =>
        given.ApiUrl is null || Address(given.ApiUrl) == Address(own.ApiUrl);

    private static string Address(string? url) =>
        (string.IsNullOrEmpty(url) ? "https://" + DefaultServer : url!).TrimEnd('/');
}
