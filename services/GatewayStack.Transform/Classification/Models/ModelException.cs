namespace GatewayStack.Transform.Classification.Models;

/// <summary>A model that cannot be used; the message says why and what to do, for the operator.</summary>
internal sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
