using GatewayStack.Contracts.Identity;

namespace GatewayStack.Wire.Security;

/// <summary>Who makes an internal call, after the gate has believed it: the service, and the person where the call is made for one.</summary>
/// <param name="Service">The calling service.</param>
/// <param name="Row">What it may do.</param>
/// <param name="Person">The verified assertion; null where the call is made for nobody.</param>
internal sealed record InternalCaller(string Service, CallRow Row, VerifiedPerson? Person)
{
    /// <summary>The assertion itself, for calls that are made on.</summary>
    public string? Assertion { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{Service} calls {Row.Call}";
}

/// <summary>The person an internal assertion names.</summary>
/// <param name="Identity">Who they are.</param>
/// <param name="IssuedAt">When the assertion was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record VerifiedPerson(CallerIdentity Identity, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    private Common.V1.CallerIdentity? _message;

    /// <summary>The identity as a message takes it. Read only: one for all calls under the assertion.</summary>
    public Common.V1.CallerIdentity Message => _message ??= Common.CommonMapper.ToMessage(Identity);
}
