using Microsoft.Extensions.Options;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>Checks the parameters of one client by the library. Nothing is sent.</summary>
internal sealed class ParametersValidator(string client) : IValidateOptions<TwitterParameters>
{
    public ValidateOptionsResult Validate(string? name, TwitterParameters options)
    {
        if (name != client)
        {
            return ValidateOptionsResult.Skip;
        }
        try
        {
            new TwitterClient(options).GetStandardParameters();
            return ValidateOptionsResult.Success;
        }
        catch (TwitterException error)
        {
            return ValidateOptionsResult.Fail(
                error.Error.Field is string field ? $"{field}: {error.Message}" : error.Message);
        }
    }
}
