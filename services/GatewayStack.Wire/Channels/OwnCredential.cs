using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Security;
using Grpc.Core;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Channels;

/// <summary>By what this service proves itself to those it calls: its name and <c>Service:Credential</c>.</summary>
internal sealed class OwnCredential
{
    private readonly Metadata.Entry[] _entries;

    /// <param name="own">Which service this is; null where nobody said, and calls carry no credential.</param>
    /// <param name="configuration">Has the secret. That it is there and long enough is checked at the start.</param>
    public OwnCredential(OwnService? own, IConfiguration configuration) =>
        _entries = own is not null && configuration["Service:Credential"] is { } configured && SecretReference.TryResolve(configured, out var secret) is null
            ? [new Metadata.Entry(InternalHeaders.Service, own.Name), new Metadata.Entry(InternalHeaders.Credential, secret)]
            : [];

    public void AddTo(Metadata metadata)
    {
        foreach (var entry in _entries)
        {
            metadata.Add(entry);
        }
    }
}
