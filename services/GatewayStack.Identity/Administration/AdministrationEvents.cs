using System.Diagnostics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Administration;

/// <summary>Records administrative acts, where the host has an event log.</summary>
internal sealed class AdministrationEvents(IServiceProvider services, TimeProvider time)
{
    public void Record(HttpContext context, string route, EventAdministration act, int status)
    {
        if (services.GetService<IEventLog>() is not { } log || context.User is not GatewayPrincipal { Caller: { } caller })
        {
            return;
        }

        log.Append(act.By(caller, context.TraceIdentifier, time.GetUtcNow()) with
        {
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
            Route = route,
            Status = status,
        });
    }
}
