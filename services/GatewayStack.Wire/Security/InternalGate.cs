using GatewayStack.Wire.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Security;

/// <summary>Believes an internal call or not: the service by its secret, the table for what it may call, the person by their assertion.</summary>
internal sealed class InternalGate(
    OwnService own, ServiceCredentials credentials, AssertionVerifier assertions, InternalCallMetrics metrics, TimeProvider time, ILogger<InternalGate> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _logged;
    private long _suppressed;

    /// <summary>Judges a call.</summary>
    /// <param name="call">The gRPC method or the route's name.</param>
    /// <param name="headers">What came with it.</param>
    /// <param name="cancellationToken">Ends the wait for keys.</param>
    public async ValueTask<GateVerdict> JudgeAsync(string call, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        // Somebody who did not prove who they are is not told what there is to call.
        if (Only(headers, InternalHeaders.Service) is not { } service || Only(headers, InternalHeaders.Credential) is not { } secret)
        {
            return Refuse(call, string.Empty, GateStatus.Unauthenticated, "credential_missing");
        }

        if (!credentials.Prove(service, secret))
        {
            return Refuse(call, service, GateStatus.Unauthenticated, "credential_wrong");
        }

        if (CallTable.Find(own.Name, call) is not { } row)
        {
            return Refuse(call, service, GateStatus.Denied, "no_row");
        }

        if (!row.Callers.Contains(service, StringComparer.Ordinal))
        {
            return Refuse(call, service, GateStatus.Denied, "caller_not_in_row");
        }

        return row.Person == PersonProof.None ? new GateVerdict(new InternalCaller(service, row, null)) : await JudgePersonAsync(row, service, headers, cancellationToken);
    }

    /// <summary>Counts and logs a call that the gate let in and its content gave away.</summary>
    public void Distrust(string call, string caller, string reason)
    {
        metrics.Refused(reason);
        lock (_gate)
        {
            if (_logged is { } last && time.GetElapsedTime(last) < LogInterval)
            {
                _suppressed++;
                return;
            }

            _logged = time.GetTimestamp();
            logger.CallRefused(call, reason, Printable(caller), _suppressed);
            _suppressed = 0;
        }
    }

    private async ValueTask<GateVerdict> JudgePersonAsync(CallRow row, string service, IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (Only(headers, InternalHeaders.Identity) is not { } token)
        {
            return Refuse(row.Call, service, GateStatus.Unauthenticated, "assertion_missing");
        }

        var verdict = await assertions.VerifyAsync(token, row.Person, cancellationToken);
        if (verdict.Person is not { } person)
        {
            return Refuse(row.Call, service, verdict.Unavailable ? GateStatus.Unavailable : GateStatus.Unauthenticated, verdict.Problem!);
        }

        return row.Scope is null || person.Identity.Scopes.Contains(row.Scope, StringComparer.Ordinal)
            ? new GateVerdict(new InternalCaller(service, row, person) { Assertion = token })
            : Refuse(row.Call, service, GateStatus.Denied, "scope_missing");
    }

    private GateVerdict Refuse(string call, string caller, GateStatus status, string reason)
    {
        Distrust(call, caller, reason);
        return new GateVerdict(status, reason);
    }

    private static string? Only(IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 } value] ? value : null;

    private static string Printable(string text) => text.Length <= 32 && text.All(c => c is >= '!' and <= '~') ? text : "(unreadable)";
}

/// <summary>Why a call is refused.</summary>
internal enum GateStatus
{
    /// <summary>It is not refused.</summary>
    Believed = 0,

    /// <summary>It is not proven who calls, or for whom.</summary>
    Unauthenticated = 1,

    /// <summary>Whoever calls may not call this.</summary>
    Denied = 2,

    /// <summary>It cannot be judged now.</summary>
    Unavailable = 3,
}

/// <summary>What the gate says.</summary>
internal sealed record GateVerdict(GateStatus Status, string? Reason, InternalCaller? Caller = null)
{
    public GateVerdict(InternalCaller caller)
        : this(GateStatus.Believed, null, caller)
    {
    }
}
