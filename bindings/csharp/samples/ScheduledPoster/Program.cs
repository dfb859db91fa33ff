// Posts at the times of a file, and ends when all is posted.
//   dotnet run --Schedule=posts.json --Twitter:ClientId=… --Twitter:TokenFile=tokens.json
// posts.json: [{"at": "2026-12-24T18:00:00Z", "text": "Merry Christmas"}]
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ScheduledPoster;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTwitterClient(builder.Configuration.GetSection("Twitter"));
builder.Services.AddHostedService<Poster>();
builder.Build().Run();
