using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Lists by pages, at once or one page after the other.</summary>
public sealed class PagingTests : AgainstX
{
    private static GetLikingUsersOptions Ten(int? pages = null) => new() { Query = new() { ["max_results"] = 10 }, MaxPages = pages };

    private static string LikedPost(TwitterClient client, int people)
    {
        string id = client.CreateTextTweet(NewText()).Value.Id!;
        X.Control("POST", "likes", $$"""{"tweet_id":"{{id}}","people":{{people}}}""");
        X.Control("DELETE", "requests");
        return id;
    }

    private static void RefuseSecondPage(string id) => X.Control(
        "POST", "faults",
        """{"path":"/2/tweets/ID/liking_users","skip":1,"kind":{"Status":{"status":403,"body":"{}"}}}""".Replace("ID", id, StringComparison.Ordinal));

    [Fact]
    public async Task ItemsOfAllPages()
    {
        TwitterClient client = SignedIn();
        string id = LikedPost(client, 25);
        var users = new HashSet<string>();
        await foreach (User user in client.EnumerateLikingUsers(id, Ten()))
        {
            users.Add(user.Id!);
        }
        Assert.Equal(25, users.Count);
        Assert.Equal(3, Requests().Count);
    }

    [Fact]
    public async Task APageIsACallOfItsOwn()
    {
        TwitterClient client = SignedIn();
        string id = LikedPost(client, 25);
        string? token = null;
        await foreach (TwitterPage<User> page in client.EnumerateLikingUsers(id, Ten()).AsPages())
        {
            Assert.Equal(10, page.Values.Count);
            Assert.Single(Requests());
            Assert.Equal(200, page.Result.Http?.Status);
            token = page.ContinuationToken;
            break;
        }
        var rest = new List<int>();
        await foreach (TwitterPage<User> page in client.EnumerateLikingUsers(id, Ten()).AsPages(token))
        {
            rest.Add(page.Values.Count);
        }
        Assert.Equal([10, 5], rest);
    }

    [Fact]
    public async Task AFailedPageKeepsThoseBefore()
    {
        TwitterClient client = SignedIn();
        string id = LikedPost(client, 25);
        var read = new List<TwitterPage<User>>();
        RefuseSecondPage(id);
        await Assert.ThrowsAnyAsync<TwitterException>(async () =>
        {
            await foreach (TwitterPage<User> page in client.EnumerateLikingUsers(id, Ten()).AsPages())
            {
                read.Add(page);
            }
        });
        Assert.Single(read);
        Assert.NotNull(read[0].ContinuationToken);
    }

    [Fact]
    public void SeveralPagesAtOnce()
    {
        TwitterClient client = SignedIn();
        string id = LikedPost(client, 25);
        TwitterResult<IReadOnlyList<User>> two = client.GetLikingUsers(id, Ten(2));
        Assert.Equal(20, two.Value.Count);
        Assert.NotNull(two.NextToken);
        Assert.Null(two.Incomplete);
        RefuseSecondPage(id);
        TwitterResult<IReadOnlyList<User>> cut = client.GetLikingUsers(id, Ten(3));
        Assert.Equal(10, cut.Value.Count);
        Assert.Equal(403, cut.Incomplete?.Status);
    }

    [Fact]
    public async Task CancellationEndsAnEnumeration()
    {
        TwitterClient client = SignedIn();
        string id = LikedPost(client, 25);
        using var source = new CancellationTokenSource();
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (User user in client.EnumerateLikingUsers(id, Ten()).WithCancellation(source.Token))
            {
                if (++count == 12)
                {
                    await source.CancelAsync();
                }
            }
        });
        Assert.Equal(12, count);
    }

    [Fact]
    public async Task ListsCanBeMadeByHand()
    {
        TwitterPageable<string> pages = TwitterPageable.FromPages<string>([new(["a", "b"], "2"), new(["c"], null)]);
        var all = new List<string>();
        await foreach (string item in pages)
        {
            all.Add(item);
        }
        Assert.Equal(["a", "b", "c"], all);
    }
}
