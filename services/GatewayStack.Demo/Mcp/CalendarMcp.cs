using System.Security.Claims;
using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;

namespace GatewayStack.Demo.Mcp;

/// <summary>The calendar as an MCP server, for clients with sessions and for those without, on one endpoint.</summary>
internal sealed class CalendarMcp(GatewayKeys keys, DemoAddresses addresses, TimeProvider time, ILogger<CalendarMcp> logger)
{
    public const string Name = "calendar";

    /// <summary>Audience of the assertions: not the one of the calendar's HTTP API.</summary>
    public const string Audience = "calendar-mcp";

    public const string Path = "/mcp/" + Name;

    private readonly GatewayAssertionVerifier _verifier = new(Audience, addresses, keys, time);

    public static void AddServices(IServiceCollection services) => services
        .AddMcpServer(options => options.ServerInfo = new Implementation { Name = "demo-calendar", Title = "Demo calendar", Version = "1.0.0" })
        .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
        .WithTools<CalendarTools>(DemoWire.Json.Options);

    // snippet: verify-mcp-caller
    public void Map(IEndpointRouteBuilder demo) => demo.MapMcp(Path).Add(endpoint =>
    {
        var serve = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            if (await BackendCaller.VerifyAsync(context, _verifier, addresses, Path, logger) is { } caller)
            {
                // The tools get this person. The SDK also binds sessions to the name identifier.
                Claim[] claims = [new(ClaimTypes.NameIdentifier, $"{caller.Tenant}/{caller.User}"), new("tenant", caller.Tenant!), new("user", caller.User!)];
                context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, authenticationType: GatewayAssertionVerifier.Header));
                await serve(context);
            }
        };
    });
    // endsnippet

    /// <summary>The person whom the assertion named.</summary>
    public static (string Tenant, string User) Caller(ClaimsPrincipal user) =>
        (user.FindFirstValue("tenant") ?? throw new InvalidOperationException("No verified caller."), user.FindFirstValue("user")!);
}
