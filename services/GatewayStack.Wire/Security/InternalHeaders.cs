namespace GatewayStack.Wire.Security;

/// <summary>What an internal call carries, as gRPC metadata or as HTTP headers.</summary>
internal static class InternalHeaders
{
    /// <summary>Every name that only the gateway's own services may use begins with this.</summary>
    public const string Prefix = "x-gateway-";

    /// <summary>The internal assertion of the person on whose behalf the call is made.</summary>
    public const string Identity = "x-gateway-identity";

    /// <summary>Name of the calling service.</summary>
    public const string Service = "x-gateway-service";

    /// <summary>The calling service's secret.</summary>
    public const string Credential = "x-gateway-service-credential";

    /// <summary>On an answer: it is the gate's, not the module's. The caller must not show it to the person as theirs.</summary>
    public const string Refused = "x-gateway-refused";

    /// <summary>The gateway's id of the request.</summary>
    public const string RequestId = "x-request-id";
}
