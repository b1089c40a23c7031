using GatewayStack.Policy.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddInternalCalls("policy");

builder.AddPolicyModule();
builder.AddDataKeysClient();
builder.AddEventSinkClients("audit");
builder.AddEvents("policy", "audit");
builder.AddKafkaEvents();
builder.AddPolicyGrpc();
builder.AddModuleHealth();
builder.AddWarmUp(WarmUp.RunAsync);

await using var app = builder.Build();
return await app.RunCheckedAsync(static app =>
{
    app.UseInternalCalls();
    app.MapPolicyGrpc();
    app.MapModuleRoutes("policy");
    app.MapModuleHealth().AllowAnonymous();
    app.MapDefaultEndpoints("policy");
});
