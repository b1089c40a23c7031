using GatewayStack.Cli;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var output = Console.OpenStandardOutput();
await using var input = Console.OpenStandardInput();
return await CommandLine.RunAsync(args, new Terminal(input, output, Console.Error), stop.Token);
