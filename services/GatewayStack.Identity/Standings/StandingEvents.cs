using System.Collections.Immutable;
using System.Diagnostics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Standings;

/// <summary>Records measures that were taken and ended, where the host has an event log.</summary>
internal sealed class StandingEvents(IServiceProvider services, TimeProvider time)
{
    public const string Block = "standing.block";
    public const string Unblock = "standing.unblock";
    public const string Expire = "standing.expire";

    private const string NoTenant = "default";

    /// <summary>Somebody took or ended a measure.</summary>
    public void Acted(HttpContext context, CallerIdentity caller, string route, string action, string operation, string? reason, StoredMeasure measure) => Append(
        Act(operation, reason, measure).By(caller, context.TraceIdentifier, time.GetUtcNow()) with
        {
            TraceParent = TraceParent,
            Action = action,
            Route = route,
            Resources = Resources(measure),
            Status = operation == Block ? StatusCodes.Status201Created : StatusCodes.Status200OK,
        });

    /// <summary>An issuer said that a session ended.</summary>
    public void SignedOut(HttpContext context, string? tenant, StoredMeasure measure) => Append(new GatewayEvent
    {
        Type = EventTypes.Administration,
        Time = time.GetUtcNow(),
        Tenant = tenant ?? NoTenant,
        RequestId = context.TraceIdentifier,
        TraceParent = TraceParent,
        Action = GatewayActions.AdminWrite,
        Route = "identity.backchannel_logout",
        Resources = Resources(measure),
        Status = StatusCodes.Status200OK,
        Administration = Act(Block, measure.Measure.Reason, measure),
    });

    /// <summary>The time of measures was up. Sessions that ended long ago are no news.</summary>
    public void Expired(ImmutableArray<StoredMeasure> measures)
    {
        foreach (var measure in measures.Where(m => m.Origin != StandingOrigin.Issuer))
        {
            Append(new GatewayEvent
            {
                Type = EventTypes.Administration,
                Time = time.GetUtcNow(),
                Tenant = measure.Measure.Subject.Tenant ?? NoTenant,
                RequestId = string.Empty,
                Action = GatewayActions.AdminWrite,
                Resources = Resources(measure),
                Administration = Act(Expire, reason: null, measure),
            });
        }
    }

    private static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    // The user id is a personal value: it stands where it is encrypted.
    private static ImmutableArray<ResourceReference> Resources(StoredMeasure measure) =>
        measure.Measure.Subject.UserId is { } user ? [new ResourceReference { Type = "user", Id = user }] : [];

    private static EventAdministration Act(string operation, string? reason, StoredMeasure measure) => new()
    {
        Operation = operation,
        Reason = reason,
        Succeeded = true,
        Standing = new EventStanding
        {
            Measure = measure.Measure.Id,
            Author = measure.Origin == StandingOrigin.Issuer ? measure.Measure.Author : null,
            Subject = measure.Measure.Subject with { UserId = null },
            Until = measure.Measure.Until,
        },
    };

    private void Append(GatewayEvent e) => services.GetService<IEventLog>()?.Append(e);
}
