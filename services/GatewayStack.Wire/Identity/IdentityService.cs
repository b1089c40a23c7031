using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Common;
using Grpc.Core;

namespace GatewayStack.Wire.Identity;

/// <summary>Exposes this process's <see cref="IIdentityModule"/>. The caller's cancellation is the module's.</summary>
internal sealed class IdentityService(IIdentityModule identity) : V1.IdentityModule.IdentityModuleBase
{
    public override async Task<V1.AuthenticationResult> Authenticate(V1.AuthenticationRequest request, ServerCallContext context) =>
        IdentityMapper.ToMessage(await identity.AuthenticateAsync(IdentityMapper.ToRecord(request), context.CancellationToken));

    public override async Task<V1.AssertionResult> MintAssertion(V1.AssertionRequest request, ServerCallContext context)
    {
        var record = IdentityMapper.ToRecord(request).OrThrow("The request names no assertion, or no audience.");
        return IdentityMapper.ToMessage(await identity.MintAssertionAsync(record, context.CancellationToken));
    }

    public override async Task<V1.UpstreamTokenResult> ExchangeToken(V1.UpstreamTokenRequest request, ServerCallContext context)
    {
        var record = IdentityMapper.ToRecord(request).OrThrow("The request names no assertion, or no issuer.");
        return IdentityMapper.ToMessage(await identity.ExchangeTokenAsync(record, context.CancellationToken));
    }

    public override async Task<V1.IdentityDescription> Describe(V1.DescribeRequest request, ServerCallContext context) =>
        IdentityMapper.ToMessage(await identity.DescribeAsync(context.CancellationToken));
}
