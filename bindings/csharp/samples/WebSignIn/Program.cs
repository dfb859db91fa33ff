// A site where people sign in with X and post, each from an account of their own.
//   dotnet run --Database=/var/lib/site/people.db --Twitter:ClientId=… --Twitter:ClientSecret=… --Twitter:RedirectUri=https://example.com/signin-x
// The redirect address is registered with X and leads to this site's /signin-x.
using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TokenStores;
using TwitterNative;
using WebSignIn;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddTwitterClient(builder.Configuration.GetSection("Twitter")).AddTokenStore<SqliteTokenStore>();
builder.Services.AddSingleton(new SqliteTokenStore(builder.Configuration["Database"] ?? "people.db"));
builder.Services.AddSingleton<People>();
WebApplication app = builder.Build();

app.MapGet("/", async (HttpContext http, People people, CancellationToken canceled) => Results.Content(
    await people.FindAsync(http.Request.Cookies[Cookies.Person], canceled) is null
        ? """<a href="/sign-in">Sign in with X</a>"""
        : """
          <form method="post" action="/tweet" enctype="multipart/form-data">
          <input name="text"> <input name="picture" type="file"> <button>Post</button></form>
          """,
    "text/html"));

app.MapGet("/sign-in", async (HttpContext http, ITwitterClient application, CancellationToken canceled) =>
{
    // The link is bound to this browser: nobody can have another person finish a sign-in of theirs.
    string session = Cookies.NewValue();
    Cookies.Set(http, Cookies.Session, session);
    TwitterResult<AuthorizationLink> link =
        await application.GetAuthorizationLinkAsync(new() { Session = session }, canceled);
    return Results.Redirect(link.Value.Url!.OriginalString);
});

app.MapGet("/signin-x", async (HttpContext http, ITwitterClient application, People people, CancellationToken canceled) =>
{
    string person = Cookies.NewValue();
    // A client of this person's own; the sign-in keeps the tokens in the database.
    ITwitterClient client = people.New(person);
    try
    {
        await client.HandleIncomingRequestAfterAuthorizationAsync(
            http.Request.QueryString.Value ?? "", new() { Session = http.Request.Cookies[Cookies.Session] ?? "" }, canceled);
    }
    catch (TwitterAuthorizationException error)
    {
        return Results.Text(error.Message, statusCode: StatusCodes.Status403Forbidden);
    }
    http.Response.Cookies.Delete(Cookies.Session);
    Cookies.Set(http, Cookies.Person, person);
    return Results.Redirect("/");
});

// The cookie isn't sent with forms of other sites: SameSite=Lax.
app.MapPost("/tweet", async (HttpContext http, People people, CancellationToken canceled) =>
{
    if (await people.FindAsync(http.Request.Cookies[Cookies.Person], canceled) is not ITwitterClient client)
    {
        return Results.Unauthorized();
    }
    IFormCollection form = await http.Request.ReadFormAsync(canceled);
    string text = form["text"].ToString();
    try
    {
        TwitterResult<Tweet> posted;
        if (form.Files.GetFile("picture") is IFormFile { Length: > 0 } picture)
        {
            await using Stream content = picture.OpenReadStream();
            posted = await client.CreateImageTweetAsync(
                text, [TwitterFile.FromStream(content, picture.FileName)], cancellationToken: canceled);
        }
        else
        {
            posted = await client.CreateTextTweetAsync(text, cancellationToken: canceled);
        }
        return Results.Text($"https://x.com/i/status/{posted.Value.Id}");
    }
    catch (TwitterException error)
    {
        return Results.Text(error.Message, statusCode: StatusCodes.Status502BadGateway);
    }
});

app.Run();

namespace WebSignIn
{
    internal static class Cookies
    {
        /// <summary>Binds a sign-in that is under way to the browser that began it.</summary>
        public const string Session = "sign-in";

        /// <summary>Names the person who has signed in.</summary>
        public const string Person = "person";

        /// <summary>A value that nobody can guess.</summary>
        public static string NewValue() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

        public static void Set(HttpContext http, string name, string value) =>
            http.Response.Cookies.Append(name, value, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            });
    }
}
