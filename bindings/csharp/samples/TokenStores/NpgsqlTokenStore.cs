using System;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using TwitterNative;

namespace TokenStores;

/// <summary>
/// The tokens of accounts in a table of PostgreSQL. <see cref="CreateTable"/> has its columns; it may as well be a column of
/// a table that you have.
/// </summary>
public sealed class NpgsqlTokenStore(NpgsqlDataSource database) : ITokenStore
{
    public const string CreateTable =
        "CREATE TABLE IF NOT EXISTS twitter_accounts (account text PRIMARY KEY, tokens text NOT NULL DEFAULT '')";

    public async ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand select = database.CreateCommand("SELECT tokens FROM twitter_accounts WHERE account = $1");
        select.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
        return Parse(await select.ExecuteScalarAsync(cancellationToken));
    }

    public async ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken);
        // Whatever ends without a commit, this process too, is undone.
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        // A row has to be there before it can be locked.
        await using (NpgsqlCommand insert = Command(
            "INSERT INTO twitter_accounts (account) VALUES ($1) ON CONFLICT DO NOTHING", account))
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        TwitterTokens? found;
        await using (NpgsqlCommand select = Command(
            "SELECT tokens FROM twitter_accounts WHERE account = $1 FOR UPDATE", account))
        {
            found = Parse(await select.ExecuteScalarAsync(cancellationToken));
        }
        TwitterTokens? kept = await change(found);
        // From here on nothing may be cancelled: what X has answered has to be kept.
        if (kept is not null && kept != found)
        {
            await using NpgsqlCommand update = Command(
                "UPDATE twitter_accounts SET tokens = $2 WHERE account = $1", account, kept.ToJson());
            await update.ExecuteNonQueryAsync(CancellationToken.None);
        }
        await transaction.CommitAsync(CancellationToken.None);
        return kept;

        NpgsqlCommand Command(string text, params string[] values)
        {
            // The library says how long a lock may be waited for, by the token.
            var command = new NpgsqlCommand(text, connection, transaction) { CommandTimeout = 0 };
            foreach (string value in values)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            }
            return command;
        }
    }

    private static TwitterTokens? Parse(object? text) => text is string { Length: > 0 } json ? TwitterTokens.Parse(json) : null;
}
