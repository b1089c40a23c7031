using GatewayStack.Limits.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddInternalCalls("limits");

builder.AddLimitsModule();
builder.AddKafkaConsumer("limits");
builder.AddDataKeysClient();
builder.AddEventSinkClients("audit");
builder.AddEvents("limits", "audit");
builder.AddKafkaEvents();
builder.AddLimitsGrpc();
builder.AddEventSinkGrpc();
builder.AddModuleHealth();
builder.AddWarmUp(WarmUp.RunAsync);

await using var app = builder.Build();
return await app.RunCheckedAsync(static app =>
{
    app.UseInternalCalls();
    app.MapLimitsGrpc();
    app.MapEventSinkGrpc();
    app.MapModuleRoutes("limits");
    app.MapModuleHealth().AllowAnonymous();
    app.MapDefaultEndpoints("limits");
});
