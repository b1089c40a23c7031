using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Channels;

/// <summary>Round robin over the connected instances, past those that just failed where another one is there: a second attempt gets another instance.</summary>
internal sealed class SpreadBalancer(IChannelControlHelper controller, CallTraces traces, ILoggerFactory loggers) : SubchannelsLoadBalancer(controller, loggers)
{
    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) => new Picker([.. readySubchannels], traces);

    private sealed class Picker(Subchannel[] ready, CallTraces traces) : SubchannelPicker
    {
        private readonly string[] _names = [.. ready.Select(s => (s.CurrentAddress ?? s.GetAddresses()[0]).ToString())];
        private int _next = -1;

        public override PickResult Pick(PickContext context)
        {
            var first = (uint)Interlocked.Increment(ref _next);
            var chosen = first % (uint)ready.Length;
            for (var i = 0u; i < ready.Length; i++)
            {
                var index = (first + i) % (uint)ready.Length;
                if (!traces.IsSuspect(_names[index]))
                {
                    chosen = index;
                    break;
                }
            }

            traces.Picked(_names[chosen]);
            return PickResult.ForSubchannel(ready[chosen]);
        }
    }
}

/// <summary>Makes a channel's balancer.</summary>
internal sealed class SpreadBalancerFactory(CallTraces traces) : LoadBalancerFactory
{
    public const string Policy = "spread";

    public override string Name => Policy;

    public override LoadBalancer Create(LoadBalancerOptions options) => new SpreadBalancer(options.Controller, traces, options.LoggerFactory);
}
