using Grpc.Net.Client.Balancer;

namespace GatewayStack.Wire.Channels;

/// <summary>
/// Round robin over the connected instances, past those that just failed, or have not answered yet, where another one is there: a second attempt gets another instance. Between
/// one that has not answered yet and one that just failed it is the first that is asked.
/// </summary>
internal sealed class SpreadPicker(InstanceConnection[] ready, CallTraces traces) : SubchannelPicker
{
    private int _next = -1;

    public override PickResult Pick(PickContext context)
    {
        var first = (uint)Interlocked.Increment(ref _next);
        InstanceConnection? connected = null;
        var isSuspect = true;
        for (var i = 0u; i < ready.Length; i++)
        {
            // One that was ready a moment ago may be so no more: a call given to it waits.
            var instance = ready[(first + i) % (uint)ready.Length];
            if (instance.Subchannel.CurrentAddress is null)
            {
                continue;
            }

            connected ??= instance;
            if (traces.IsSuspect(instance.Name))
            {
                continue;
            }

            if (traces.MayHaveCall(instance.Name))
            {
                connected = instance;
                break;
            }

            if (isSuspect)
            {
                (connected, isSuspect) = (instance, false);
            }
        }

        if (connected is null)
        {
            return PickResult.ForQueue();
        }

        traces.Picked(connected.Name);
        return PickResult.ForSubchannel(connected.Subchannel);
    }
}
