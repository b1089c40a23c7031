namespace GatewayStack.AppHost;

/// <summary>Runs the AppHost, or says in one line why it does not start.</summary>
internal static class Start
{
    /// <summary>Runs it.</summary>
    /// <param name="run">Builds the model and runs it.</param>
    /// <returns>The process's exit code: 0 after a stop, 2 when the start was refused.</returns>
    public static async Task<int> CheckedAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Stopped before everything was up; the orchestrator takes down what was.
            return 0;
        }
        catch (StackRefusedException e)
        {
            await Console.Error.WriteLineAsync("GatewayStack does not start: " + e.Message);
            return 2;
        }
    }
}
