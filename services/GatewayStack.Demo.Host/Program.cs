using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Host;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
var settings = new DemoHostSettingsCheck(builder.Configuration, builder.Environment);
builder.WebHost.UseUrls(settings.Urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton<ISettingsCheck>(settings);
builder.Services.AddDemoServer(settings.ServerOptions);
builder.Services.AddHealthChecks();

await using var app = builder.Build();
app.MapHealthChecks("/alive");
app.MapHealthChecks("/health");
if (settings.Check().IsEmpty)
{
    // Mapping makes the issuer's key: not where the start is refused.
    app.MapDemoServer();
}

return await app.RunCheckedAsync();
