using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Channels;

/// <summary>
/// Round robin over the connected instances, past those that just failed, or have not answered yet, where another one is there: a second attempt gets another instance. Between
/// one that has not answered yet and one that just failed it is the first that is asked.
/// </summary>
internal sealed class SpreadBalancer(ConnectionWatch watch, CallTraces traces, ILoggerFactory loggers) : SubchannelsLoadBalancer(watch, loggers)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            watch.Dispose();
        }

        base.Dispose(disposing);
    }

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new Picker([.. readySubchannels], traces);

    private sealed class Picker(Subchannel[] ready, CallTraces traces) : SubchannelPicker
    {
        private readonly string[] _names = [.. ready.Select(s => (s.CurrentAddress ?? s.GetAddresses()[0]).ToString())];
        private int _next = -1;

        public override PickResult Pick(PickContext context)
        {
            var first = (uint)Interlocked.Increment(ref _next);
            uint? connected = null;
            var isSuspect = true;
            for (var i = 0u; i < ready.Length; i++)
            {
                // One that was ready a moment ago may be so no more: a call given to it waits.
                var index = (first + i) % (uint)ready.Length;
                if (ready[index].CurrentAddress is null)
                {
                    continue;
                }

                connected ??= index;
                if (traces.IsSuspect(_names[index]))
                {
                    continue;
                }

                if (traces.MayHaveCall(_names[index]))
                {
                    connected = index;
                    break;
                }

                if (isSuspect)
                {
                    (connected, isSuspect) = (index, false);
                }
            }

            if (connected is not { } chosen)
            {
                return PickResult.ForQueue();
            }

            traces.Picked(_names[chosen]);
            return PickResult.ForSubchannel(ready[chosen]);
        }
    }
}

/// <summary>Makes a channel's balancer.</summary>
internal sealed class SpreadBalancerFactory(CallTraces traces, TimeProvider time) : LoadBalancerFactory
{
    public const string Policy = "spread";

    public override string Name => Policy;

    public override LoadBalancer Create(LoadBalancerOptions options) => new SpreadBalancer(new ConnectionWatch(options.Controller, traces, time), traces, options.LoggerFactory);
}
