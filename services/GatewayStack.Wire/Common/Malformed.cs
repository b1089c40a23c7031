using Grpc.Core;

namespace GatewayStack.Wire.Common;

/// <summary>Refuses messages that lack what they cannot do without.</summary>
internal static class Malformed
{
    /// <summary>The record, or INVALID_ARGUMENT.</summary>
    /// <param name="record">What was read of the message; null where it cannot be worked on.</param>
    /// <param name="lacks">What it lacks, in a sentence.</param>
    public static T OrThrow<T>(this T? record, string lacks)
        where T : class =>
        record ?? throw new RpcException(new Status(StatusCode.InvalidArgument, lacks));
}
