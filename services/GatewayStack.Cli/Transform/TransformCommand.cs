using System.CommandLine;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform</c>.</summary>
internal static class TransformCommand
{
    public static Command Create(Terminal terminal) => new("transform", "The content module: what it finds in a text, and how well.")
    {
        ScanCommand.Create(terminal),
        EvalCommand.Create(terminal),
        TryCommand.Create(terminal),
        TrainCommand.Create(terminal),
    };
}
