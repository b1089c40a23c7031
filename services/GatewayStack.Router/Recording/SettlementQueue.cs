using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Recording;

/// <summary>
/// Settles off the answer's path. What Limits does not take is tried again, later and later, for as long as its hold may stand: a request that came to nothing has no outcome whose
/// event would give its hold back. What is lost in the end is made good by that event, or by the end of the hold's lease.
/// </summary>
internal sealed class SettlementQueue(ILimitsModule limits, RemoteModules modules, StageInvoker stages, RouterMetrics metrics, TimeProvider time,
    ILogger<SettlementQueue> logger) : IHostedService, IDisposable
{
    /// <summary>Name of the stage.</summary>
    public const string Stage = "settle";

    private const int AtOnce = 64;

    // While Limits is away the queue does not grow: its breaker ends every call at once. What waits to be tried again does, up to as many.
    private const int Most = 50_000;

    // Where Limits did not say whether it holds anything; in an outage that is every request, and those that are held come first.
    private const int MostUncertain = 5_000;

    private const int SecondsLongest = 120;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(Most) { SingleReader = true });
    private readonly ConcurrentDictionary<Pending, bool> _waiting = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _uncertain;
    private Task _loop = Task.CompletedTask;

    /// <summary>Settles at once where Limits answers at once, as it does in one process with the embedded stores; otherwise the answer is awaited elsewhere.</summary>
    /// <param name="settlement">The settlement.</param>
    /// <param name="held">Whether Limits said that it holds something.</param>
    public void Submit(Settlement settlement, bool held = true)
    {
        Task<SettlementResult>? started = null;
        if (!modules.IsRemote(ModuleNames.Limits))
        {
            try
            {
                started = limits.SettleAsync(settlement, CancellationToken.None);
                if (started.IsCompletedSuccessfully)
                {
                    return;
                }
            }
            catch (Exception e)
            {
                started = Task.FromException<SettlementResult>(e);
            }
        }

        Enqueue(new Pending(settlement, held, started, time.GetTimestamp()));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(
            () => Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (pending, _) =>
            await SettleAsync(pending)),
            CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>What is queued when the host stops is still settled, and what waits is tried once more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        foreach (var pending in _waiting.Keys)
        {
            Resume(pending);
        }

        _queue.Writer.TryComplete();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task SettleAsync(Pending pending)
    {
        var settlement = pending.Settlement;
        var to = new ModuleCall { Module = ModuleNames.Limits, Stage = Stage, Person = ModuleCall.SenderOf(settlement.Tenant, settlement.PersonId) };
        var (call, _) = await stages.InvokeAsync(to, (limits, pending), static (s, ct) => s.pending.TakeStarted() ?? s.limits.SettleAsync(s.pending.Settlement, ct), CancellationToken.None);
        if (call is StageCall.Rejected)
        {
            Lost(pending, call.ToString());
        }
        else if (call is not StageCall.Answered)
        {
            Later(pending, call);
        }
    }

    private void Later(Pending pending, StageCall call)
    {
        var pause = PauseAfter(pending.Tries++);
        if (_stopping.IsCancellationRequested || _waiting.Count >= Most || (!pending.Held && Volatile.Read(ref _uncertain) >= MostUncertain)
            || time.GetElapsedTime(pending.Since) + pause > Reserve.Lease)
        {
            Lost(pending, call.ToString());
            return;
        }

        _waiting[pending] = true;
        Count(pending, 1);
        _ = ResumeAsync(pending, pause);
        if (_stopping.IsCancellationRequested)
        {
            // Whoever gathered what waits may have passed it by.
            Resume(pending);
        }
    }

    private async Task ResumeAsync(Pending pending, TimeSpan pause)
    {
        await Task.Delay(pause, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Resume(pending);
    }

    private void Resume(Pending pending)
    {
        if (_waiting.TryRemove(pending, out _))
        {
            Count(pending, -1);
            Enqueue(pending);
        }
    }

    private void Enqueue(Pending pending)
    {
        if (!_queue.Writer.TryWrite(pending))
        {
            Lost(pending, "queue_full");
        }
    }

    private void Count(Pending pending, int by)
    {
        if (!pending.Held)
        {
            Interlocked.Add(ref _uncertain, by);
        }
    }

    /// <summary>2, 4, 8 ... 120 seconds, each shortened by up to a half, so that what failed together does not come back together.</summary>
    private static TimeSpan PauseAfter(int tries) =>
        TimeSpan.FromSeconds(Math.Min(SecondsLongest, 2 << Math.Min(tries, 10))) * (1 - (RandomNumberGenerator.GetInt32(500) / 1000.0));

    private void Lost(Pending pending, string why)
    {
        metrics.SettlementFailed();
        if (pending.Held)
        {
            logger.SettlementFailed(pending.Settlement.RequestId, why);
        }
    }

    /// <summary>A settlement, and the call that is already under way: it is the first attempt, not asked for twice.</summary>
    private sealed class Pending(Settlement settlement, bool held, Task<SettlementResult>? started, long since)
    {
        private Task<SettlementResult>? _started = started;

        public Settlement Settlement => settlement;

        public bool Held => held;

        public long Since => since;

        public int Tries { get; set; }

        public Task<SettlementResult>? TakeStarted() => Interlocked.Exchange(ref _started, null);
    }
}
