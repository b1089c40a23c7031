namespace GatewayStack.Cli;

/// <summary>Where a command reads and writes. Belongs to one run.</summary>
/// <param name="Input">What <c>-</c> stands for.</param>
/// <param name="Output">Results, in UTF-8.</param>
/// <param name="Error">Everything else.</param>
internal sealed record Terminal(Stream Input, Stream Output, TextWriter Error);
