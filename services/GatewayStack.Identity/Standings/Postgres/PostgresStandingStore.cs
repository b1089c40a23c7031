using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres;
using Npgsql;
using NpgsqlTypes;
using Polly;

namespace GatewayStack.Identity.Standings.Postgres;

/// <summary>The measures in the database of Identity, shared by its replicas.</summary>
internal sealed class PostgresStandingStore(OwnerDatabase database) : IStandingStore
{
    /// <summary>The channel on which a change is told.</summary>
    public const string Channel = "gateway_standings";

    private const string Columns = "s.origin, s.author_person, s.request_key, s.request_digest, s.measure, s.ended_at, s.ended_by, s.end_reason, s.author_tenant";

    private const string OfIssuer = "s.ended_at IS NULL AND s.origin = 3 AND s.measure->'subject'->>'issuer' = $1";

    public OwnerDatabase Database => database;

    // It is asked once a second, and is its own probe: behind a breaker it would go on being away when it is back, and old word lets nobody in.
    public Task<StandingReading> ReadAsync(long known, CancellationToken cancellationToken) => AskAsync(
        ResiliencePipeline.Empty,
        async token =>
        {
            // In one statement, so that the measures are those of the revision.
            await using var command = database.DataSource.CreateCommand(
                $"SELECT {Columns}, st.revision, clock_timestamp() FROM standing_state st LEFT JOIN standings s ON s.ended_at IS NULL AND st.revision <> $1 ORDER BY s.created_at, s.id");
            command.Parameters.Add(new NpgsqlParameter { Value = known });
            await using var reader = await command.ExecuteReaderAsync(token);
            var measures = ImmutableArray.CreateBuilder<StoredMeasure>();
            var (revision, asOf) = (known, (DateTimeOffset?)null);
            while (await reader.ReadAsync(token))
            {
                (revision, asOf) = (reader.GetInt64(9), asOf ?? reader.GetFieldValue<DateTimeOffset>(10));
                // One on nothing known is on everybody: a newer version means something that nothing here could be held to.
                if (!await reader.IsDBNullAsync(0, token) && Read(reader) is { Measure.Subject.IsEmpty: false } measure)
                {
                    measures.Add(measure);
                }
            }

            return new StandingReading(revision == known ? null : new StandingState(revision, measures.DrainToImmutable()), asOf);
        },
        cancellationToken);

    public Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken) => ChangeAsync(
        async (connection, token) =>
        {
            if (measure.RequestKey is { } key && await FindAsync(connection, "s.request_key = $1", key, token) is { } before)
            {
                // Its own row: the first try was committed, and nobody could say so.
                return before.Measure.Id == measure.Measure.Id ? (new StandingAddition(StandingAdditionOutcome.Added, before), false) : (StandingAddition.Of(before, measure), false);
            }

            if (measure.Origin == StandingOrigin.Issuer)
            {
                var (renewed, displaced) = await MakeRoomAsync(connection, measure, bounds.OfAuthor, token);
                await InsertAsync(connection, renewed, token);
                return (new StandingAddition(StandingAdditionOutcome.Added, renewed, displaced), true);
            }

            await using (var count = Command(
                connection,
                "SELECT count(*), count(*) FILTER (WHERE author_person IS NOT DISTINCT FROM $2), count(*) FILTER (WHERE author_tenant = $4) FROM standings"
                + " WHERE ended_at IS NULL AND origin = $1 AND id <> $3",
                (short)measure.Origin,
                Text(measure.AuthorPersonId),
                measure.Measure.Id,
                Text(measure.AuthorTenant)))
            await using (var reader = await count.ExecuteReaderAsync(token))
            {
                await reader.ReadAsync(token);
                if (reader.GetInt64(0) >= bounds.OfOrigin || reader.GetInt64(1) >= bounds.OfAuthor || reader.GetInt64(2) >= bounds.OfTenant)
                {
                    return (StandingAddition.Full, false);
                }
            }

            await InsertAsync(connection, measure, token);
            return (new StandingAddition(StandingAdditionOutcome.Added, measure), true);
        },
        cancellationToken);

    public Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken) => ChangeAsync<(StoredMeasure, bool)?>(
        async (connection, token) =>
        {
            if (await FindAsync(connection, "s.id = $1", id, token) is not { } found)
            {
                return (null, false);
            }

            if (found.Ended is not null)
            {
                return ((found, false), false);
            }

            await using var update = Command(
                connection, "UPDATE standings SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE id = $1", id, ending.At.UtcDateTime, Text(ending.By), Text(ending.Reason));
            await update.ExecuteNonQueryAsync(token);
            return ((found with { Ended = ending }, true), true);
        },
        cancellationToken);

    public Task<ImmutableArray<StoredMeasure>> EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => ChangeAsync<ImmutableArray<StoredMeasure>>(
        async (connection, token) =>
        {
            await using var update = Command(
                connection, $"UPDATE standings s SET ended_at = s.until WHERE s.ended_at IS NULL AND s.until <= $1 RETURNING {Columns}", now.UtcDateTime);
            var ended = await ReadAllAsync(update, token);
            return (ended, !ended.IsEmpty);
        },
        cancellationToken);

    public Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken) => AskAsync(
        database.Pipeline,
        async token =>
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(token);
            await using var command = Command(
                connection,
                $"SELECT {Columns} FROM standings s WHERE ($1 IS NULL OR s.measure->'subject'->>'tenant' = $1) AND ($2 IS NULL OR s.origin = $2) ORDER BY s.created_at DESC, s.id DESC LIMIT $3",
                Text(query.Tenant),
                new NpgsqlParameter { Value = query.Origin is { } origin ? (short)origin : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Smallint },
                query.Limit);
            return await ReadAllAsync(command, token);
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => AskAsync(
        database.Pipeline,
        async token =>
        {
            await using var command = database.DataSource.CreateCommand("DELETE FROM standings WHERE ended_at < $1");
            command.Parameters.Add(new NpgsqlParameter { Value = endedBefore.UtcDateTime });
            return await command.ExecuteNonQueryAsync(token);
        },
        cancellationToken);

    /// <summary>Ends what a sign-out takes the place of, and others of its issuer where there are too many (<see cref="SignOut.Displacing"/>).</summary>
    /// <returns>What is to be stored, and how many others were ended that it is not about.</returns>
    private static async Task<(StoredMeasure Added, int Displaced)> MakeRoomAsync(NpgsqlConnection connection, StoredMeasure measure, int most, CancellationToken cancellationToken)
    {
        var subject = measure.Measure.Subject;
        var ending = SignOut.Renewed(measure);
        await using var renew = Command(
            connection,
            $"UPDATE standings s SET ended_at = $4, ended_by = $5, end_reason = $6 WHERE {OfIssuer} AND s.measure->'subject'->>'session_id' IS NOT DISTINCT FROM $2"
            + $" AND s.measure->'subject'->>'person_id' IS NOT DISTINCT FROM $3 RETURNING {Columns}",
            Text(subject.Issuer),
            Text(subject.SessionId),
            Text(subject.PersonId),
            ending.At.UtcDateTime,
            Text(ending.By),
            Text(ending.Reason));
        var added = (await ReadAllAsync(renew, cancellationToken)).Aggregate(measure, (later, before) => SignOut.Renew(before, later));
        ending = SignOut.Displaced(measure);
        await using var displace = Command(
            connection,
            "UPDATE standings SET ended_at = $3, ended_by = $4, end_reason = $5 WHERE id IN (SELECT id FROM"
            + " (SELECT s.id, s.created_at, coalesce(s.measure->'subject'->>'person_id' = $6, false) AS own, CASE WHEN s.measure->'subject'->>'person_id' IS NULL THEN 0"
            + " ELSE row_number() OVER (PARTITION BY s.measure->'subject'->>'person_id' ORDER BY s.created_at DESC, s.id DESC)"
            + " - CASE WHEN s.measure->'subject'->>'person_id' = $6 THEN 0 ELSE 1 END END AS later"
            + $" FROM standings s WHERE {OfIssuer}) ranked ORDER BY later DESC, own DESC, created_at, id"
            + $" LIMIT greatest(0, (SELECT count(*) FROM standings s WHERE {OfIssuer}) - $2))",
            Text(subject.Issuer),
            most - 1,
            ending.At.UtcDateTime,
            Text(ending.By),
            Text(ending.Reason),
            Text(subject.PersonId));
        return (added, await displace.ExecuteNonQueryAsync(cancellationToken));
    }

    private static async Task InsertAsync(NpgsqlConnection connection, StoredMeasure measure, CancellationToken cancellationToken)
    {
        await using var insert = Command(
            connection,
            "INSERT INTO standings(id, origin, author_person, request_key, request_digest, measure, created_at, until, author_tenant) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) "
                + "ON CONFLICT (id) DO NOTHING",
            measure.Measure.Id,
            (short)measure.Origin,
            Text(measure.AuthorPersonId),
            Text(measure.RequestKey),
            Text(measure.RequestDigest),
            new NpgsqlParameter { Value = JsonSerializer.Serialize(measure.Measure, StandingJson.Default.StandingMeasure), NpgsqlDbType = NpgsqlDbType.Jsonb },
            measure.Measure.CreatedAt.UtcDateTime,
            measure.Measure.Until.UtcDateTime,
            Text(measure.AuthorTenant));
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<StoredMeasure?> FindAsync(NpgsqlConnection connection, string condition, string value, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"SELECT {Columns} FROM standings s WHERE {condition}", value);
        return (await ReadAllAsync(command, cancellationToken)).FirstOrDefault();
    }

    private static async Task<ImmutableArray<StoredMeasure>> ReadAllAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var measures = ImmutableArray.CreateBuilder<StoredMeasure>();
        while (await reader.ReadAsync(cancellationToken))
        {
            measures.Add(Read(reader));
        }

        return measures.DrainToImmutable();
    }

    private static StoredMeasure Read(NpgsqlDataReader reader) => new()
    {
        Origin = (StandingOrigin)reader.GetInt16(0),
        AuthorPersonId = TextAt(reader, 1),
        RequestKey = TextAt(reader, 2),
        RequestDigest = TextAt(reader, 3),
        Measure = JsonSerializer.Deserialize(reader.GetString(4), StandingRowJson.Default.StandingMeasure)!,
        AuthorTenant = TextAt(reader, 8),
        Ended = reader.IsDBNull(5) ? null : new StandingEnding { At = reader.GetFieldValue<DateTimeOffset>(5), By = TextAt(reader, 6), Reason = TextAt(reader, 7) },
    };

    private static string? TextAt(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params ReadOnlySpan<object> values)
    {
#pragma warning disable CA2100 // Constants of this class.
        var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>Changes something under the next revision, and tells the other replicas; where nothing was to be changed the revision stays.</summary>
    private Task<T> ChangeAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<(T Result, bool Changed)>> change, CancellationToken cancellationToken) => AskAsync(
        database.Pipeline,
        async token =>
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(token);
            await using var transaction = await connection.BeginTransactionAsync(token);
            await using (var next = Command(connection, "UPDATE standing_state SET revision = revision + 1"))
            {
                await next.ExecuteNonQueryAsync(token);
            }

            var (result, changed) = await change(connection, token);
            if (changed)
            {
                await using (var tell = Command(connection, $"SELECT pg_notify('{Channel}', '')"))
                {
                    await tell.ExecuteNonQueryAsync(token);
                }

                await transaction.CommitAsync(token);
            }

            return result;
        },
        cancellationToken);

    private async Task<T> AskAsync<T>(ResiliencePipeline pipeline, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await database.OpenAsync(cancellationToken);
            return await pipeline.ExecuteAsync(async token => await ask(token), cancellationToken);
        }
        catch (JsonException e)
        {
            // Who is cut off by it is not known: that is no reason to let everybody in.
            throw new IOException($"A measure in {database.Name} cannot be read.", e);
        }
        catch (Exception e) when (e is StartRefusedException || OwnerDatabase.IsUnavailable(e))
        {
            throw new IOException($"The standings in {database.Name} cannot be reached: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
