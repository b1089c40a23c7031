using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Spool;

/// <summary>Gives every decision that an earlier run left without an outcome the outcome <c>interrupted</c>.</summary>
internal sealed class SpoolRecovery(WriteAheadSpool spool, EventKeys keys, TimeProvider time, EventsMetrics metrics, ILogger logger)
{
    public async Task RunAsync(IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var open = FindOpen(segments);
        foreach (var decision in open)
        {
            // Open until its outcome stands: a crash in here, or a full spool, leaves it to the next start.
            spool.TrackFound(decision.RequestId, decision.Segment, decision.Offset);
        }

        foreach (var decision in open)
        {
            await InterruptAsync(decision, cancellationToken);
        }

        if (open.Count > 0)
        {
            metrics.Interrupted(open.Count);
            logger.Interrupted(open.Count);
        }
    }

    private static List<Found> FindOpen(IReadOnlyList<Segment> segments)
    {
        // Whatever the order: a decision that was carried on may stand behind its outcome's segment.
        var decisions = new Dictionary<string, Found>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            var offset = Segment.HeaderSize;
            while (offset < segment.Committed)
            {
                var record = segment.Read(offset);
                if (record.Kind == RecordKind.Outcome)
                {
                    _ = closed.Add(RequestIdOf(record.Payload));
                }
                else if (record.Kind is RecordKind.Decision or RecordKind.Carried)
                {
                    var requestId = RequestIdOf(record.Payload);
                    decisions[requestId] = new Found(requestId, segment, offset);
                }

                offset += record.Size;
            }
        }

        return [.. decisions.Values.Where(d => !closed.Contains(d.RequestId)).OrderBy(d => d.Segment.Number).ThenBy(d => d.Offset)];
    }

    private static string RequestIdOf(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("request_id"u8);
            _ = reader.Read();
            if (found)
            {
                return reader.GetString()!;
            }

            reader.Skip();
        }

        return string.Empty;
    }

    private async Task InterruptAsync(Found found, CancellationToken cancellationToken)
    {
        var bytes = found.Segment.Read(found.Offset).Payload.ToArray();
        if ((await EventReader.ReadAsync(bytes, keys, cancellationToken)).Event is not { } decision)
        {
            return;
        }

        _ = spool.Append(decision with
        {
            Type = EventTypes.Outcome,
            Time = time.GetUtcNow(),
            Outcome = EventOutcomes.Interrupted,
            Reason = "process_ended",
            Status = null,
            Attempts = [],
            Usage = null,
        });
    }

    private sealed record Found(string RequestId, Segment Segment, int Offset);
}
