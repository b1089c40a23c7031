using System.Diagnostics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
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

        log.Append(new GatewayEvent
        {
            Type = EventTypes.Administration,
            Time = time.GetUtcNow(),
            Tenant = caller.Tenant,
            RequestId = context.TraceIdentifier,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
            Action = GatewayActions.AdminWrite,
            Route = route,
            Caller = EventCaller.From(caller),
            Personal = EventPersonal.From(caller),
            Status = status,
            Administration = act,
        });
    }
}
