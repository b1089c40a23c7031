using System.Diagnostics;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router;

internal static class RouterActivities
{
    /// <summary>The source of the Router's spans: stateless, one per process by .NET's own convention.</summary>
    public static readonly ActivitySource Source = new(RequestPipeline.ActivitySourceName);
}
