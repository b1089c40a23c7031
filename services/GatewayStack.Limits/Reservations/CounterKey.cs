namespace GatewayStack.Limits.Reservations;

/// <summary>Names one counter of a tenant. The window is part of the name: a new window is a new counter.</summary>
/// <param name="Series">What is counted.</param>
/// <param name="Scope">Whose use it is: the person, the team, the organisation, or empty for the tenant; or the tool, for each person apart.</param>
/// <param name="Within">The organisation of a team, as two organisations may have teams of one name; the person who calls a tool.</param>
/// <param name="WindowStart">Start of the window, in ticks (UTC).</param>
internal readonly record struct CounterKey(string Series, string Scope, string? Within, long WindowStart);
