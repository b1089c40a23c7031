using System.Text;
using GatewayStack.Cli;

namespace GatewayStack.Transform.Evaluation.Tests.Cli;

/// <summary>One run of the command line in this process.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    public static Task<CliRun> Of(string input, params string[] args) => Of(Encoding.UTF8.GetBytes(input), args);

    public static async Task<CliRun> Of(byte[] input, params string[] args)
    {
        using var stdin = new MemoryStream(input);
        using var stdout = new MemoryStream();
        using var stderr = new StringWriter();
        var code = await CommandLine.RunAsync(args, new Terminal(stdin, stdout, stderr), TestContext.Current.CancellationToken);
        return new CliRun(code, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }
}
