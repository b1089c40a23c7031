using GatewayStack.Identity.Administration;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>What measures are refused with, beside what every API is refused with.</summary>
internal static class StandingRefusals
{
    public static Problem BlocksYourself { get; } =
        Conflict("This would cut you off, too: narrow it down, or have another administrator do it.") with { Code = "blocks_yourself" };

    public static Problem KeyReused { get; } =
        Conflict("Another request was sent with this Idempotency-Key. Send a new key with a new request.") with { Code = "idempotency_key_reused" };

    /// <summary>The measure of that request is over: nobody is cut off by sending it again.</summary>
    public static Problem KeyOver(StoredMeasure measure)
    {
        var over = $"The measure that was taken under this Idempotency-Key, {measure.Measure.Id}, has ended; none was taken now. Send a new key to take a new one.";
        return Conflict(over) with { Code = "measure_ended" };
    }

    public static Problem TooMany { get; } =
        Conflict("As many measures are in force as may be at a time. End some of them, or widen one to cover others.") with { Code = "too_many_measures" };

    public static Problem TooManyClients { get; } = TooMany with { Detail = "As many apps are cut off as may be at a time. Let some in again, or ask an administrator." };

    /// <summary>Who administers one tenant may not end it.</summary>
    public static Problem OfOthers(StandingOrigin origin) => new()
    {
        Status = 403,
        Title = "Forbidden",
        Detail = (origin == StandingOrigin.Person ? "A person took this measure on an app of their own, and may end it." : "An administrator of all tenants took this measure.")
            + $" Ending it here takes the scope {StandingAdministration.EverywhereScope}.",
        Code = "insufficient_scope",
    };

    private static Problem Conflict(string detail) => new() { Status = 409, Title = "Conflict", Detail = detail, Code = string.Empty };
}
