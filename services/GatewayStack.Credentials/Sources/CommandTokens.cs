using System.ComponentModel;
using System.Diagnostics;

namespace GatewayStack.Credentials.Sources;

/// <summary>Tokens of a command that prints one.</summary>
internal sealed class CommandTokens(string command, IReadOnlyList<string> arguments, TimeProvider time) : ITokenSource
{
    private const string NoToken = "printed something else than one access token";
    private const int MostCharacters = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A command line for the user's shell.</summary>
    public static CommandTokens OfShell(string line, TimeProvider time) =>
        OperatingSystem.IsWindows() ? new("cmd.exe", ["/d", "/s", "/c", line], time) : new("/bin/sh", ["-c", line], time);

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        using var longest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        longest.CancelAfter(Longest);
        string output;
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                output = await ReadAsync(process.StandardOutput, longest.Token);
                if (output.Length == MostCharacters)
                {
                    // It may go on for ever, and is no token already.
                    throw Failed(NoToken);
                }

                await process.WaitForExitAsync(longest.Token);
            }
            finally
            {
                // Ends nothing that has ended.
                process.Kill(entireProcessTree: true);
            }

            if (process.ExitCode != 0)
            {
                throw Failed($"ended with code {process.ExitCode}");
            }
        }
        catch (Win32Exception e)
        {
            throw new CredentialException(CredentialFault.Unreachable, $"the token command {Name} cannot be started", e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"took longer than {Longest.TotalSeconds:0} seconds");
        }

        // What it printed is not shown: it may be half a token.
        var token = output.Trim();
        return AccessToken.IsToken(token) ? JwtTimes.Read(token, time.GetUtcNow()) : throw Failed(NoToken);
    }

    private string Name => Path.GetFileName(command);

    private CredentialException Failed(string how) => new(CredentialFault.Unreachable, $"the token command {Name} {how}");

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[MostCharacters];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken);
        return new string(buffer, 0, length);
    }
}
