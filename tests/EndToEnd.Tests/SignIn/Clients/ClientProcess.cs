using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>How a client that signed in on its way ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it printed to standard error.</param>
/// <param name="Opened">The authorization URLs that it opened, in order.</param>
internal sealed record ClientRun(int ExitCode, string Output, string Errors, ImmutableArray<Uri> Opened)
{
    public string Text => Output + Errors;

    public ClientRun ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Text);
        return this;
    }
}

/// <summary>Runs a program that asks for a browser when it needs one: it prints where to go.</summary>
internal static partial class ClientProcess
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Runs it to its end.</summary>
    /// <param name="start">The program.</param>
    /// <param name="open">Goes where it is sent, as a browser does.</param>
    /// <param name="waitsForInput">True where it would take the end of its input for an answer.</param>
    public static async Task<ClientRun> RunAsync(ProcessStartInfo start, Func<Uri, Task> open, bool waitsForInput = false)
    {
        using var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Longest);
        var links = Channel.CreateUnbounded<Uri>();
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        try
        {
            if (!waitsForInput)
            {
                process.StandardInput.Close();
            }

            var visits = VisitAsync(links.Reader, open);
            var reads = Task.WhenAll(
                ReadAsync(process.StandardOutput, output, links.Writer, deadline.Token),
                ReadAsync(process.StandardError, errors, links.Writer, deadline.Token));
            if (await Task.WhenAny(reads, visits) == reads)
            {
                links.Writer.Complete();
            }

            var opened = await visits;
            await reads;
            await process.WaitForExitAsync(deadline.Token);
            return new ClientRun(process.ExitCode, output.ToString(), errors.ToString(), opened);
        }
        catch (OperationCanceledException ended) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"{start.FileName} did not end:{Environment.NewLine}{output}{errors}", ended);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadAsync(StreamReader lines, StringBuilder text, ChannelWriter<Uri> links, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            text.AppendLine(line);

            // A terminal shows a link twice: as its target, and as its text.
            if (Link().Match(line) is { Success: true } link)
            {
                links.TryWrite(new Uri(link.Value));
            }
        }
    }

    private static async Task<ImmutableArray<Uri>> VisitAsync(ChannelReader<Uri> links, Func<Uri, Task> open)
    {
        var opened = ImmutableArray.CreateBuilder<Uri>();
        await foreach (var link in links.ReadAllAsync())
        {
            opened.Add(link);
            await open(link);
        }

        return opened.ToImmutable();
    }

    [GeneratedRegex("""http://127\.0\.0\.1:\d+/[^\s"\x07\x1b]*[?&]response_type=code[^\s"\x07\x1b]*""")]
    private static partial Regex Link();
}
