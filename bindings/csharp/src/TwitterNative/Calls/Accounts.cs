using System;

namespace TwitterNative.Calls;

/// <summary>
/// Decides which account a call is for: the client's, or another one that the parameters of the call name. A call for
/// another account must not use the client's tokens, and the client must not take over the tokens that it gets.
/// </summary>
internal static class Accounts
{
    public const string DefaultServer = "api.x.com";

    /// <summary>
    /// The client's parameters, overridden by those of a call. If the call names another account or another application,
    /// the client's tokens are left out. Otherwise the library, if a scope is missing, would repeat the request with the
    /// OAuth 1.0a keys of the wrong account.
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

    /// <summary>Removes what belongs to an account, so that tokens of two accounts are never mixed.</summary>
    public static void RemoveTokens(TwitterParameters parameters) =>
        (parameters.AccessToken, parameters.RefreshToken, parameters.TokenFile, parameters.OAuthToken,
            parameters.OAuthTokenSecret) = (null, null, null, null, null);

    /// <summary>Whether a call with these parameters is for the client's account and application.</summary>
    public static bool IsOwn(TwitterParameters own, TwitterParameters given) =>
        NamesNone(
            given.AccessToken, given.RefreshToken, given.TokenFile, given.OAuthToken, given.OAuthTokenSecret,
            given.ClientId, given.ClientSecret, given.OAuthConsumerKey, given.OAuthConsumerSecret)
        && HaveOneAddress(own, given);

    /// <summary>Whether the client takes over the tokens that a call with these parameters gets.</summary>
    public static bool AreOwnTokens(string function, TwitterParameters own, TwitterParameters given)
    {
        switch (function)
        {
            case "refresh_token":
                // X makes the old refresh token invalid. If it was the client's, the client needs the new one.
                TwitterParameters used = Merged(own, given);
                return HaveOneAddress(own, given) && IsSame(used.RefreshToken, own.RefreshToken)
                    && IsSame(used.TokenFile, own.TokenFile);
            case "oauth1_access_token":
                // The token in these parameters is the request token, which belongs to no account. A client that has no
                // account yet gets it by this call.
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

    /// <summary>Whether the call names tokens that are not the client's. The secret of a token is no name.</summary>
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
