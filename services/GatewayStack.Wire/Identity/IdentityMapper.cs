using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Common;

namespace GatewayStack.Wire.Identity;

/// <summary>Sign-ins and assertions, to and from their messages. A status that is not known here is no sign-in.</summary>
internal static class IdentityMapper
{
    public static V1.AuthenticationRequest ToMessage(AuthenticationRequest record)
    {
        var message = new V1.AuthenticationRequest
        {
            RequestId = record.RequestId,
            Credentials = { record.Credentials.Select(ToMessage) },
            Audiences = { record.Audiences },
        };
        if (record.Backend is { } backend)
        {
            message.Backend = new V1.CallingBackend { Name = backend.Name, Audience = backend.Audience };
        }

        CommonMapper.Set(record.Source, v => message.Source = v);
        return message;
    }

    public static AuthenticationRequest ToRecord(V1.AuthenticationRequest message) => new()
    {
        RequestId = message.RequestId,
        Credentials = [.. message.Credentials.Select(ToRecord)],
        Audiences = [.. message.Audiences],
        Backend = message.Backend is { } backend ? new CallingBackend { Name = backend.Name, Audience = backend.Audience } : null,
        Source = message.HasSource ? message.Source : null,
    };

    public static V1.AuthenticationResult ToMessage(AuthenticationResult record)
    {
        var message = new V1.AuthenticationResult
        {
            Status = (V1.AuthenticationStatus)record.Status,
            ExpiresAt = CommonMapper.ToTimestamp(record.ExpiresAt),
            AcceptedUntil = CommonMapper.ToTimestamp(record.AcceptedUntil),
        };
        if (record.Identity is not null)
        {
            message.Identity = CommonMapper.ToMessage(record.Identity);
        }

        CommonMapper.Set(record.InternalAssertion, v => message.InternalAssertion = v);
        CommonMapper.Set(record.ParentRequestId, v => message.ParentRequestId = v);
        CommonMapper.Set(record.Reason, v => message.Reason = v);
        CommonMapper.Set(record.IssuerName, v => message.IssuerName = v);
        return message;
    }

    public static AuthenticationResult ToRecord(V1.AuthenticationResult message) => new()
    {
        Status = Status(message),
        Identity = CommonMapper.Names(message.Identity) ? CommonMapper.ToRecord(message.Identity) : null,
        InternalAssertion = message.HasInternalAssertion ? message.InternalAssertion : null,
        ExpiresAt = CommonMapper.ToTime(message.ExpiresAt),
        AcceptedUntil = CommonMapper.ToTime(message.AcceptedUntil),
        ParentRequestId = message.HasParentRequestId ? message.ParentRequestId : null,
        Reason = message.HasReason ? message.Reason : null,
        IssuerName = message.HasIssuerName ? message.IssuerName : null,
    };

    public static V1.AssertionRequest ToMessage(AssertionRequest record)
    {
        var message = new V1.AssertionRequest { InternalAssertion = record.InternalAssertion, Audience = record.Audience };
        CommonMapper.Set(record.RequestId, v => message.RequestId = v);
        return message;
    }

    /// <summary>The request; null when it does not say what for, or for whom.</summary>
    public static AssertionRequest? ToRecord(V1.AssertionRequest message) => message.InternalAssertion.Length == 0 || message.Audience.Length == 0
        ? null
        : new()
        {
            InternalAssertion = message.InternalAssertion,
            Audience = message.Audience,
            RequestId = message.HasRequestId ? message.RequestId : null,
        };

    public static V1.AssertionResult ToMessage(AssertionResult record)
    {
        var message = new V1.AssertionResult { Minted = record.Minted, ExpiresAt = CommonMapper.ToTimestamp(record.ExpiresAt) };
        CommonMapper.Set(record.Token, v => message.Token = v);
        CommonMapper.Set(record.Reason, v => message.Reason = v);
        return message;
    }

    public static AssertionResult ToRecord(V1.AssertionResult message) => new()
    {
        Minted = message is { Minted: true, Token.Length: > 0 },
        Token = message.HasToken ? message.Token : null,
        ExpiresAt = CommonMapper.ToTime(message.ExpiresAt),
        Reason = message.HasReason ? message.Reason : null,
    };

    public static V1.UpstreamTokenRequest ToMessage(UpstreamTokenRequest record)
    {
        var message = new V1.UpstreamTokenRequest
        {
            InternalAssertion = record.InternalAssertion,
            Credentials = { record.Credentials.Select(ToMessage) },
            Audiences = { record.Audiences },
            IssuerName = record.IssuerName,
            Renew = record.Renew,
        };
        CommonMapper.Set(record.Audience, v => message.Audience = v);
        CommonMapper.Set(record.Resource, v => message.Resource = v);
        CommonMapper.Set(record.Scope, v => message.Scope = v);
        return message;
    }

    /// <summary>The request; null when it does not say for whom, or who is to be asked.</summary>
    public static UpstreamTokenRequest? ToRecord(V1.UpstreamTokenRequest message) => message.InternalAssertion.Length == 0 || message.IssuerName.Length == 0
        ? null
        : new()
        {
            InternalAssertion = message.InternalAssertion,
            Credentials = [.. message.Credentials.Select(ToRecord)],
            Audiences = [.. message.Audiences],
            IssuerName = message.IssuerName,
            Audience = message.HasAudience ? message.Audience : null,
            Resource = message.HasResource ? message.Resource : null,
            Scope = message.HasScope ? message.Scope : null,
            Renew = message.Renew,
        };

    public static V1.UpstreamTokenResult ToMessage(UpstreamTokenResult record)
    {
        var message = new V1.UpstreamTokenResult { Status = (V1.UpstreamTokenStatus)record.Status, ExpiresAt = CommonMapper.ToTimestamp(record.ExpiresAt) };
        CommonMapper.Set(record.Token, v => message.Token = v);
        CommonMapper.Set(record.Reason, v => message.Reason = v);
        return message;
    }

    public static UpstreamTokenResult ToRecord(V1.UpstreamTokenResult message) => new()
    {
        Status = (int)message.Status switch
        {
            (int)UpstreamTokenStatus.Issued when message.Token.Length == 0 => UpstreamTokenStatus.Unspecified,
            >= 1 and <= 4 => (UpstreamTokenStatus)message.Status,
            _ => UpstreamTokenStatus.Unspecified,
        },
        Token = message.HasToken ? message.Token : null,
        ExpiresAt = CommonMapper.ToTime(message.ExpiresAt),
        Reason = message.HasReason ? message.Reason : null,
    };

    public static V1.IdentityDescription ToMessage(IdentityDescription record) => new()
    {
        AuthorizationServers = { record.AuthorizationServers },
        ScopesSupported = { record.ScopesSupported },
    };

    public static IdentityDescription ToRecord(V1.IdentityDescription message) => new()
    {
        AuthorizationServers = [.. message.AuthorizationServers],
        ScopesSupported = [.. message.ScopesSupported],
    };

    private static V1.PresentedCredential ToMessage(PresentedCredential record) => new() { Carrier = (V1.CredentialCarrier)record.Carrier, Value = record.Value };

    private static PresentedCredential ToRecord(V1.PresentedCredential message) => new()
    {
        Carrier = (int)message.Carrier is >= 1 and <= 3 ? (CredentialCarrier)message.Carrier : CredentialCarrier.Unspecified,
        Value = message.Value,
    };

    // Nobody is signed in as nobody, or as something that is neither a person nor a service.
    private static AuthenticationStatus Status(V1.AuthenticationResult message) => (int)message.Status switch
    {
        (int)AuthenticationStatus.Authenticated when !CommonMapper.Names(message.Identity) || (int)message.Identity.Kind is not (1 or 2) => AuthenticationStatus.Unspecified,
        >= 1 and <= 7 => (AuthenticationStatus)message.Status,
        _ => AuthenticationStatus.Unspecified,
    };
}
