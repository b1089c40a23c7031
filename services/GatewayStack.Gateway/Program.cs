using GatewayStack.Gateway;

// Settings stand beside the program, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
await builder.AddDemoAsync();

builder.AddIdentityModule();
builder.AddTransformModule();
builder.AddPolicyModule();
builder.AddLimitsModule();
builder.AddAuditModule();
builder.AddKafkaConsumer("limits");
builder.AddKafkaConsumer("audit");
builder.AddEvents();
builder.AddKafkaEvents();
builder.AddFrontDoor();
builder.AddWelcome();

await using var app = builder.Build();
return await app.RunCheckedAsync(static app => app.MapFrontDoor());
