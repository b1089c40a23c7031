using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>A lease as long as its session answers.</summary>
internal sealed class HeldLease : IHeldLease
{
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnection _connection;
    private readonly LeaseTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _beating;

    public HeldLease(NpgsqlConnection connection, LeaseTimes times, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _times = times;
        _time = time;
        _logger = logger;
        Lost = _lost.Token;
        _beating = Task.Run(BeatAsync);
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        // Closing the session releases the lock.
        await _connection.DisposeAsync();
        _end.Dispose();
        _lost.Dispose();
    }

    private async Task BeatAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_times.Beat, _time, _end.Token);
                await using var command = new NpgsqlCommand("SELECT 1", _connection);
                _ = await command.ExecuteScalarAsync(_end.Token);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // It is given back.
        }
        catch (Exception e) when (StoreFailures.Is(e) || e is InvalidOperationException)
        {
            _logger.LeaseLost(e);
            await _lost.CancelAsync();
        }
    }
}
