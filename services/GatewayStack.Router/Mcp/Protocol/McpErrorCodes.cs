namespace GatewayStack.Router.Mcp.Protocol;

/// <summary>JSON-RPC error codes.</summary>
internal static class McpErrorCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;

    /// <summary>A session that is not known, as the official SDKs say it.</summary>
    public const int SessionNotFound = -32001;

    public const int HeaderMismatch = -32020;
    public const int UnsupportedVersion = -32022;

    /// <summary>The gateway's own codes stand outside the range that JSON-RPC keeps for itself (-32768 to -32000).</summary>
    public const int Unauthenticated = -31401;

    public const int Denied = -31403;
    public const int LimitReached = -31429;
    public const int ContentRefused = -31422;
    public const int ServerFailed = -31502;
    public const int GatewayUnavailable = -31503;
}
