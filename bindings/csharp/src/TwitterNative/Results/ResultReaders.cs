using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TwitterNative.Results;

/// <summary>How the result of a function is read, by the short name that the library gives it.</summary>
internal static class ResultReaders
{
    public static readonly Func<JsonElement, JsonElement> Json = static json => json;
    public static readonly Func<JsonElement, TwitterParameters> Parameters = TwitterParameters.Read;
    public static readonly Func<JsonElement, string> Header = static json => json.Text("Authorization"u8) ?? "";
    public static readonly Func<JsonElement, AuthorizationLink> Link = AuthorizationLink.Read;
    public static readonly Func<JsonElement, TwitterTokens> Token = TwitterTokens.Read;
    public static readonly Func<JsonElement, RequestToken> RequestToken = TwitterNative.RequestToken.Read;
    public static readonly Func<JsonElement, UploadedMedia> Media = UploadedMedia.Read;
    public static readonly Func<JsonElement, Tweet> Tweet = TwitterNative.Tweet.Read;
    public static readonly Func<JsonElement, User> User = TwitterNative.User.Read;
    public static readonly Func<JsonElement, OEmbed> OEmbed = TwitterNative.OEmbed.Read;
    public static readonly Func<JsonElement, Status> Status = TwitterNative.Status.Read;
    public static readonly Func<JsonElement, TweetWeight> Weight = TweetWeight.Read;

    public static readonly Func<JsonElement, bool> Revoked = static json => json.Flag("revoked"u8) ?? false;
    public static readonly Func<JsonElement, bool> Deleted = static json => json.Member("data"u8).Flag("deleted"u8) ?? false;
    public static readonly Func<JsonElement, bool> Retweeted = static json => json.Member("data"u8).Flag("retweeted"u8) ?? false;
    public static readonly Func<JsonElement, bool> Liked = static json => json.Member("data"u8).Flag("liked"u8) ?? false;

    public static readonly Func<JsonElement, IReadOnlyList<string>> Ids = static json => json.List(static id => id.AsText() ?? "");
    public static readonly Func<JsonElement, IReadOnlyList<string>> IdsPage = static json => json.Texts("ids"u8);

    public static readonly Func<JsonElement, IReadOnlyList<JsonElement>> JsonPage =
        static json => json.Member("data"u8).List(static item => item);

    public static readonly Func<JsonElement, IReadOnlyList<Tweet>> Tweets =
        static json => (json.ValueKind == JsonValueKind.Array ? json : json.Member("data"u8)).List(TwitterNative.Tweet.ReadPost);

    public static readonly Func<JsonElement, IReadOnlyList<User>> Users =
        static json => json.Member("data"u8).List(TwitterNative.User.Read);

    public static readonly Func<JsonElement, IReadOnlyList<FunctionDescription>> Functions =
        static json => json.List(FunctionDescription.Read);

    /// <summary>An array, or with <c>map</c> an object by id, in which null stands for what is gone.</summary>
    public static readonly Func<JsonElement, IReadOnlyList<Status>> Statuses = static json =>
    {
        if (!json.IsObject())
        {
            return json.List(TwitterNative.Status.Read);
        }
        JsonElement byId = json.Member("id"u8) is { ValueKind: JsonValueKind.Object } inner ? inner : json;
        var statuses = new List<Status>();
        foreach (JsonProperty member in byId.EnumerateObject())
        {
            if (member.Value.IsObject())
            {
                statuses.Add(TwitterNative.Status.Read(member.Value));
            }
        }
        return statuses;
    };
}
