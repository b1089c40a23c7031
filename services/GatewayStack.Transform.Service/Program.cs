using GatewayStack.Transform.Service;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();
builder.AddInternalCalls("transform");

builder.AddDataKeysClient();
builder.AddTransformModule();
builder.AddTransformGrpc();
builder.AddModuleHealth();
builder.AddWarmUp(WarmUp.RunAsync);

await using var app = builder.Build();
return await app.RunCheckedAsync(static app =>
{
    app.UseInternalCalls();
    app.MapTransformGrpc();
    app.MapModuleHealth().AllowAnonymous();
    app.MapDefaultEndpoints("transform");
});
