// TwitterNative.PostgresWorker CONNECTION PARAMETERS ACCOUNT THREADS SECONDS [CALLS]
//   CONNECTION   Npgsql's connection string, such as "Host=/tmp/server;Port=5433;Username=postgres;Database=postgres"
//   PARAMETERS   a JSON file with the parameters of twitter-native
//   ACCOUNT      the row of the table twitter_accounts, which is made where it isn't there
//   THREADS      so many threads call at the same time: every other one by synchronous methods, the rest by asynchronous ones
//   SECONDS      each thread calls get_me again and again for so long
//   CALLS        and so often at most
// Prints a line for each call as it ends, {"thread":0,"ok":true,"status":200} or {"thread":0,"ok":false,"kind":"io",
// "reason":null,"outcome":"not_sent","message":"…","cause":"NpgsqlException"}, and at the end {"calls":…,"failed":…}.
// Ends with 0 also where calls have failed, with 2 where it could not begin.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using TokenStores;
using TwitterNative;
using TwitterNative.PostgresWorker;

if (args.Length is not (5 or 6))
{
    Console.Error.WriteLine("TwitterNative.PostgresWorker CONNECTION PARAMETERS ACCOUNT THREADS SECONDS [CALLS]");
    return 2;
}
int threads = int.Parse(args[3], CultureInfo.InvariantCulture);
double seconds = double.Parse(args[4], CultureInfo.InvariantCulture);
int most = args.Length > 5 ? int.Parse(args[5], CultureInfo.InvariantCulture) : int.MaxValue;
await using NpgsqlDataSource database = NpgsqlDataSource.Create(args[0]);
await using (NpgsqlCommand create = database.CreateCommand(NpgsqlTokenStore.CreateTable))
{
    try
    {
        await create.ExecuteNonQueryAsync();
    }
    catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
    {
        // Another one makes it at the same moment.
    }
}
var client = new TwitterClient(
    TwitterParameters.Load(args[1]),
    new TwitterClientOptions { TokenStore = new NpgsqlTokenStore(database), Account = args[2] });
var worker = new Worker(client, DateTime.UtcNow.AddSeconds(seconds), most);
await Task.WhenAll(Enumerable.Range(0, threads).Select(number => number % 2 == 0 ? worker.CallAsync(number) : worker.CallOnAThread(number)));
worker.PrintSum();
return 0;

namespace TwitterNative.PostgresWorker
{
    /// <summary>Makes calls and prints how each has ended.</summary>
    internal sealed class Worker(ITwitterClient client, DateTime end, int most)
    {
        private readonly Stream _output = Console.OpenStandardOutput();
        private int _calls;
        private int _failed;

        public async Task CallAsync(int thread)
        {
            for (int count = 0; count < most && DateTime.UtcNow < end; count++)
            {
                try
                {
                    PrintSuccess(thread, await client.GetMeAsync());
                }
                catch (TwitterException error)
                {
                    PrintFailure(thread, error);
                }
            }
        }

        public Task CallOnAThread(int thread) => Task.Factory.StartNew(
            () =>
            {
                for (int count = 0; count < most && DateTime.UtcNow < end; count++)
                {
                    try
                    {
                        PrintSuccess(thread, client.GetMe());
                    }
                    catch (TwitterException error)
                    {
                        PrintFailure(thread, error);
                    }
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        public void PrintSum() => Print(json =>
        {
            json.WriteNumber("calls", _calls);
            json.WriteNumber("failed", _failed);
        });

        private void PrintSuccess(int thread, TwitterResult<User> me)
        {
            Interlocked.Increment(ref _calls);
            Print(json =>
            {
                json.WriteNumber("thread", thread);
                json.WriteBoolean("ok", true);
                json.WriteNumber("status", me.Http?.Status ?? 0);
            });
        }

        private void PrintFailure(int thread, TwitterException error)
        {
            Interlocked.Increment(ref _calls);
            Interlocked.Increment(ref _failed);
            Print(json =>
            {
                json.WriteNumber("thread", thread);
                json.WriteBoolean("ok", false);
                json.WriteString("kind", error.Error.Kind);
                json.WriteString("reason", error.Error.Reason);
                json.WriteString("outcome", error.Error.Outcome switch
                {
                    TwitterOutcome.NotSent => "not_sent",
                    TwitterOutcome.Rejected => "rejected",
                    TwitterOutcome.Unknown => "unknown",
                    _ => null,
                });
                json.WriteString("message", error.Message);
                json.WriteString("cause", error.InnerException?.GetType().Name);
            });
        }

        /// <summary>One line, written at once: the process may be killed at any moment.</summary>
        private void Print(Action<Utf8JsonWriter> write)
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }
            line.WriteByte((byte)'\n');
            lock (_output)
            {
                _output.Write(line.GetBuffer(), 0, (int)line.Length);
                _output.Flush();
            }
        }
    }
}
