using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Platform.Tests.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Forwarding;

/// <summary>What a front door does before it forwards: it knows the person, their assertion and the request's id. No more of it is here.</summary>
internal sealed class FrontDoorDouble : IAsyncDisposable
{
    public const string RequestId = "req_front";

    private readonly WebApplication _app;

    private FrontDoorDouble(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public HttpClient Client { get; }

    /// <param name="module">The module to forward to.</param>
    /// <param name="addresses">Its instances.</param>
    /// <param name="assertion">The person's assertion; null signs nobody in.</param>
    /// <param name="secret">The Router's own secret.</param>
    /// <param name="before">What is done before forwarding.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<FrontDoorDouble> StartAsync(
        string module, IEnumerable<Uri> addresses, string? assertion, string? secret = null, Func<HttpContext, Task>? before = null,
        IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Service:Credential"] = secret ?? ModuleHost.SecretOf("router");
        foreach (var (index, address) in addresses.Index())
        {
            builder.Configuration[$"services:{module}:http:{index}"] = address.GetLeftPart(UriPartial.Authority);
        }

        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.AddInternalCalls("router");
        builder.AddModuleForwarding(module, before);
        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.TraceIdentifier = RequestId;
            http.Response.Headers["x-request-id"] = RequestId;
            if (assertion is not null)
            {
                http.User = new GatewayPrincipal(TestAssertions.Alice, assertion);
            }

            return next(http);
        });
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == module))
        {
            app.MapMethods(route.Pattern, route.Method.Split(','), app.Services.GetRequiredKeyedService<RequestDelegate>(route.Name));
        }

        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FrontDoorDouble(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
