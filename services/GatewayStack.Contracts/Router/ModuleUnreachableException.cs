namespace GatewayStack.Contracts.Router;

/// <summary>A module could not be reached, and nothing of this request was sent to it: no connection was made, or its breaker is open.</summary>
/// <remarks>Thrown by clients that cross a wire, never in one process. Any other exception means that the request may have been worked on.</remarks>
public sealed class ModuleUnreachableException : Exception
{
    /// <summary>Says which module, and why.</summary>
    public ModuleUnreachableException(string module, Exception? inner = null)
        : base($"The module '{module}' cannot be reached.", inner) => Module = module;

    /// <summary>The module.</summary>
    public string Module { get; }
}
