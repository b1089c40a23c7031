using BenchmarkDotNet.Running;
using GatewayStack.TransformBench;

// "latency" prints p50, p99 and MB/s of single calls, "delay [FILE]" how far streamed answers lag behind, "waiting" what a piece of a hostile one costs; anything else goes to
// BenchmarkDotNet, which knows what is allocated.
if (args is ["latency", ..])
{
    Latency.Print(Console.Out);
    return;
}

if (args is ["delay", .. var documents])
{
    await Delay.PrintAsync(new Subject(), documents, Console.Out);
    return;
}

if (args is ["waiting"])
{
    await Waiting.PrintAsync(new Subject(), Console.Out);
    return;
}

if (args is ["loop", .. var run])
{
    Loop.Run(run);
    return;
}

if (args is ["best"])
{
    Loop.Best(Console.Out);
    return;
}

if (args is ["digest", .. var files])
{
    FindingsDigest.Run(files);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(TransformBenchmarks).Assembly).Run(args);
