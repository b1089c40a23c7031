using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>The right to consume, as an advisory lock of a session that does nothing else.</summary>
/// <remarks>
/// The lock ends with the session: when the process or its machine dies, and when the process is stopped, because the server ends a session that has not said anything for
/// a while. The holder takes it for lost before that. What a holder that wakes up too late still has in hand is fenced by the claim.
/// </remarks>
internal sealed class PostgresConsumerLease(OwnerDatabase database, LeaseTimes times, TimeProvider time, ILogger<PostgresConsumerLease> logger) : IConsumerLease
{
    // Only its being the same everywhere matters; advisory locks are apart for each database.
    private const long Lock = 0x4757_5341_5544_4954;

    public async Task<IHeldLease> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryAcquireAsync(cancellationToken) is { } held)
            {
                return held;
            }

            await Task.Delay(times.Retry, time, cancellationToken);
        }
    }

    private async Task<HeldLease?> TryAcquireAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = Dedicated();
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT set_config('idle_session_timeout', $1, false), pg_try_advisory_lock($2)", connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = ((long)times.ServerGivesUp.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture) },
                    new NpgsqlParameter<long> { TypedValue = Lock },
                },
            };
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                _ = await reader.ReadAsync(cancellationToken);
                if (reader.GetBoolean(1))
                {
                    var held = new HeldLease(connection, times, time, logger);
                    connection = null;
                    logger.LeaseHeld();
                    return held;
                }
            }

            return null;
        }
        catch (Exception e) when (StoreFailures.Is(e))
        {
            logger.LeaseNotReached(e);
            return null;
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    // Not of the pool: a session that goes back there keeps its lock until somebody else uses it.
    private NpgsqlConnection Dedicated()
    {
        using var pooled = database.DataSource.CreateConnection();
        var settings = new NpgsqlConnectionStringBuilder(pooled.ConnectionString)
        {
            Pooling = false,
            ApplicationName = "gatewaystack-audit-lease",
            CommandTimeout = (int)Math.Ceiling(times.Answer.TotalSeconds),
            KeepAlive = 0,
        };
        return pooled.CloneWith(settings.ConnectionString);
    }
}
