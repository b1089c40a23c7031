using System.Text;

namespace GatewayStack.Cli;

/// <summary>Where a command writes what it found out.</summary>
internal static class TextOutput
{
    /// <summary>The standard output as text; disposing it leaves the stream open.</summary>
    public static StreamWriter To(Terminal terminal) => new(terminal.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
}
