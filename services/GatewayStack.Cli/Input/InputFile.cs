using System.Buffers;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO.Pipelines;
using System.Text;

namespace GatewayStack.Cli.Input;

/// <summary>A file named on the command line; <c>-</c> is the standard input.</summary>
internal static class InputFile
{
    /// <summary>Byte order marks and encodings, by the names that .NET knows and those that people do. The mark of UTF-32 begins like that of UTF-16.</summary>
    private static readonly ImmutableArray<(byte[] Mark, string Encoding, string Name)> Marks =
    [
        ([0xFF, 0xFE, 0x00, 0x00], "utf-32", "UTF-32"), ([0x00, 0x00, 0xFE, 0xFF], "utf-32BE", "UTF-32"),
        ([0xFF, 0xFE], "utf-16", "UTF-16"), ([0xFE, 0xFF], "utf-16BE", "UTF-16"), ([0xEF, 0xBB, 0xBF], "utf-8", "UTF-8"),
    ];

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The argument of commands that read one text or file.</summary>
    public static Argument<string> Argument(string description) => new("FILE") { Description = description, DefaultValueFactory = _ => "-" };

    /// <summary>Opens it as UTF-8 without a byte order mark: one at its start says what it is in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Where the standard input is.</param>
    /// <param name="usage">What the command takes, for whoever named what cannot be read.</param>
    /// <param name="cancellationToken">Ends the wait for its first bytes.</param>
    public static async Task<Stream> OpenAsync(string path, Terminal terminal, string usage, CancellationToken cancellationToken)
    {
        var longest = Marks.Max(m => m.Mark.Length);
        var reader = PipeReader.Create(OpenBytes(path, terminal, usage));
        var start = (await reader.ReadAtLeastAsync(longest, cancellationToken)).Buffer;
        var first = start.Slice(0, Math.Min(start.Length, longest)).ToArray();
        var (mark, encoding, name) = Marks.FirstOrDefault(m => first.AsSpan().StartsWith(m.Mark));
        reader.AdvanceTo(start.GetPosition(mark?.Length ?? 0));
        if (encoding is null or "utf-8")
        {
            return reader.AsStream();
        }

        var strict = Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, new RefusedBytes($"{Called(path)} is not the {name} that its first bytes say"));
        return Encoding.CreateTranscodingStream(reader.AsStream(), strict, Utf8);
    }

    private static Stream OpenBytes(string path, Terminal terminal, string usage)
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
            await using var stream = await OpenAsync(path, terminal, usage, cancellationToken);
            using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{Called(path)} is not UTF-8");
        }
    }

    private static string Called(string path) => path == "-" ? "the input" : path;
}
