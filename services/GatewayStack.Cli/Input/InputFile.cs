using System.CommandLine;
using System.Text;

namespace GatewayStack.Cli.Input;

/// <summary>A file named on the command line; <c>-</c> is the standard input.</summary>
internal static class InputFile
{
    /// <summary>The argument of commands that read one text or file.</summary>
    public static Argument<string> Argument(string description) => new("FILE") { Description = description, DefaultValueFactory = _ => "-" };

    /// <summary>Opens it.</summary>
    public static Stream Open(string path, Terminal terminal) =>
        path == "-" ? terminal.Input : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);

    /// <summary>Reads it as one text, without a byte order mark.</summary>
    public static async Task<string> ReadTextAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = Open(path, terminal);
            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{(path == "-" ? "the input" : path)} is not UTF-8");
        }
    }
}
