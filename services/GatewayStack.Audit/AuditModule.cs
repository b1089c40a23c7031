using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Audit.Records;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Keys;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;

namespace GatewayStack.Audit;

internal sealed class AuditModule(IAuditStore store, EventKeys keys, IDataKeys dataKeys, AuditMetrics metrics) : IAuditModule
{
    private const int LargestLimit = 1000;

    public async IAsyncEnumerable<AuditRecord> QueryAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = await FilterAsync(query, cancellationToken);
        await foreach (var row in store.QueryAsync(filter, cancellationToken))
        {
            var read = await EventReader.ReadAsync(row.Bytes, keys, cancellationToken);
            if (read is not { Event: { } found, Position: { } position })
            {
                // It was readable when it was stored.
                throw new InvalidDataException($"The audit row {row.Index} is damaged: {read.Error}.");
            }

            metrics.Read();
            var id = $"{position.Producer}:{position.Epoch}:{position.Sequence}";
            yield return new AuditRecord { EventId = id, Cursor = AuditCursor.Of(row.Index), Json = AuditJson.Write(id, row.Bytes, found) };
        }
    }

    private async Task<AuditFilter> FilterAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        long? before = null;
        if (query.Cursor is { } cursor)
        {
            before = AuditCursor.TryParse(cursor, out var index) ? index : throw new ArgumentException("The cursor is none of ours.", nameof(query));
        }

        var hashKeys = query.User is null && query.ResourceId is null ? null : await HashKeysAsync(cancellationToken);
        return new AuditFilter
        {
            Tenant = query.Tenant,
            Equal = Equal(query),
            Client = query.Client,
            UserHashes = query.User is { } user ? hashKeys!.Users(query.Tenant, user) : null,
            ResourceType = query.ResourceType,
            ResourceHashes = query.ResourceId is { } id ? hashKeys!.Resources(query.Tenant, id) : null,
            From = query.From is { } from ? AuditTimes.Micros(from) : null,
            Until = query.Until is { } until ? AuditTimes.Micros(until) : null,
            Before = before,
            Limit = Math.Clamp(query.Limit, 1, LargestLimit),
        };
    }

    private async Task<HashKeys> HashKeysAsync(CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<DataKey>();
        foreach (var id in await store.GetHashKeysAsync(cancellationToken))
        {
            if (await dataKeys.FindAsync(DataKeyPurposes.KeyedHash, id, cancellationToken) is { } key)
            {
                found.Add(key);
            }
        }

        return new HashKeys(found.ToImmutable());
    }

    private static ImmutableArray<(AuditColumn, string)> Equal(AuditQuery query)
    {
        ReadOnlySpan<(AuditColumn Column, string? Value)> all =
        [
            (AuditColumn.PersonId, query.PersonId),
            (AuditColumn.Type, query.Type),
            (AuditColumn.Action, query.Action),
            (AuditColumn.Model, query.Model),
            (AuditColumn.Backend, query.Backend),
            (AuditColumn.Decision, query.Decision),
            (AuditColumn.RequestId, query.RequestId),
            (AuditColumn.ParentRequestId, query.ParentRequestId),
            (AuditColumn.RunId, query.RunId),
            (AuditColumn.SessionId, query.SessionId),
            (AuditColumn.Purpose, query.Purpose),
            (AuditColumn.Actor, query.Actor),
            (AuditColumn.Retention, query.Retention),
            (AuditColumn.Outcome, query.Outcome),
            (AuditColumn.Server, query.Server),
            (AuditColumn.Tool, query.Tool),
        ];
        var set = ImmutableArray.CreateBuilder<(AuditColumn, string)>();
        foreach (var (column, value) in all)
        {
            if (value is not null)
            {
                set.Add((column, value));
            }
        }

        return set.ToImmutable();
    }
}
