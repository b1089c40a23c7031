using System.Security.Claims;

namespace GatewayStack.Contracts.Identity;

/// <summary>The <see cref="ClaimsPrincipal"/> under which modules' HTTP APIs run: it carries one <see cref="CallerIdentity"/>.</summary>
/// <remarks>The front door sets it in one process, the internal assertion's handler in a service; nothing else authenticates a module's API.</remarks>
public sealed class GatewayPrincipal : ClaimsPrincipal
{
    /// <summary>Name of the one authentication scheme of the modules' APIs.</summary>
    public const string Scheme = "GatewayIdentity";

    /// <summary>Makes the principal of a verified caller.</summary>
    public GatewayPrincipal(CallerIdentity caller, string? assertion = null)
        : base(new ClaimsIdentity([new Claim("sub", caller.UserId)], Scheme))
    {
        Caller = caller;
        Assertion = assertion;
    }

    /// <summary>The verified caller.</summary>
    public CallerIdentity Caller { get; }

    /// <summary>The caller's internal assertion, for calls to other modules on their behalf; null where there is none.</summary>
    public string? Assertion { get; }
}
