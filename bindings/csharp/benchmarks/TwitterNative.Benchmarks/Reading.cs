using System.Collections.Generic;
using System.Linq;
using System.Text;
using BenchmarkDotNet.Attributes;
using TwitterNative.Calls;
using TwitterNative.Results;

namespace TwitterNative.Benchmarks;

/// <summary>A page of 100 posts with what X tells of each, read into records.</summary>
public class Reading
{
    private readonly Envelope _envelope = Envelope.Read(s_page);

    private static readonly byte[] s_page = Encoding.UTF8.GetBytes(
        "{\"ok\":true,\"result\":{\"data\":[" + string.Join(',', Enumerable.Range(0, 100).Select(Post)) + "]}}");

    /// <summary>How long the JSON is.</summary>
    public static int Size => s_page.Length;

    [Benchmark]
    public IReadOnlyList<Tweet> HundredTweets() =>
        new TwitterResult<IReadOnlyList<Tweet>>(_envelope, ResultReaders.Tweets).Value;

    private static string Post(int number) => $$$"""
        {"id":"14458805484723281{{{number:D2}}}","text":"A post of some length with a link https://t.co/abcdefghij, number {{{number}}}",
        "author_id":"2244994945","created_at":"2026-09-01T12:00:00.000Z","lang":"en","conversation_id":"1445880548472328192",
        "edit_history_tweet_ids":["14458805484723281{{{number:D2}}}"],"possibly_sensitive":false,
        "referenced_tweets":[{"type":"replied_to","id":"1445880548472328100"}],"attachments":{"media_keys":["3_1445880548472328100"]},
        "public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":4,"bookmark_count":5,"impression_count":678}}
        """;
}
