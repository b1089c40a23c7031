using GatewayStack.Gateway;
using GatewayStack.Router.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddRemoteDemo();
builder.AddInternalCalls("router");

builder.AddIdentityClient();
builder.AddStandingsClient();
builder.AddTransformClient();
builder.AddPolicyClient();
builder.AddLimitsClient();
builder.AddDataKeysClient();
builder.AddModuleForwarding("identity");
builder.AddModuleForwarding("policy");
builder.AddModuleForwarding("limits");
builder.AddModuleForwarding("audit", AuditDrain.BeforeReadingAsync);
builder.AddEventSinkClients("limits", "audit");
builder.AddEvents("router", "limits", "audit");
builder.AddKafkaEvents();
builder.AddFrontDoor();
builder.AddWelcome();

await using var app = builder.Build();
return await app.RunCheckedAsync(static app => app.MapFrontDoor());
