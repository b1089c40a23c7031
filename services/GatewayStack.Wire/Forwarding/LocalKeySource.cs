using System.Text;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Wire.Forwarding;

/// <summary>Identity's own key set, from the handler that publishes it: the host of Identity verifies as every other does.</summary>
internal sealed class LocalKeySource(IServiceProvider services) : IAssertionKeySource
{
    public const string Route = "identity.jwks";

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = cancellationToken };
        http.Request.Method = HttpMethods.Get;
        http.Response.Body = body;
        await services.GetRequiredKeyedService<RequestDelegate>(Route)(http);
        return Encoding.UTF8.GetString(body.GetBuffer().AsSpan(0, (int)body.Length));
    }
}
