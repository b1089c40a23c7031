using System.Net.Sockets;
using System.Security.Authentication;
using GatewayStack.Contracts.Router;
using Grpc.Core;

namespace GatewayStack.Wire.Channels;

/// <summary>Says whose fault the end of a call is.</summary>
internal static class CallFault
{
    // RFC 9113, 7: what is seen where the other side does not speak HTTP/2.
    private const long ProtocolError = 0x1;
    private const long FrameSizeError = 0x6;
    private const long Http11Required = 0xd;

    /// <summary>The fault.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trace">What is known of it. Only what was certainly not worked on can be "never reached".</param>
    public static ModuleFault Of(Status status, CallTrace trace) => status.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange or StatusCode.ResourceExhausted => ModuleFault.Request,
        StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.DataLoss or
            StatusCode.OK => trace.Sent && !NobodyToSendTo(status) ? ModuleFault.Broken : Unsent(status, trace),
        _ => ModuleFault.Wiring,
    };

    /// <summary>
    /// True where the transport gave the call up before it was handed to a connection, and says of no cause: so ends a connection that its server closed between its making
    /// and its first call, as one that stops does. Nobody has the call; another instance may be asked.
    /// </summary>
    /// <remarks>
    /// Whatever in the call itself the transport does not take ends like this, too. So it is no sign that the module is away: who makes such calls must not be let past it.
    /// </remarks>
    public static bool IsGivenUp(Status status, CallTrace trace) =>
        trace is { Sent: false, Instance: not null } && status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null };

    // The transport looks for another connection only with what the first one's server refused before working on it (GOAWAY, REFUSED_STREAM): where there is
    // none to be had in the end, nobody has it, although it was written once.
    private static bool NobodyToSendTo(Status status)
    {
        for (var e = status.DebugException; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
            {
                return true;
            }
        }

        return false;
    }

    // Without an instance nothing can have been sent. With one, a connection that cannot be made or breaks is ours; one that must not be made (a certificate that is
    // not believed, another protocol) is a fault of wiring. One that is not made in time may be for a module that is there and busy: who keeps it busy must not be let
    // past it, so nothing opens for it before the breaker does.
    private static ModuleFault Unsent(Status status, CallTrace trace)
    {
        if (trace.Instance is null)
        {
            return ModuleFault.NeverReached;
        }

        if (IsGivenUp(status, trace))
        {
            return ModuleFault.Broken;
        }

        var (connection, late) = (false, false);
        for (var e = status.DebugException; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException or HttpProtocolException { ErrorCode: ProtocolError or FrameSizeError or Http11Required })
            {
                return ModuleFault.Wiring;
            }

            connection |= e is SocketException or IOException
                or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
            late |= e is TimeoutException or OperationCanceledException;
        }

        return late ? ModuleFault.Broken : connection ? ModuleFault.NeverReached : ModuleFault.Wiring;
    }
}
