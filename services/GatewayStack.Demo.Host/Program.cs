using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Host;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
var settings = new DemoHostSettingsCheck(builder.Configuration, builder.Environment);
builder.WebHost.UseUrls(settings.Urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton<ISettingsCheck>(settings);
builder.Services.AddDemoServer(settings.ServerOptions);
builder.Services.AddHealthChecks();
builder.Services.AddHttpClient(nameof(RecentAudit));
builder.Services.AddSingleton(sp => new RecentAudit(
    sp.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(RecentAudit)), settings.ServerOptions.GatewayUrl!, sp.GetRequiredService<TimeProvider>()));

await using var app = builder.Build();
app.MapHealthChecks("/alive");
app.MapHealthChecks("/health");
if (settings.Check().IsEmpty)
{
    // Mapping makes the issuer's key: not where the start is refused.
    app.MapDemoServer();
    app.MapGet("/demo/audit", app.Services.GetRequiredService<RecentAudit>().InvokeAsync);
}

return await app.RunCheckedAsync();
