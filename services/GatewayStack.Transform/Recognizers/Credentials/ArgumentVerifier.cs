using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the value that stands where the match ends: an argument of a command, the second part of a pair.</summary>
internal static class ArgumentVerifier
{
    private const int Shortest = 4;

    private static readonly SearchValues<string> Users = SearchValues.Create(["create user", "alter user", "create role", "alter role", "create login", "alter login", "user mapping", "set password"],
        StringComparison.OrdinalIgnoreCase);

    private const double Sure = 0.9;

    private static readonly SearchValues<char> LoginLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-@");

    public static Verdict Verify(in Match match) => Read(match, ValueForm.Argument);

    /// <summary>A password behind a user's name, in a sentence.</summary>
    public static Verdict VerifyPair(in Match match) => Read(match, ValueForm.Mentioned);

    /// <summary>An argument that is quoted.</summary>
    public static Verdict VerifyQuoted(in Match match) => match.At(match.Length) is '"' or '\'' ? Read(match, ValueForm.Argument) : Verdict.No;

    /// <summary>The quoted argument behind a quoted user.</summary>
    public static Verdict VerifyCall(in Match match) => match.At(match.Length) is '"' or '\'' ? Read(match, ValueForm.Call) : Verdict.No;

    /// <summary>A user and a password in one: <c>user:password</c>.</summary>
    public static Verdict VerifyUser(in Match match)
    {
        var value = ValueReader.Read(match.Text, match.Start + match.Length, ValueForm.Argument);
        var colon = match.Text.Slice(value.Start, value.Length).IndexOfAny(':', '%');
        if (colon < 1 || colon == value.Length - 1 || match.Text[value.Start] is '+' or '%')
        {
            return Verdict.No;
        }

        var score = Score(match, value with { Start = value.Start + colon + 1, Length = value.Length - colon - 1 });
        return score >= 0.5 ? new Verdict(value.Length, score) { Offset = value.Start - match.Start } : Verdict.No;
    }

    /// <summary>The password of a pair in quotes: <c>"user:password"</c>.</summary>
    public static Verdict VerifyQuotedPair(in Match match)
    {
        var value = ValueReader.Read(match.Text, match.Start + match.Length - 1, ValueForm.Argument);
        var pair = match.Text.Slice(value.Start, value.Length);
        var colon = pair.IndexOf(':');
        if (!value.Quoted || colon < 2 || pair.Length - colon < 8 || pair[..colon].ContainsAnyExcept(LoginLetters) || pair[(colon + 1)..].ContainsAny('/', ':', ' '))
        {
            return Verdict.No;
        }

        var password = pair[(colon + 1)..];
        var score = IsThoughtOf(password) ? Score(match, value with { Start = value.Start + colon + 1, Length = password.Length }) : 0;
        return score >= 0.5 ? new Verdict(password.Length, score, value.Start + colon + 1 - match.Start) : Verdict.No;
    }

    /// <summary>What the grammar says is a secret, unless it stands for one.</summary>
    public static Verdict VerifyGiven(in Match match) => Given(match, quoted: false);

    /// <summary>The same, no option, path or sign.</summary>
    public static Verdict VerifyWord(in Match match) =>
        match.At(match.Length) is '-' or '/' or '*' or '>' or '|' or '&' or ' ' or '\\' ? Verdict.No : Given(match, quoted: false);

    /// <summary>In a statement that makes a user: <c>CREATE USER jdoe WITH PASSWORD 'x'</c>.</summary>
    public static Verdict VerifyStatement(in Match match) => match.Text[..match.Start].ContainsAny(Users) ? VerifyGivenQuoted(match) : Verdict.No;

    /// <summary>The same in quotes.</summary>
    public static Verdict VerifyGivenQuoted(in Match match) => Given(match, quoted: true);

    /// <summary>A line of the secrets of dialled connections: <c>"jdoe" * "x" *</c>.</summary>
    public static Verdict VerifyDial(in Match match) =>
        Given(match, quoted: true) is { Length: > 0 } verdict && match.At(-1) is ' ' or '\t'
            && match.Text[(match.Start + verdict.Offset + verdict.Length)..].TrimStart("\" \t") is ['*' or (>= '0' and <= '9'), ..]
            ? verdict : Verdict.No;

    /// <summary>The password of a share, where a user follows: <c>net use \\nas\x y /user:z</c>.</summary>
    public static Verdict VerifyShare(in Match match)
    {
        var line = match.Text[(match.Start + match.Length)..];
        line = line.IndexOfAny('\r', '\n') is >= 0 and var end ? line[..end] : line;
        return !line.StartsWith('/') && !line.StartsWith('*') && line.Contains("/user", StringComparison.OrdinalIgnoreCase) ? Given(match, quoted: false) : Verdict.No;
    }

    /// <summary>A user and a password before the name of a database: <c>sqlplus x/y@PROD</c>.</summary>
    public static Verdict VerifySlashed(in Match match)
    {
        var value = ValueReader.Read(match.Text, match.Start + match.Length, ValueForm.Argument);
        var login = match.Text.Slice(value.Start, value.Length);
        login = login.LastIndexOf('@') is > 0 and var at ? login[..at] : login;
        var slash = login.IndexOf('/');
        return slash > 0 && login.Length - slash > 3 && !PlaceholderValues.Is(login[(slash + 1)..]) && !login.ContainsAny('$', '{') && login[(slash + 1)..].IndexOf('/') < 0
            ? new Verdict(login.Length, Sure, value.Start - match.Start) : Verdict.No;
    }

    private static Verdict Given(in Match match, bool quoted)
    {
        var at = match.Start + match.Length;
        if (at >= match.Text.Length || match.Text[at] is '\n' or '\r')
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(match.Text, at, ValueForm.Argument);
        var written = match.Text.Slice(value.Start, value.Length);
        return value.Length < Shortest || (quoted && !value.Quoted) || (!value.Quoted && written.ContainsAny('(', '<', '[')) || PlaceholderValues.Is(written)
            || PlaceholderValues.IsName(written)
            || SecretWords.States.Contains(written.ToString()) || References.IsReference(written, value with { Form = ValueForm.Setting }) || SecretValue.IsHash(written) || SealedValues.Is(written)
            || new ValueShape(written) is { Letters: 0, Digits: < 4 }
            ? Verdict.No : new Verdict(value.Length, Sure, value.Start - match.Start);
    }

    /// <summary>Letters of both cases, or letters with digits or marks: no port, no tag, no member.</summary>
    private static bool IsThoughtOf(ReadOnlySpan<char> value) =>
        new ValueShape(value) is { Letters: >= 3, Lowers: > 0 } shape && (shape.IsMixed || (shape.Uppers > 0 && shape.Symbols > 0))
            && (shape is { Uppers: >= 2, Symbols: > 0 } || !PlainValues.IsNumberedName(value, shape));

    private static Verdict Read(in Match match, ValueForm form)
    {
        var at = match.Start + match.Length;
        if (at >= match.Text.Length || char.IsWhiteSpace(match.Text[at]) || match.Text[at] == '-')
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(match.Text, at, form) with { Continues = false };
        var score = value.Length == 0 ? 0 : Score(match, value);
        return score >= 0.5 ? new Verdict(value.Length, score) { Offset = value.Start - match.Start } : Verdict.No;
    }

    private static double Score(in Match match, in PossibleValue value) => SecretValue.Score(match.Text.Slice(value.Start, value.Length),
        SecretKind.Password, value);
}
