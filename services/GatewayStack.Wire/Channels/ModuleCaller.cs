using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Security;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Channels;

/// <summary>Calls one module: adds who calls and for whom, and says whose fault it is when no answer comes.</summary>
/// <remarks>
/// Safe for concurrent use. Nothing is sent twice: a call goes to another instance only while it is certain that none has it. Cancellation by the caller is an
/// <see cref="OperationCanceledException"/>, every other end without an answer a <see cref="ModuleCallException"/>.
/// </remarks>
internal sealed class ModuleCaller(string module, ModuleChannel channel, OwnCredential own, WireMetrics metrics, TimeProvider time, ILogger<ModuleCaller> logger)
{
    // Nobody has the call yet: it may be offered to as many instances as a rollout is likely to stop at once.
    private const int Offers = 3;

    /// <summary>Between two looks for an instance that may be there although the last one just went.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private long _nextLog = long.MinValue;

    public string Module => module;

    /// <summary>Makes the clients of the module's services.</summary>
    public CallInvoker Invoker { get; } = channel.Channel.CreateCallInvoker();

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="method">The generated client's method.</param>
    /// <param name="message">What to ask.</param>
    /// <param name="assertion">The internal assertion of the person it is asked for, where it is for one.</param>
    /// <param name="cancellationToken">Ends the call, at the module too.</param>
    public async Task<TReply> AskAsync<TMessage, TReply>(
        Func<TMessage, CallOptions, AsyncUnaryCall<TReply>> method, TMessage message, string? assertion, CancellationToken cancellationToken)
    {
        for (var offer = 1; ; offer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trace = channel.Traces.Begin();
            try
            {
                using var call = method(message, Options(assertion, cancellationToken));
                var reply = await call;
                Answered(trace);
                return reply;
            }
            catch (Exception e) when (IsEnd(e) && IsSoughtFor(trace))
            {
                offer--;
                await PauseAsync(cancellationToken);
            }
            catch (Exception e) when (IsEnd(e))
            {
                var failure = Judge(e, trace, cancellationToken);
                if (offer >= Offers || !MayBeOffered(failure, trace))
                {
                    throw failure;
                }
            }
        }
    }

    /// <summary>Opens a stream and sends its first message.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<ModuleStream<TMessage, TReply>> OpenAsync<TMessage, TReply>(
        Func<CallOptions, AsyncDuplexStreamingCall<TMessage, TReply>> method, TMessage first, string? assertion, CancellationToken cancellationToken)
    {
        for (var offer = 1; ; offer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stream = new ModuleStream<TMessage, TReply>(this, channel.Traces.Begin(), method(Options(assertion, CancellationToken.None)));
            try
            {
                if (await stream.TryWriteAsync(first, cancellationToken) is not { } end)
                {
                    return stream;
                }

                if (IsSoughtFor(stream.Trace))
                {
                    offer--;
                    await PauseAsync(cancellationToken);
                }
                else if (Judge(end, stream.Trace, cancellationToken) is var failure && (offer >= Offers || !MayBeOffered(failure, stream.Trace)))
                {
                    throw failure;
                }

                stream.Dispose();
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
    }

    /// <summary>Follows what a module sends until it ends, which is never an end of the matter: an instance that stops ends the stream, too.</summary>
    /// <param name="method">The generated client's method.</param>
    /// <param name="message">What to follow.</param>
    /// <param name="silence">How long nothing may come before the stream counts as broken.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="cancellationToken">Ends the stream, at the module too.</param>
    public async IAsyncEnumerable<TReply> FollowAsync<TMessage, TReply>(
        Func<TMessage, CallOptions, AsyncServerStreamingCall<TReply>> method, TMessage message, TimeSpan silence, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var trace = channel.Traces.Begin();
        using var call = method(message, Options(assertion: null, cancellationToken));
        while (true)
        {
            using var patience = new CancellationTokenSource(silence, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            TReply reply;
            try
            {
                reply = await call.ResponseStream.MoveNext(either.Token) ? call.ResponseStream.Current
                    : throw new RpcException(new Status(StatusCode.Unavailable, "The module ended the stream."));
            }
            catch (Exception e) when (IsEnd(e))
            {
                throw Judge(e, trace, cancellationToken);
            }

            Answered(trace);
            yield return reply;
        }
    }

    /// <summary>True for how calls end. A stream shows what its transport throws, too.</summary>
    internal static bool IsEnd(Exception e) => e is RpcException or OperationCanceledException or HttpRequestException or IOException;

    internal void Answered(CallTrace trace)
    {
        channel.Traces.Answered(trace);
        metrics.Called(module, "answered");
    }

    /// <summary>What to throw for the end of a call.</summary>
    /// <exception cref="OperationCanceledException">The caller ended it.</exception>
    internal ModuleCallException Judge(Exception end, CallTrace trace, CancellationToken cancellationToken)
    {
        var status = StatusOf(end);
        if (status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded && cancellationToken.IsCancellationRequested)
        {
            // It had the call and did not answer while somebody waited: the next one asks another instance first.
            if (trace is { Sent: true, Answered: false })
            {
                channel.Traces.Failed(trace);
            }

            metrics.Called(module, "cancelled");
            throw new OperationCanceledException(end.Message, end, cancellationToken);
        }

        var fault = CallFault.Of(status, trace);
        if (fault is ModuleFault.Broken or ModuleFault.NeverReached)
        {
            channel.Traces.Failed(trace);
        }

        metrics.Called(module, WireMetrics.Name(fault));
        if (fault == ModuleFault.Wiring && MayLog())
        {
            logger.WiredWrongly(module, status.StatusCode.ToString(), trace.Instance ?? "none", status.Detail);
        }

        return new ModuleCallException(module, fault, end);
    }

    // Certain that nobody has it, and there may be somebody else to ask.
    private static bool MayBeOffered(ModuleCallException failure, CallTrace trace) =>
        trace.Instance is not null && (failure.Fault == ModuleFault.NeverReached || (failure.InnerException is { } end && CallFault.IsGivenUp(StatusOf(end), trace)));

    // Nobody is connected, and somebody was a moment ago. That is no end of the call: only what comes of looking on is counted.
    private bool IsSoughtFor(CallTrace trace) => trace.Instance is null && channel.Traces.IsSearching;

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Look, time, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            metrics.Called(module, "cancelled");
            throw;
        }
    }

    private static Status StatusOf(Exception end) =>
        (end as RpcException)?.Status ?? new Status(end is OperationCanceledException ? StatusCode.Cancelled : StatusCode.Unavailable, end.Message, end);

    private CallOptions Options(string? assertion, CancellationToken cancellationToken)
    {
        var metadata = new Metadata();
        if (assertion is not null)
        {
            metadata.Add(InternalHeaders.Identity, assertion);
        }

        own.AddTo(metadata);
        return new CallOptions(metadata, cancellationToken: cancellationToken);
    }

    private bool MayLog()
    {
        var now = time.GetUtcNow().UtcTicks;
        var next = Interlocked.Read(ref _nextLog);
        return now >= next && Interlocked.CompareExchange(ref _nextLog, now + LogInterval.Ticks, next) == next;
    }
}
