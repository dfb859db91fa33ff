using System;
using TwitterNative;

var client = new TwitterClient(new TwitterParameters { AccessToken = "secret" });
Console.WriteLine(TwitterRuntime.Version + " " + TwitterRuntime.LibraryPath);
Console.WriteLine(client.ParseTweet("Hello").Value);
Console.WriteLine((await client.ParseTweetAsync("Hello")).Value.WeightedLength);
Console.WriteLine(client.CreateAuthorizationHeaderV2().Value);
Console.WriteLine(client.Parameters);
