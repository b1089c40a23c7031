using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The account that a command for users ends with (<c>useradd -m -s /bin/bash jdoe</c>), and the one of a machine in <c>.netrc</c>.</summary>
internal static class UserCommandVerifier
{
    private const int Shortest = 3;
    private const int Longest = 32;
    private const double Sure = 0.85;

    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n#;&|<>");

    /// <summary>The last word of the command, where options stand before it.</summary>
    public static Verdict Last(in Match match)
    {
        var start = match.Start + match.Length;
        var command = match.Text[start..];
        command = command.IndexOfAny(Ends) is >= 0 and var stop ? command[..stop] : command;
        command = command.TrimEnd(' ');
        var at = command.LastIndexOf(' ') + 1;
        return at > 0 && command[0] == '-' && IsName(command[at..]) ? new Verdict(command.Length - at, Sure, start + at - match.Start) : Verdict.No;
    }

    /// <summary><c>machine git.example login jdoe password x</c>, on one line or several.</summary>
    public static Verdict OfMachine(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var host = Word(text, ref at);
        if (match.At(-1) is not ('\0' or '\n' or ' ') || !(host.Contains('.') || host is "localhost") || Word(text, ref at) is not "login")
        {
            return Verdict.No;
        }

        var name = Word(text, ref at);
        var end = at;
        return IsName(name) && Word(text, ref at) is "password" or "account" ? new Verdict(name.Length, Sure, end - name.Length - match.Start) : Verdict.No;
    }

    /// <summary>Nothing, where a word follows that is no host.</summary>
    public static int? OfMachineOutlook(in Match soFar, int known)
    {
        var at = soFar.Start + soFar.Length;
        var host = Word(soFar.Text, ref at);
        return at < soFar.Text.Length && !host.Contains('.') && host is not "localhost" ? null : soFar.Length;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is >= Shortest and <= Longest && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(Name) && !SecretBeside.IsEverywhere(name) && !NoNames.IsThing(name)
        && !PlaceholderValues.Is(name);
}
