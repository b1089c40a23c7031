using GatewayStack.Contracts.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>The app that the quickstart shows.</summary>
internal static class IdentityAlone
{
    public static WebApplication Build(string[] args)
    {
        // snippet: identity-alone
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddGatewayIdentity(builder.Configuration);

        var app = builder.Build();
        app.UseGatewayIdentity();
        app.MapGet("/", (HttpContext context) => $"Hello {((GatewayPrincipal)context.User).Caller.UserId}");
        // endsnippet
        return app;
    }
}
