using System.CommandLine;
using System.Text;

namespace GatewayStack.Cli.Input;

/// <summary>A file named on the command line; <c>-</c> is the standard input.</summary>
internal static class InputFile
{
    /// <summary>The argument of commands that read one text or file.</summary>
    public static Argument<string> Argument(string description) => new("FILE") { Description = description, DefaultValueFactory = _ => "-" };

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Where the standard input is.</param>
    /// <param name="usage">What the command takes, for whoever named what cannot be read.</param>
    public static Stream Open(string path, Terminal terminal, string usage)
    {
        if (path == "-")
        {
            return terminal.Input;
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A folder is refused as if it were forbidden.
            var problem = path.Length == 0 ? "The name of the file is empty"
                : Directory.Exists(path) ? $"{path} is a folder"
                : e is FileNotFoundException or DirectoryNotFoundException ? $"{path} does not exist"
                : $"{path} cannot be read ({e.Message.TrimEnd('.')})";
            throw new CommandException(ExitCodes.BadInput, $"{problem}: {usage}.");
        }
    }

    /// <summary>Reads it as one text, without a byte order mark.</summary>
    public static async Task<string> ReadTextAsync(string path, Terminal terminal, string usage, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = Open(path, terminal, usage);
            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{(path == "-" ? "the input" : path)} is not UTF-8");
        }
    }
}
