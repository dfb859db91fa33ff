using System;
using System.Diagnostics;
using TwitterNative;

// Prints milliseconds: the client, the library that is loaded with it, and one call that sends nothing.
long started = Stopwatch.GetTimestamp();
var client = new TwitterClient(new TwitterParameters { AccessToken = "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZB" });
client.CreateAuthorizationHeaderV2();
Console.WriteLine(Stopwatch.GetElapsedTime(started).TotalMilliseconds.ToString("F2"));
