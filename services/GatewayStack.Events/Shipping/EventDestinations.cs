using System.Collections.Immutable;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Events.Shipping;

/// <summary>Where the spool is shipped to: every registered <see cref="IEventSink"/>, those that <c>AddEvents</c> names, or the log that stands in their place.</summary>
/// <param name="Sinks">The consumers; each has a watermark of its own.</param>
public sealed record EventDestinations(ImmutableArray<IEventSink> Sinks);
