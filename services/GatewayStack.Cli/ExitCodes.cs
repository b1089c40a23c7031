namespace GatewayStack.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The settings have errors.</summary>
    public const int SettingsErrors = 1;

    /// <summary>The arguments or the input are not what they must be.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped from outside.</summary>
    public const int Stopped = 130;
}
