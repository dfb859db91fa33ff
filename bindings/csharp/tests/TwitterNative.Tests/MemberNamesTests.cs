using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Posts are read in one pass, whatever the order of their members is.</summary>
public sealed class MemberNamesTests
{
    private static readonly (string Name, string Json)[] s_members =
    [
        ("id", "\"5\""), ("text", "\"a\""), ("note_tweet", """{"text":"long"}"""), ("author_id", "\"7\""),
        ("created_at", "\"2026-09-01T12:00:00.000Z\""), ("conversation_id", "\"8\""), ("in_reply_to_user_id", "\"9\""),
        ("lang", "\"en\""), ("community_id", "\"10\""), ("possibly_sensitive", "true"), ("reply_settings", "\"everyone\""),
        ("edit_history_post_ids", """["4","5"]"""), ("referenced_posts", """[{"type":"quoted","id":"3"}]"""),
        ("attachments", """{"media_keys":["3_1"],"poll_ids":["2"]}"""), ("geo", """{"place_id":"p"}"""),
        ("public_metrics", """{"like_count":3,"unknown":1,"repost_count":2,"reply_count":"4","quote_count":5,"bookmark_count":6,"impression_count":7}"""),
        ("unknown", "{}"), ("other_unknown", "[1]"), ("\\u006ctest", "1"),
    ];

    [Fact]
    public void EachOrderGivesTheSame()
    {
        // Threads read at the same time and teach each other their order.
        Parallel.For(0, 8, seed =>
        {
            var random = new Random(seed);
            for (int round = 0; round < 500; round++)
            {
                (string Name, string Json)[] members = [.. s_members.Where(_ => random.Next(5) > 0)];
                random.Shuffle(members);
                Check(members.ToDictionary(member => member.Name, member => member.Json), Read(members));
            }
        });
    }

    [Fact]
    public void TheFirstOfTwoNamesCounts()
    {
        Tweet post = Read([("edit_history_post_ids", """["1"]"""), ("edit_history_tweet_ids", """["2"]""")]);
        Assert.Equal(["2"], post.EditHistoryTweetIds);
        Assert.Equal("5", Read([("\\u0069d", "\"5\"")]).Id);
        Assert.Equal("6", Read([("id", "\"5\""), ("id", "\"6\"")]).Id);
        Assert.Null(Tweet.ReadPost(JsonDocument.Parse("[]").RootElement).Id);
    }

    [Fact]
    public void ManyMembersOfNoUse()
    {
        IEnumerable<(string, string)> useless = Enumerable.Range(0, 1_000).Select(number => ($"m{number}", "1"));
        Assert.Equal("5", Read([.. useless, ("id", "\"5\"")]).Id);
        Assert.Equal("5", Read([("id", "\"5\"")]).Id);
    }

    private static Tweet Read((string Name, string Json)[] members) => Tweet.ReadPost(
        JsonDocument.Parse("{" + string.Join(',', members.Select(member => $"\"{member.Name}\":{member.Json}")) + "}").RootElement);

    private static void Check(Dictionary<string, string> members, Tweet post)
    {
        string? Text(string name) => members.TryGetValue(name, out string? json) ? json.Trim('"') : null;
        bool Has(string name) => members.ContainsKey(name);
        Assert.Equal(
            (Text("id"), Text("text"), Text("author_id"), Text("conversation_id"), Text("in_reply_to_user_id"), Text("lang")),
            (post.Id, post.Text, post.AuthorId, post.ConversationId, post.InReplyToUserId, post.Language));
        Assert.Equal(
            (Text("community_id"), Has("note_tweet") ? "long" : null, Has("geo") ? "p" : null, Text("reply_settings")),
            (post.CommunityId, post.NoteText, post.PlaceId, post.ReplySettings?.ToString()));
        Assert.Equal((Has("created_at"), Has("possibly_sensitive")), (post.CreatedAt is not null, post.PossiblySensitive ?? false));
        Assert.Equal(Has("edit_history_post_ids") ? ["4", "5"] : [], post.EditHistoryTweetIds);
        Assert.Equal(Has("referenced_posts") ? ["3"] : [], post.ReferencedTweets.Select(other => other.Id));
        Assert.Equal(Has("attachments") ? ["3_1"] : [], post.MediaKeys);
        Assert.Equal(Has("attachments") ? ["2"] : [], post.PollIds);
        Assert.Equal(
            Has("public_metrics") ? (2, 4, 3, 5, 6, 7) : default((long?, long?, long?, long?, long?, long?)),
            (post.PublicMetrics?.RetweetCount, post.PublicMetrics?.ReplyCount, post.PublicMetrics?.LikeCount,
                post.PublicMetrics?.QuoteCount, post.PublicMetrics?.BookmarkCount, post.PublicMetrics?.ImpressionCount));
    }
}
