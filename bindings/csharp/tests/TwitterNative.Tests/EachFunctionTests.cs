using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Reflection;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Smoke;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Each function of the library once, by its method, against the simulator.</summary>
public sealed class EachFunctionTests : AgainstX
{
    private static readonly byte[] s_picture = new byte[1_000];

    private readonly HashSet<string> _called = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAsync;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Works(bool isAsync)
    {
        _isAsync = isAsync;
        TwitterClient client = SignedIn();
        var oauth1 = new TwitterClient(OAuth1());
        await Offline(client);
        await SignIns();
        await Media(client);
        string id = await Posts(client);
        await Engagement(client, id);
        await Lists(client, id);
        await VersionOne(oauth1);
        IEnumerable<string> described = client.Describe().Value.Select(function => function.EnglishName!);
        Assert.Equal(described.Order(StringComparer.OrdinalIgnoreCase), _called.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }

    private async Task Offline(TwitterClient client)
    {
        Assert.Equal(X.Url, (await Value<TwitterParameters>(client, "GetStandardParameters")).ApiUrl);
        Assert.StartsWith("Bearer ", await Value<string>(client, "CreateAuthorizationHeaderV2"), StringComparison.Ordinal);
        Assert.StartsWith(
            "OAuth ", await Value<string>(new TwitterClient(OAuth1()), "CreateAuthorizationHeaderV1", "GET", "https://api.x.com/a"),
            StringComparison.Ordinal);
        Assert.True((await Value<TweetWeight>(client, "ParseTweet", "Hello")).Json.ValueKind == JsonValueKind.Object);
        Assert.NotEmpty(await Value<IReadOnlyList<FunctionDescription>>(client, "Describe"));
        string operations = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"operations-{Guid.NewGuid():N}.jsonl");
        JsonElement updated = await Value<JsonElement>(client, "UpdateOperations", operations);
        Assert.True(updated.GetProperty("operations").GetInt32() > 250);
        System.IO.File.Delete(operations);
        JsonElement me = await Value<JsonElement>(client, "Request", "GET", "/2/users/me");
        Assert.Equal(X.Credential("user_id"), me.GetProperty("data").GetProperty("id").GetString());
        Assert.Equal(X.Credential("user_id"), (await Value<User>(client, "GetMe")).Id);
    }

    private async Task SignIns()
    {
        var client = new TwitterClient(X.Application());
        AuthorizationLink link = await Value<AuthorizationLink>(client, "GetAuthorizationLink");
        var redirect = new Uri(Consent(link.Url!));
        TwitterTokens tokens = await Value<TwitterTokens>(
            client, "HandleIncomingRequestAfterAuthorization", redirect.OriginalString,
            new HandleIncomingRequestAfterAuthorizationOptions { State = link.State, CodeVerifier = link.CodeVerifier });
        Assert.Equal(tokens.AccessToken, client.Parameters.AccessToken);
        Assert.NotEqual(tokens.RefreshToken, (await Value<TwitterTokens>(client, "RefreshToken")).RefreshToken);
        Assert.True(await Value<bool>(client, "RevokeToken"));

        link = client.GetAuthorizationLink().Value;
        string code = System.Web.HttpUtility.ParseQueryString(new Uri(Consent(link.Url!)).Query)["code"]!;
        Assert.NotNull((await Value<TwitterTokens>(client, "GetToken", code, new GetTokenOptions { CodeVerifier = link.CodeVerifier })).AccessToken);
        await Loopback();

        var pin = new TwitterClient(new TwitterParameters
        {
            ApiUrl = X.Url,
            Proxy = "none",
            OAuthConsumerKey = X.Credential("oauth_consumer_key"),
            OAuthConsumerSecret = X.Credential("oauth_consumer_secret"),
        });
        RequestToken token = await Value<RequestToken>(pin, "OAuth1RequestToken");
        TwitterTokens keys = await Value<TwitterTokens>(pin, "OAuth1AccessToken", Consent(token.AuthorizeUrl!), new OAuth1AccessTokenOptions
        {
            Parameters = new() { OAuthToken = token.OAuthToken, OAuthTokenSecret = token.OAuthTokenSecret },
        });
        Assert.Equal(keys.OAuthToken, pin.Parameters.OAuthToken);

        JsonElement bearer = await Value<JsonElement>(pin, "GetBearerToken");
        Assert.Equal("bearer", bearer.GetProperty("token_type").GetString());
        Assert.Null(pin.Parameters.AccessToken);

        TwitterParameters exchanged = OAuth1();
        exchanged.ClientId = X.Credential("client_id");
        exchanged.ClientSecret = X.Credential("client_secret");
        var exchange = new TwitterClient(exchanged);
        Assert.Equal(
            (await Value<TwitterTokens>(exchange, "ExchangeOAuth1Token")).AccessToken, exchange.Parameters.AccessToken);
    }

    /// <summary>A person who signs in by a browser on this machine.</summary>
    private async Task Loopback()
    {
        TwitterParameters parameters = X.Application();
        parameters.RedirectUri = $"http://127.0.0.1:{FreePort()}/callback";
        X.Control("POST", "redirect_uris", $$"""{"url":"{{parameters.RedirectUri}}"}""");
        var client = new TwitterClient(parameters);
        AuthorizationLink link = client.GetAuthorizationLink().Value;
        Task person = Task.Run(async () =>
        {
            using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            string address = Consent(link.Url!);
            for (int attempt = 0; ; attempt++)
            {
                try
                {
                    using HttpResponseMessage page = await browser.GetAsync(address);
                    return;
                }
                catch (HttpRequestException) when (attempt < 100)
                {
                    await Task.Delay(50);
                }
            }
        });
        TwitterTokens tokens = await Value<TwitterTokens>(client, "WaitForAuthorization", new WaitForAuthorizationOptions
        {
            State = link.State,
            CodeVerifier = link.CodeVerifier,
            OpenBrowser = false,
            WaitTimeout = TimeSpan.FromSeconds(20),
        });
        await person;
        Assert.Equal(tokens.AccessToken, client.Parameters.AccessToken);
    }

    private async Task Media(TwitterClient client)
    {
        TwitterFile video = TwitterFile.FromBytes(new byte[10_000], "a.mp4");
        UploadedMedia media = await Value<UploadedMedia>(client, "UploadMediaFile", video, new UploadMediaFileOptions { Type = "tweet_video" });
        Assert.Equal(media.MediaId, (await Value<UploadedMedia>(client, "GetMediaStatus", media.MediaId)).MediaId);
        await Value<JsonElement>(client, "SetMediaMetadata", media.MediaId, "A video");
        TwitterFile[] pictures = [TwitterFile.FromBytes(s_picture, "a.png"), TwitterFile.FromBytes(s_picture, "b.png")];
        Assert.Equal(2, (await Value<IReadOnlyList<string>>(
            client, "UploadAttachmentsArray", pictures, new UploadAttachmentsArrayOptions { Type = "tweet_image" })).Count);
        Assert.NotNull((await Value<Tweet>(client, "CreateImageTweet", NewText(), pictures, new TweetOptions { Type = "tweet_image" })).Id);
        Assert.NotNull((await Value<Tweet>(
            client, "CreateGifTweet", NewText(), TwitterFile.FromBytes(s_picture, "a.gif"), new TweetOptions { Type = "tweet_gif" })).Id);
        Assert.NotNull((await Value<Tweet>(client, "CreateVideoTweet", null, video, new TweetOptions { Type = "tweet_video" })).Id);
    }

    private async Task<string> Posts(TwitterClient client)
    {
        string text = NewText();
        Tweet post = await Value<Tweet>(client, "CreateTextTweet", text);
        Assert.Equal(text, post.Text);
        Assert.Equal(text, (await Value<Tweet>(client, "GetTweet", post.Id)).Text);
        Assert.Equal(post.Id, Assert.Single(await Value<IReadOnlyList<Tweet>>(client, "GetTweets", [new[] { post.Id! }])).Id);
        Tweet poll = await Value<Tweet>(client, "CreatePollTweet", NewText(), new[] { "Tea", "Coffee" }, TimeSpan.FromMinutes(30));
        Assert.True(await Value<bool>(client, "DeleteTweet", poll.Id));
        Tweet reply = await Value<Tweet>(client, "CreateCustomTweet", new TweetOptions
        {
            Text = NewText(),
            Reply = new TweetReply { InReplyToTweetId = post.Id },
            ReplySettings = ReplySettings.Following,
        });
        Assert.NotNull(reply.Id);
        IReadOnlyList<Tweet> thread = await Value<IReadOnlyList<Tweet>>(client, "CreateThread", new List<ThreadTweet>
        {
            new() { Text = NewText(), Files = [TwitterFile.FromBytes(s_picture, "a.png")], Type = MediaCategory.TweetImage },
            new() { Text = NewText() },
        });
        Assert.Equal(2, thread.Count);
        Assert.All(thread, posted => Assert.NotNull(posted.Id));
        string html = (await Value<OEmbed>(
            client, "GetOEmbed", $"https://x.com/somebody/status/{post.Id}", new GetOEmbedOptions { Parameters = new() { PublishUrl = X.Url } })).Html!;
        Assert.Contains("<blockquote", html, StringComparison.Ordinal);
        return post.Id!;
    }

    private async Task Engagement(TwitterClient client, string id)
    {
        Assert.True(await Value<bool>(client, "LikeTweet", id));
        Assert.False(await Value<bool>(client, "UnlikeTweet", id));
        string others = OthersPost();
        Assert.True(await Value<bool>(client, "Retweet", others));
        Assert.False(await Value<bool>(client, "Unretweet", others));
    }

    private async Task Lists(TwitterClient client, string id)
    {
        X.Control("POST", "likes", $$"""{"tweet_id":"{{id}}","people":3}""");
        X.Control("POST", "retweets", $$"""{"tweet_id":"{{id}}","people":3}""");
        Assert.Equal(3, (await Value<IReadOnlyList<User>>(client, "GetLikingUsers", id)).Count);
        Assert.Equal(3, (await Value<IReadOnlyList<User>>(client, "GetRetweetedBy", id)).Count);
        Assert.Equal(3, (await Value<IReadOnlyList<Tweet>>(client, "GetRetweets", id)).Count);
        Assert.NotEmpty(await Value<IReadOnlyList<Tweet>>(client, "GetRepostsOfMe"));
        client.LikeTweet(id);
        Assert.Contains(await Value<IReadOnlyList<Tweet>>(client, "GetLikedTweets"), tweet => tweet.Id == id);
    }

    private async Task VersionOne(TwitterClient client)
    {
        string text = NewText();
        Status status = await Value<Status>(client, "StatusesUpdate", text);
        Assert.Equal(status.Id, (await Value<Status>(client, "StatusesShow", status.Id)).Id);
        Assert.Equal(status.Id, Assert.Single(await Value<IReadOnlyList<Status>>(client, "StatusesLookup", [new[] { status.Id! }])).Id);
        X.Control("POST", "retweets", $$"""{"tweet_id":"{{status.Id}}","people":2}""");
        Assert.Equal(2, (await Value<IReadOnlyList<Status>>(client, "StatusesRetweets", status.Id)).Count);
        Assert.Equal(2, (await Value<IReadOnlyList<string>>(client, "StatusesRetweetersIds", status.Id)).Count);
        Assert.NotEmpty(await Value<IReadOnlyList<Status>>(client, "StatusesRetweetsOfMe"));
        Assert.NotNull((await Value<OEmbed>(client, "StatusesOEmbed", new StatusesOEmbedOptions { Id = status.Id })).Html);
        string others = OthersPost();
        Assert.NotNull((await Value<Status>(client, "StatusesRetweet", others)).Id);
        Assert.NotNull((await Value<Status>(client, "StatusesUnretweet", others)).Id);
        Assert.NotNull((await Value<Status>(client, "FavoritesCreate", others)).Id);
        Assert.NotEmpty(await Value<IReadOnlyList<Status>>(client, "FavoritesList"));
        Assert.NotNull((await Value<Status>(client, "FavoritesDestroy", others)).Id);
        Assert.NotNull((await Value<Status>(client, "StatusesDestroy", status.Id)).Id);
    }

    /// <summary>Calls the synchronous or the asynchronous method of this name; what is not given has its default.</summary>
    private async Task<T> Value<T>(TwitterClient client, string name, params object?[] given)
    {
        _called.Add(name);
        MethodInfo method = typeof(TwitterClient).GetMethod(_isAsync ? name + "Async" : name)!;
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = [.. given, .. parameters.Skip(given.Length).Select(
            parameter => parameter.ParameterType == typeof(CancellationToken) ? (object)CancellationToken.None : null)];
        object answer = method.Invoke(client, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        return (answer is Task<TwitterResult<T>> task ? await task : (TwitterResult<T>)answer).Value;
    }

    private static string Consent(Uri link) => Consent(link.OriginalString);
}
