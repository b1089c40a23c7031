using GatewayStack.Gateway;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
await builder.AddDemoAsync();

builder.AddIdentityModule();
builder.AddTransformModule();
builder.AddPolicyModule();
builder.AddLimitsModule();
builder.AddAuditModule();
builder.AddEvents();
builder.AddFrontDoor();
builder.AddWelcome();

await using var app = builder.Build();
return await app.RunCheckedAsync(static app => app.MapFrontDoor());
