using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Identity;

/// <summary>Asks the identity service. Its calls are made for nobody: who it is, is the question.</summary>
internal sealed class IdentityClient : IIdentityModule
{
    private readonly ModuleCaller _identity;
    private readonly Func<V1.AuthenticationRequest, CallOptions, AsyncUnaryCall<V1.AuthenticationResult>> _authenticate;
    private readonly Func<V1.AssertionRequest, CallOptions, AsyncUnaryCall<V1.AssertionResult>> _mint;
    private readonly Func<V1.UpstreamTokenRequest, CallOptions, AsyncUnaryCall<V1.UpstreamTokenResult>> _exchange;
    private readonly Func<V1.DescribeRequest, CallOptions, AsyncUnaryCall<V1.IdentityDescription>> _describe;

    public IdentityClient(ModuleCaller identity)
    {
        var client = new V1.IdentityModule.IdentityModuleClient(identity.Invoker);
        (_identity, _authenticate, _mint) = (identity, client.AuthenticateAsync, client.MintAssertionAsync);
        (_exchange, _describe) = (client.ExchangeTokenAsync, client.DescribeAsync);
    }

    public async Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken) =>
        IdentityMapper.ToRecord(await _identity.AskAsync(_authenticate, IdentityMapper.ToMessage(request), assertion: null, cancellationToken));

    public async Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken) =>
        IdentityMapper.ToRecord(await _identity.AskAsync(_mint, IdentityMapper.ToMessage(request), assertion: null, cancellationToken));

    public async Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken) =>
        IdentityMapper.ToRecord(await _identity.AskAsync(_exchange, IdentityMapper.ToMessage(request), assertion: null, cancellationToken));

    public async Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken) =>
        IdentityMapper.ToRecord(await _identity.AskAsync(_describe, new V1.DescribeRequest(), assertion: null, cancellationToken));
}
