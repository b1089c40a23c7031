using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Identity.Issuers;

/// <summary>Holds the snapshot in force. A bad configuration never replaces a good one.</summary>
internal sealed class IssuerRegistry : IDisposable
{
    private readonly IIdentitySettingsSource _source;
    private readonly IssuerKeysFactory _keys;
    private readonly IssuerConnections _connections;
    private readonly ILogger<IssuerRegistry> _logger;
    private readonly Lock _swap = new();
    private readonly IDisposable _subscription;
    private volatile IssuerSnapshot _current;

    public IssuerRegistry(IIdentitySettingsSource source, IssuerKeysFactory keys, IssuerConnections connections, ILogger<IssuerRegistry> logger)
    {
        _source = source;
        _keys = keys;
        _connections = connections;
        _logger = logger;
        var (options, errors) = Read();
        if (!errors.IsEmpty)
        {
            throw new IdentitySettingsException(errors);
        }

        _current = new IssuerSnapshot(options, version: 1, keys.Create, connections.Create);
        _subscription = ChangeToken.OnChange(source.GetChangeToken, () => _ = Swap());
    }

    public IssuerSnapshot Current => _current;

    /// <summary>Has the source look again and swaps the snapshot if what it finds is valid.</summary>
    /// <returns>What is wrong; empty when the new settings are in force.</returns>
    public ImmutableArray<SettingsError> Reload()
    {
        _source.Refresh();
        return Swap();
    }

    public void Dispose() => _subscription.Dispose();

    private ImmutableArray<SettingsError> Swap()
    {
        lock (_swap)
        {
            var (options, errors) = Read();
            if (!errors.IsEmpty)
            {
                IdentityLog.ReloadRefused(_logger, errors.Length, errors[0].Key, errors[0].Problem);
                return errors;
            }

            var old = _current;
            _current = new IssuerSnapshot(options, old.Version + 1, issuer => Carry(old, issuer), issuer => CarryConnection(old, issuer));
            IdentityLog.Reloaded(_logger, _current.Version, _current.Issuers.Length);
            return [];
        }
    }

    // Keys that were fetched stay good while they come from the same place.
    private IssuerKeys Carry(IssuerSnapshot old, IssuerOptions issuer) =>
        old.Find(issuer.Issuer)?.Keys is { } keys && keys.ComesFrom(issuer) ? keys : _keys.Create(issuer);

    // What was asked of an issuer stays known while the question would be the same: nobody becomes a stranger by a reload.
    private IssuerConnection? CarryConnection(IssuerSnapshot old, IssuerOptions issuer) =>
        old.Find(issuer.Issuer)?.Connection is { } connection && connection.IsFor(issuer) ? connection : _connections.Create(issuer);

    private (IdentityOptions Options, ImmutableArray<SettingsError> Errors) Read()
    {
        var settings = _source.Read();
        return (settings.Options, [.. settings.Errors, .. IdentitySettingsValidator.Validate(settings.Options)]);
    }
}
