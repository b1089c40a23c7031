namespace GatewayStack.Contracts.Router;

/// <summary>Asks a module over a wire whether it is well, apart from any request.</summary>
/// <remarks>Registered by clients that cross a wire; absent in one process.</remarks>
public interface IModuleProbe
{
    /// <summary>The module's name, such as <c>policy</c>.</summary>
    string Module { get; }

    /// <summary>Asks once.</summary>
    /// <returns>True where at least one instance says that it is serving.</returns>
    Task<bool> ProbeAsync(CancellationToken cancellationToken);
}
