using GatewayStack.Identity.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddInternalCalls("identity");

builder.AddIdentityModule();
builder.AddEventSinkClients("audit");
builder.AddEvents("identity", "audit");
builder.AddKafkaEvents();
builder.AddIdentityGrpc();
builder.AddDataKeysGrpc();
builder.AddStandingsGrpc();
builder.AddModuleHealth();
builder.AddWarmUp(WarmUp.RunAsync);

await using var app = builder.Build();
return await app.RunCheckedAsync(static app =>
{
    app.UseInternalCalls();
    app.MapIdentityGrpc();
    app.MapDataKeysGrpc();
    app.MapStandingsGrpc();
    app.MapModuleRoutes("identity");
    app.MapModuleHealth().AllowAnonymous();
    app.MapDefaultEndpoints("identity");
});
