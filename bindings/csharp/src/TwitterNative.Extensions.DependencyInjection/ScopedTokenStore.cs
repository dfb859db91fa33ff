using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>A token store that is resolved for each use, in a new scope.</summary>
internal sealed class ScopedTokenStore<TStore>(IServiceScopeFactory scopes) : ITokenStore
    where TStore : class, ITokenStore
{
    public async ValueTask<TwitterTokens?> ReadAsync(string account, CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await Of(scope).ReadAsync(account, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<TwitterTokens?> UpdateAsync(
        string account, Func<TwitterTokens?, ValueTask<TwitterTokens?>> change, CancellationToken cancellationToken)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await Of(scope).UpdateAsync(account, change, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TStore Of(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<TStore>();
}
