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
            Credentials = { record.Credentials.Select(c => new V1.PresentedCredential { Carrier = (V1.CredentialCarrier)c.Carrier, Value = c.Value }) },
            Audiences = { record.Audiences },
        };
        if (record.Backend is { } backend)
        {
            message.Backend = new V1.CallingBackend { Name = backend.Name, Audience = backend.Audience };
        }

        return message;
    }

    public static AuthenticationRequest ToRecord(V1.AuthenticationRequest message) => new()
    {
        RequestId = message.RequestId,
        Credentials =
        [
            .. message.Credentials.Select(c => new PresentedCredential
            {
                Carrier = (int)c.Carrier is >= 1 and <= 3 ? (CredentialCarrier)c.Carrier : CredentialCarrier.Unspecified,
                Value = c.Value,
            }),
        ],
        Audiences = [.. message.Audiences],
        Backend = message.Backend is { } backend ? new CallingBackend { Name = backend.Name, Audience = backend.Audience } : null,
    };

    public static V1.AuthenticationResult ToMessage(AuthenticationResult record)
    {
        var message = new V1.AuthenticationResult { Status = (V1.AuthenticationStatus)record.Status, ExpiresAt = CommonMapper.ToTimestamp(record.ExpiresAt) };
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

    // Nobody is signed in as nobody, or as something that is neither a person nor a service.
    private static AuthenticationStatus Status(V1.AuthenticationResult message) => (int)message.Status switch
    {
        (int)AuthenticationStatus.Authenticated when !CommonMapper.Names(message.Identity) || (int)message.Identity.Kind is not (1 or 2) => AuthenticationStatus.Unspecified,
        >= 1 and <= 7 => (AuthenticationStatus)message.Status,
        _ => AuthenticationStatus.Unspecified,
    };
}
