using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Doors;

/// <summary>The modules' own HTTP handlers, registered as keyed <see cref="RequestDelegate"/>s under their route's name.</summary>
internal sealed class ModuleHandlers(IServiceProvider services)
{
    public RequestDelegate? Find(string route) => services.GetKeyedService<RequestDelegate>(route);
}
