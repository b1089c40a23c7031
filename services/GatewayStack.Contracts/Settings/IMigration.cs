namespace GatewayStack.Contracts.Settings;

/// <summary>Brings one store's schema to this version: what a host does, and nothing else, when it is started with <c>--migrate</c>.</summary>
public interface IMigration
{
    /// <summary>Name of the store, such as <c>limitsdb</c>.</summary>
    string Name { get; }

    /// <summary>Migrates. Safe to run on several instances at once, and again: what is done is not done twice.</summary>
    /// <exception cref="StartRefusedException">It cannot be done; the message says why and what to do.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);
}
