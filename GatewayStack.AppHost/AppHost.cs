using GatewayStack.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var frontDoor = FrontDoor.From(builder.Configuration);

var demo = builder.AddProject<Projects.GatewayStack_Demo_Host>(Resources.Demo)
    .WithHttpEndpoint(name: Resources.Http)
    .WithEnvironment("Demo__Issuer", frontDoor.Url + "/demo")
    .WithEnvironment("Demo__GatewayUrl", frontDoor.Url)
    .WithHostDefaults(builder.Configuration)
    .WithHttpHealthCheck("/health", endpointName: Resources.Http);

builder.AddProject<Projects.GatewayStack_Gateway>(Resources.Gateway)
    .WithFrontDoor(frontDoor)
    .WithEnvironment("Demo__Url", demo.GetEndpoint(Resources.Http))
    .WithHostDefaults(builder.Configuration)
    .WithHttpHealthCheck("/health", endpointName: Resources.Http)
    .WaitFor(demo);

await builder.Build().RunAsync();
