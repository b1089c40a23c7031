using GatewayStack.Contracts.Audit;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddInternalCalls("audit");

builder.AddAuditModule();
builder.AddKafkaConsumer("audit");
builder.AddDataKeysClient();
builder.AddEvents("audit", "audit");
builder.AddKafkaEvents();
builder.AddEventSinkGrpc();
builder.AddModuleHealth();
builder.AddWarmUp(static async (services, cancellationToken) =>
{
    await foreach (var record in services.GetRequiredService<IAuditModule>().QueryAsync(new AuditQuery { Tenant = "default", Limit = 1 }, cancellationToken))
    {
        _ = record;
    }
});

await using var app = builder.Build();
return await app.RunCheckedAsync(static app =>
{
    app.UseInternalCalls();
    app.MapEventSinkGrpc();
    app.MapModuleRoutes("audit");
    app.MapModuleHealth().AllowAnonymous();
    app.MapDefaultEndpoints("audit");
});
