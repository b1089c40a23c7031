using GatewayStack.Transform.Classification.Training;
using GatewayStack.Transform.Names.Training;

namespace GatewayStack.Cli.Transform;

/// <summary>One run of a training.</summary>
internal sealed record TrainingRun(string Data, string Target, int Seed, TextWriter Log);

/// <summary>The trainings that the content module has.</summary>
internal static class Training
{
    /// <summary>Persons, places and organisations: writes <c>names.bin</c>.</summary>
    public static void Names(TrainingRun run)
    {
        using var weights = new MemoryStream();
        Run(run, () => NameTraining.Run(run.Data, weights, run.Log, run.Seed));
        File.WriteAllBytes(Path.Combine(run.Target, "names.bin"), weights.ToArray());
    }

    /// <summary>Topics, sensitivity and prompt injection: writes a <c>model.zip</c> of record for each head, and the weights that are scored.</summary>
    public static void Models(TrainingRun run) => Run(run, () => ModelTraining.Run(run.Data, run.Target, run.Log, run.Seed));

    private static void Run(TrainingRun run, Action train)
    {
        try
        {
            train();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or System.Text.Json.JsonException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{run.Data} is not the data it trains from: {e.Message}");
        }
    }
}
