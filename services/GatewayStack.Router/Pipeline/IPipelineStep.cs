namespace GatewayStack.Router.Pipeline;

/// <summary>One stage of the pipeline. Fills in its part of the request's context, or refuses.</summary>
/// <remarks>A singleton, safe for concurrent use; everything of a request stands in its exchange.</remarks>
internal interface IPipelineStep
{
    /// <summary>The stage's name in traces, metrics and deadlines.</summary>
    string Name { get; }

    /// <returns>Null to go on, or why not.</returns>
    ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken);
}
