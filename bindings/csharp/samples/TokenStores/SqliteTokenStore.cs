using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using TwitterNative;

namespace TokenStores;

/// <summary>
/// The tokens of accounts in a file of SQLite, for the processes of one machine. SQLite has one lock for the whole file: while
/// one account is refreshed, the others can be read, and wait with their own refresh.
/// </summary>
public sealed class SqliteTokenStore : ITokenStore
{
    private const int Busy = 5;

    private readonly string _connection;

    /// <summary>Makes the file where it isn't there, for this user alone: the tokens in it are secret.</summary>
    public SqliteTokenStore(string path)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 1 }.ToString();
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        File.Open(path, options).Dispose();
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        // With a log of writes nobody who reads has to wait.
        using SqliteCommand create = Command(
            connection,
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS twitter_accounts (account TEXT PRIMARY KEY, tokens TEXT NOT NULL);
            """);
        create.ExecuteNonQuery();
    }

    public async ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = await Open(cancellationToken);
        return Read(connection, account);
    }

    public async ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = await Open(cancellationToken);
        // Whatever ends without a commit, this process too, is undone.
        await using SqliteTransaction transaction = await Lock(connection, cancellationToken);
        TwitterTokens? found = Read(connection, account, transaction);
        TwitterTokens? kept = await change(found);
        // From here on nothing may be cancelled: what X has answered has to be kept.
        if (kept is not null && kept != found)
        {
            using SqliteCommand write = Command(
                connection, "INSERT OR REPLACE INTO twitter_accounts VALUES ($account, $tokens)", transaction);
            write.Parameters.AddWithValue("$account", account);
            write.Parameters.AddWithValue("$tokens", kept.ToJson());
            write.ExecuteNonQuery();
        }
        transaction.Commit();
        return kept;
    }

    private async Task<SqliteConnection> Open(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connection);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task<SqliteTransaction> Lock(SqliteConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // BEGIN IMMEDIATE
                return connection.BeginTransaction(deferred: false);
            }
            catch (SqliteException error) when (error.SqliteErrorCode == Busy)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    private static TwitterTokens? Read(SqliteConnection connection, string account, SqliteTransaction? transaction = null)
    {
        using SqliteCommand select = Command(
            connection, "SELECT tokens FROM twitter_accounts WHERE account = $account", transaction);
        select.Parameters.AddWithValue("$account", account);
        return select.ExecuteScalar() is string tokens ? TwitterTokens.Parse(tokens) : null;
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, SqliteTransaction? transaction = null)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }
}
