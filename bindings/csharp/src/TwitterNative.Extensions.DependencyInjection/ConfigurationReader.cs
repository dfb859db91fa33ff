using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace TwitterNative.Extensions.DependencyInjection;

/// <summary>
/// Reads the parameters of a configuration section, by the names of the properties or of the library. All values are text
/// there. The library converts them, and refuses names that are no parameters.
/// </summary>
internal static class ConfigurationReader
{
    public static void Read(IConfiguration section, TwitterParameters parameters)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            // A list has its items below it.
            string value = child.Value ?? string.Join(" ", child.GetChildren().Select(static item => item.Value));
            string name = SnakeCase(child.Key);
            // "Timeout": "00:01:00" is the property, "timeout_seconds": "60" the library's parameter.
            if (value.AsSpan().IndexOf(':') >= 0 && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out TimeSpan time))
            {
                name += "_seconds";
                value = Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
            parameters.Set(name, value);
        }
    }

    /// <summary>Both <c>OAuthConsumerKey</c> and <c>oauth_consumer_key</c> give <c>oauth_consumer_key</c>.</summary>
    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        foreach (char letter in name.Replace("OAuth", "Oauth"))
        {
            if (char.IsUpper(letter) && snake.Length > 0 && snake[snake.Length - 1] != '_')
            {
                snake.Append('_');
            }
            snake.Append(char.ToLowerInvariant(letter));
        }
        return snake.ToString();
    }
}
