using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Calls;

namespace TwitterNative;

/// <summary>
/// Calls that get tokens. A client makes one at a time: two calls with the same refresh token would make X revoke both.
/// Each takes the client's parameters when its turn has come, so it has the tokens of the call before it.
/// </summary>
public sealed partial class TwitterClient
{
    private TwitterResult<T> SignIn<T>(
        Function function, RequestWriter request, Func<JsonElement, T> read, TwitterCallOptions? options,
        CancellationToken cancellationToken)
    {
        bool isEntered = EnterSignIn(cancellationToken);
        try
        {
            TwitterResult<T> result = CallRunner.Run(
                Plan(function, request, read, options, options?.Parameters), cancellationToken);
            TakeOver(result.Json);
            return result;
        }
        finally
        {
            ExitSignIn(isEntered);
        }
    }

    private async Task<TwitterResult<T>> SignInAsync<T>(
        Function function, RequestWriter request, Func<JsonElement, T> read, TwitterCallOptions? options,
        TwitterParameters? overrides, CancellationToken cancellationToken)
    {
        IProgress<TwitterProgress>? progress = options?.Progress;
        bool isEntered = await EnterSignInAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TwitterResult<T> result = await CallRunner.RunAsync(
                Plan(function, request, read, new TwitterCallOptions { Progress = progress }, overrides),
                cancellationToken).ConfigureAwait(false);
            TakeOver(result.Json);
            return result;
        }
        finally
        {
            ExitSignIn(isEntered);
        }
    }

    /// <summary>A call that waits for a person. Other sign-ins of the client wait only while its tokens are taken over.</summary>
    private TwitterResult<T> WaitForPerson<T>(CallPlan<T> plan, CancellationToken cancellationToken)
    {
        TwitterResult<T> result = CallRunner.Run(plan, cancellationToken);
        bool isEntered = EnterSignIn(CancellationToken.None);
        try
        {
            TakeOver(result.Json);
            return result;
        }
        finally
        {
            ExitSignIn(isEntered);
        }
    }

    private async Task<TwitterResult<T>> WaitForPersonAsync<T>(CallPlan<T> plan, CancellationToken cancellationToken)
    {
        TwitterResult<T> result = await CallRunner.RunAsync(plan, cancellationToken).ConfigureAwait(false);
        bool isEntered = await EnterSignInAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            TakeOver(result.Json);
            return result;
        }
        finally
        {
            ExitSignIn(isEntered);
        }
    }

    /// <summary>Waits until no other sign-in of the client runs.</summary>
    /// <returns>False within a handler of <see cref="TokensChanged"/>: the sign-in that raised it still has the turn.</returns>
    private bool EnterSignIn(CancellationToken cancellationToken)
    {
        if (_isHandlingTokens.Value)
        {
            return false;
        }
        try
        {
            _signIn.Wait(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw CallRunner.Canceled(cancellationToken);
        }
    }

    private async Task<bool> EnterSignInAsync(CancellationToken cancellationToken)
    {
        if (_isHandlingTokens.Value)
        {
            return false;
        }
        try
        {
            await _signIn.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw CallRunner.Canceled(cancellationToken);
        }
    }

    /// <summary>Lets the next sign-in run.</summary>
    /// <param name="isEntered">What <see cref="EnterSignIn"/> has returned.</param>
    private void ExitSignIn(bool isEntered)
    {
        if (isEntered)
        {
            _signIn.Release();
        }
    }

    /// <summary>Takes over the tokens of an answer, if it has any, and raises <see cref="TokensChanged"/>.</summary>
    private void TakeOver(JsonElement answer)
    {
        if (_parameters.WithTokens(answer) is not ClientParameters parameters)
        {
            return;
        }
        _parameters = parameters;
        bool wasHandling = _isHandlingTokens.Value;
        _isHandlingTokens.Value = true;
        try
        {
            TokensChanged?.Invoke(this, new TwitterTokensChangedEventArgs(TwitterTokens.Read(answer)));
        }
        finally
        {
            _isHandlingTokens.Value = wasHandling;
        }
    }
}
