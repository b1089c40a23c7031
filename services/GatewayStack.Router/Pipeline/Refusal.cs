using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline;

/// <summary>A request that ends here: what the caller is told, and what is recorded.</summary>
internal sealed record Refusal
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Machine-readable code, part of the API.</summary>
    public required string Code { get; init; }

    /// <summary>What happened and what to do next; never a rule, a threshold or a key.</summary>
    public required string Message { get; init; }

    /// <summary>The member of the request at fault.</summary>
    public string? Param { get; init; }

    /// <summary>Seconds to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when a client library must not try again by itself.</summary>
    public bool Final { get; init; }

    /// <summary>Reason for the record, where it differs from the code.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the caller must present (other) credentials: adds the challenge.</summary>
    public bool Challenge { get; init; }

    /// <summary>Scopes that would let the caller in.</summary>
    public ImmutableArray<string> MissingScopes { get; init; } = [];

    /// <summary>True when a credential was presented and was not good.</summary>
    public bool InvalidCredential { get; init; }

    /// <summary>True where nobody was asked who they are: it says nothing about a sign-in.</summary>
    public bool BeforeSignIn { get; init; }

    /// <summary>How JSON-RPC says it, where it says more than the status.</summary>
    public RpcError? Rpc { get; init; }

    /// <summary>Where something is missing: everything that the operation needs, for challenges that must name it all.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = [];

    /// <summary>Nobody signed in, and somebody must have.</summary>
    public static Refusal MissingToken { get; } = new()
    {
        Status = StatusCodes.Status401Unauthorized,
        Code = "missing_token",
        Message = "No access token was sent. Send your own OIDC access token in 'Authorization: Bearer'.",
        Challenge = true,
        Final = true,
    };

    public static Refusal BadRequest(string code, string message, string? param = null) =>
        new() { Status = StatusCodes.Status400BadRequest, Code = code, Message = message, Param = param };

    /// <summary>True when nothing of the request was at fault and nothing was sent: it does not count against the sender.</summary>
    public bool Ours { get; init; }

    /// <summary>What a stage may not go on without was not answered.</summary>
    public static Refusal Of(string stage, StageCall call) => call switch
    {
        StageCall.Rejected => new()
        {
            Status = StatusCodes.Status400BadRequest,
            Code = "request_not_accepted",
            Message = "Something in the request cannot be processed as it is. Make it smaller or plainer.",
            Reason = stage + "_rejected",
        },
        StageCall.NeverReached => Unavailable(stage) with { Ours = true },
        StageCall.FailedBefore => Unavailable(stage) with { Reason = stage + "_failed_before", RetryAfter = TimeSpan.FromSeconds(5), Final = true },
        StageCall.Miswired => Unavailable(stage) with { Reason = stage + "_miswired" },
        _ => Unavailable(stage),
    };

    /// <summary>Our own dependency is at fault, and the stage may not go on without it.</summary>
    public static Refusal Unavailable(string stage) => new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = "gateway_unavailable",
        Message = "The gateway cannot judge this request right now. Try again in a moment.",
        Reason = stage + "_unavailable",
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}

/// <summary>A JSON-RPC error beside its message.</summary>
/// <param name="Code">The code.</param>
internal sealed record RpcError(int Code)
{
    /// <summary>Protocol versions that are served, on an error about them.</summary>
    public ImmutableArray<string> Supported { get; init; } = [];

    /// <summary>The version that was asked for.</summary>
    public string? Requested { get; init; }
}
