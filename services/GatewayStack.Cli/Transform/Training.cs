namespace GatewayStack.Cli.Transform;

/// <summary>One run of a training.</summary>
internal sealed record TrainingRun(string Data, string Target, int Seed, TextWriter Log);

/// <summary>The trainings that the content module has.</summary>
internal static class Training
{
    /// <summary>Persons, places and organisations.</summary>
    public static void Names(TrainingRun run) => throw new CommandException(ExitCodes.BadInput, $"this version cannot train names (seed {run.Seed})");

    /// <summary>Topics, sensitivity and prompt injection.</summary>
    public static void Models(TrainingRun run) => throw new CommandException(ExitCodes.BadInput, $"this version cannot train models (seed {run.Seed})");
}
