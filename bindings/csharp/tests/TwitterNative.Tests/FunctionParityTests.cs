using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using TwitterNative.Calls;
using Xunit;

namespace TwitterNative.Tests;

/// <summary>Methods, arguments and options are what the library describes: nothing is missing, and nothing is made up.</summary>
public sealed class FunctionParityTests
{
    /// <summary>Members of the client that are no function.</summary>
    private static readonly string[] s_own = ["With", "ForAccount", "Call", "CallAsync", "ToString"];

    /// <summary>Second names of a field, for which C# has no use.</summary>
    private static readonly Dictionary<string, string[]> s_secondNames = new()
    {
        ["create_authorization_header_v1"] = ["method"],
    };

    private static readonly IReadOnlyList<FunctionDescription> s_described =
        new TwitterClient(new TwitterParameters()).Describe().Value;

    public static TheoryData<string> Names() => [.. s_described.Select(function => function.Name!)];

    [Fact]
    public void EveryMethodIsAFunction()
    {
        IEnumerable<string> methods = typeof(TwitterClient)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName).Select(method => method.Name).Except(s_own)
            .Where(name => !name.StartsWith("Enumerate", StringComparison.Ordinal));
        IEnumerable<string> functions = s_described.SelectMany(
            function => new[] { function.EnglishName!, function.EnglishName + "Async" });
        Assert.Equal(
            functions.Order(StringComparer.OrdinalIgnoreCase), methods.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFunctionIsAPairOfMethods(string name)
    {
        FunctionDescription function = Described(name);
        MethodInfo synchronous = Method(function.EnglishName!);
        MethodInfo asynchronous = Method(function.EnglishName + "Async");
        Assert.Equal(typeof(Task<>).MakeGenericType(synchronous.ReturnType), asynchronous.ReturnType);
        Assert.Equal(typeof(TwitterResult<>), synchronous.ReturnType.GetGenericTypeDefinition());
        Assert.Equal(Signature(synchronous), Signature(asynchronous));
        ParameterInfo last = synchronous.GetParameters()[^1];
        Assert.Equal((typeof(CancellationToken), true), (last.ParameterType, last.HasDefaultValue));
        foreach (MethodInfo method in new[] { synchronous, asynchronous })
        {
            MethodInfo[] targets = [.. typeof(ITwitterClient).GetInterfaces()
                .SelectMany(role => typeof(TwitterClient).GetInterfaceMap(role).TargetMethods)];
            Assert.Contains(method, targets);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ArgumentsAndOptionsAreTheDescribedFields(string name)
    {
        FunctionDescription function = Described(name);
        JsonElement schema = function.Request;
        MethodInfo writer = typeof(TwitterClient).GetMethod(
            function.EnglishName + "Request",
            BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.IgnoreCase)!;
        JsonElement request = Written(begun =>
        {
            ParameterInfo[] wanted = writer.GetParameters();
            string[] given = [.. wanted.Select(parameter => parameter.Name!)];
            writer.Invoke(null, [begun, .. wanted.Skip(1).Select(parameter => Sample(parameter.ParameterType, given))]);
        });
        string[] second = s_secondNames.GetValueOrDefault(name, []);
        AssertFields(Fields(schema).Except(second).Except(["parameters"]), request.EnumerateObject().Select(field => field.Name));
        foreach (JsonProperty field in request.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Object))
        {
            if (schema.GetProperty("properties").GetProperty(field.Name).TryGetProperty("properties", out JsonElement nested)
                && field.Name != "query")
            {
                AssertFields(
                    nested.EnumerateObject().Select(property => property.Name),
                    field.Value.EnumerateObject().Select(property => property.Name));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RequiredFieldsAreArguments(string name)
    {
        FunctionDescription function = Described(name);
        if (!function.Request.TryGetProperty("required", out JsonElement required))
        {
            return;
        }
        ParameterInfo[] parameters = Method(function.EnglishName!).GetParameters();
        foreach (string field in required.EnumerateArray().Select(field => field.GetString()!.Replace("_", "", StringComparison.Ordinal)))
        {
            ParameterInfo argument = Assert.Single(
                parameters, parameter => field.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
            Assert.False(argument.HasDefaultValue);
        }
    }

    [Fact]
    public void ParametersAreTheDescribedOnes()
    {
        var parameters = (TwitterParameters)Sample(typeof(TwitterParameters), [])!;
        JsonElement written = Written(parameters.Write);
        AssertFields(
            Fields(Described("get_standard_parameters").Request.GetProperty("properties").GetProperty("parameters").GetProperty("anyOf")[0]),
            written.EnumerateObject().Select(field => field.Name));
        // What is written is read again, all of it.
        JsonElement again = Written(TwitterParameters.Read(written).Write);
        Assert.Equal(written.GetRawText(), again.GetRawText());
        Assert.Null(TwitterParameters.Read(written).Additional);
    }

    [Fact]
    public void ListsAreEnumeratedToo()
    {
        IEnumerable<string> paged = s_described.Where(function => Fields(function.Request).Contains("max_pages"))
            .Select(function => "Enumerate" + function.EnglishName!.Replace("Get", "", StringComparison.Ordinal));
        IEnumerable<string> methods = typeof(TwitterClient).GetMethods().Select(method => method.Name)
            .Where(name => name.StartsWith("Enumerate", StringComparison.Ordinal));
        Assert.Equal(paged.Order(), methods.Order());
    }

    [Fact]
    public void TheVersionIsTheLibrarys() =>
        Assert.Equal(TwitterRuntime.Version.Split('+')[0], Informational().Split('+')[0]);

    private static string Informational() =>
        typeof(TwitterClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static FunctionDescription Described(string name) => s_described.Single(function => function.Name == name);

    private static MethodInfo Method(string name) =>
        typeof(TwitterClient).GetMethod(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
        ?? throw new InvalidOperationException($"There is no method {name}: run bindings/csharp/generate.py.");

    private static IEnumerable<string> Signature(MethodInfo method) =>
        method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name} {parameter.HasDefaultValue}");

    private static IEnumerable<string> Fields(JsonElement schema) =>
        schema.TryGetProperty("properties", out JsonElement fields) ? fields.EnumerateObject().Select(field => field.Name) : [];

    private static void AssertFields(IEnumerable<string> described, IEnumerable<string> written) =>
        Assert.Equal(described.Order(), written.Order());

    /// <summary>The JSON that a request becomes.</summary>
    private static JsonElement Written(Action<RequestWriter> write)
    {
        using RequestWriter request = RequestWriter.Begin();
        write(request);
        request.Seal(Encoding.UTF8.GetBytes("null"));
        int end = Array.IndexOf(request.Array, (byte)0);
        var fields = (JsonObject)JsonNode.Parse(request.Array.AsSpan(0, end))!;
        fields.Remove("parameters");
        return JsonSerializer.SerializeToElement(fields);
    }

    /// <summary>A value of the type with all that it can hold, but for what is given otherwise.</summary>
    private static object? Sample(Type type, IReadOnlyList<string> given)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) { return "1"; }
        if (type == typeof(bool)) { return true; }
        if (type == typeof(int)) { return 1; }
        if (type == typeof(long)) { return 1L; }
        if (type == typeof(double)) { return 1.5; }
        if (type == typeof(TimeSpan)) { return TimeSpan.FromMinutes(5); }
        if (type == typeof(JsonObject) || type == typeof(JsonNode)) { return new JsonObject { ["a"] = "1" }; }
        if (type == typeof(TwitterFile)) { return TwitterFile.FromBytes(new byte[] { 1 }); }
        if (type == typeof(MediaCategory)) { return MediaCategory.TweetImage; }
        if (type == typeof(ReplySettings)) { return ReplySettings.Following; }
        if (type == typeof(TwitterAuth)) { return TwitterAuth.OAuth1; }
        if (typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType)
        {
            Type item = type.GetGenericArguments()[0];
            var items = Array.CreateInstance(item, 1);
            items.SetValue(Sample(item, []), 0);
            return items;
        }
        object made = Activator.CreateInstance(type)!;
        string[] common = [nameof(TwitterCallOptions.Parameters), nameof(TwitterCallOptions.Progress), nameof(TwitterCallOptions.AdditionalFields), "Additional"];
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && !common.Contains(property.Name)))
        {
            bool isGiven = given.Contains(property.Name, StringComparer.OrdinalIgnoreCase)
                || (property.Name == "Files" && given.Contains("file"));
            if (!isGiven)
            {
                property.SetValue(made, Sample(property.PropertyType, []));
            }
        }
        return made;
    }
}
