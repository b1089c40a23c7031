using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Router.Routing;

/// <summary>The snapshot in force. A bad configuration never replaces a good one.</summary>
internal sealed class RouterSnapshotStore : ISettingsCheck, IDisposable
{
    private const int MostNames = 20;

    private readonly IConfiguration _configuration;
    private readonly ContentNames? _names;
    private readonly ILogger<RouterSnapshotStore> _logger;
    private readonly Lock _swap = new();
    private readonly IDisposable _subscription;
    private volatile RouterSnapshot? _current;

    public RouterSnapshotStore(IConfiguration configuration, ILogger<RouterSnapshotStore> logger, ContentNames? names = null)
    {
        _configuration = configuration;
        _names = names;
        _logger = logger;
        (_current, Options, Errors) = RouterSnapshotBuilder.Build(configuration, names);
        Say(_current);
        _subscription = ChangeToken.OnChange(configuration.GetReloadToken, () => Swap());
    }

    public RouterSnapshot Current => _current ?? throw new InvalidOperationException("The Router's settings are not valid: the start should have been refused.");

    /// <summary>The options behind the current snapshot.</summary>
    public RouterOptions Options { get; private set; }

    /// <summary>What was wrong with the last configuration read.</summary>
    public ImmutableArray<SettingsError> Errors { get; private set; }

    public ImmutableArray<SettingsError> Check() => Errors;

    /// <summary>Reads the configuration's sources again; returns what is wrong with them.</summary>
    public ImmutableArray<SettingsError> Reload()
    {
        (_configuration as IConfigurationRoot)?.Reload();
        return Swap();
    }

    public void Dispose() => _subscription.Dispose();

    private ImmutableArray<SettingsError> Swap()
    {
        lock (_swap)
        {
            var (snapshot, options, errors) = RouterSnapshotBuilder.Build(_configuration, _names);
            Errors = errors;
            if (snapshot is not null)
            {
                _current = snapshot;
                Options = options;
                Say(snapshot);
            }
            else
            {
                _logger.SnapshotKept(errors.Length, errors[0].Key);
            }

            return errors;
        }
    }

    private void Say(RouterSnapshot? snapshot)
    {
        if (snapshot is { UnfoundNames: { Length: > 0 } names })
        {
            _logger.UnfoundNames(names.Length, string.Join(", ", names.Take(MostNames)));
        }
    }
}
