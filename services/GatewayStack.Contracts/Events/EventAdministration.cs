using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Contracts.Events;

/// <summary>An administrative act, as recorded.</summary>
public sealed record EventAdministration
{
    /// <summary>What was done, such as <c>policy.reload</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Why, in the administrator's words; mandatory for a write.</summary>
    public string? Reason { get; init; }

    /// <summary>Revision before.</summary>
    public string? Before { get; init; }

    /// <summary>Revision after.</summary>
    public string? After { get; init; }

    /// <summary>True when it took effect.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The measure that was taken or ended.</summary>
    public EventStanding? Standing { get; init; }

    /// <summary>The event of the act; who writes it adds where it was done.</summary>
    /// <param name="caller">The administrator.</param>
    /// <param name="requestId">The request it was done by.</param>
    /// <param name="time">When.</param>
    public GatewayEvent By(CallerIdentity caller, string requestId, DateTimeOffset time) => new()
    {
        Type = EventTypes.Administration,
        Time = time,
        Tenant = caller.Tenant,
        RequestId = requestId,
        Caller = EventCaller.From(caller),
        Personal = EventPersonal.From(caller),
        Action = GatewayActions.AdminWrite,
        Administration = this,
    };
}

/// <summary>A measure on somebody's or something's standing, as recorded. A user id it is on is among <see cref="GatewayEvent.Resources"/>, which are encrypted.</summary>
public sealed record EventStanding
{
    /// <summary>Id of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>Who took it, where that is no caller: <c>issuer:{name}</c>.</summary>
    public string? Author { get; init; }

    /// <summary>What it is on, without the user id.</summary>
    public required StandingSubject Subject { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; init; }
}
