using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Finds the value that a name is given: in settings, code, commands, markup.</summary>
internal static partial class AssignmentReader
{
    private static readonly SearchValues<char> Punctuation = SearchValues.Create(".,;:=()[]{}<>\"'?!");

    /// <summary>The value; of length 0 when the name is given none here.</summary>
    public static PossibleValue Read(ReadOnlySpan<char> text, SecretName name)
    {
        var value = Behind(text, name);
        if (!value.Quoted || text[value.Start - 1] != '"' || text[name.End..(value.Start - 1)].Contains('"') || !BeginsText(text[..name.Start]))
        {
            return value;
        }

        // {"password=": x} and ["password=", x], where the quote behind the sign ends the text that the name stands in.
        var behind = ValueReader.SkipBlanks(text, value.Start);
        return behind >= text.Length || text[behind] is not (':' or ',' or ']' or '}') ? value
            : text[behind] == ':' ? Operator(text, name, behind, spaced: true)
            : default;
    }

    private static PossibleValue Behind(ReadOnlySpan<char> text, SecretName name)
    {
        var at = name.End;
        var quoted = at < text.Length && ValueReader.IsQuote(text[at]);
        var closers = 0;
        while (at < text.Length && closers < 4 && (ValueReader.IsQuote(text[at]) || text[at] is ']' or '*' or '\\' or ')'))
        {
            at++;
            closers++;
        }

        var blanks = ValueReader.SkipBlanks(text, at);
        if (blanks >= text.Length)
        {
            return default;
        }

        if (text[blanks] == '(' && text[blanks..Math.Min(text.Length, blanks + 40)].IndexOf(')') is > 0 and var closing && closers == 0 && blanks > at)
        {
            // password (staging): x
            blanks = ValueReader.SkipBlanks(text, blanks + closing + 1);
            at = blanks;
            if (blanks >= text.Length)
            {
                return default;
            }
        }

        switch (text[blanks])
        {
            case '.' when text[blanks..].StartsWith("..."):
                return Leader(text, blanks);
            case '\n' or '\r' when closers == 0 && IsAlone(text, name.Start):
                return Below(text, blanks);
            case '=' or ':' or '→':
                return Operator(text, name, blanks, blanks > name.End + (quoted ? 1 : 0));
            case '!' when Next(text, blanks) == '=':
                return ValueReader.Read(text, blanks + 2, ValueForm.Call) is { Quoted: true } compared ? compared : default;
            case '-' when Next(text, blanks) == '>':
                return ValueReader.Read(text, blanks + 2, ValueForm.Assigned);
            case '-' or '–' or '—' when blanks > at && Next(text, blanks) == ' ':
                return ValueReader.Read(text, blanks + 2, ValueForm.Said);
            case '>' when name.Start > 0 && text[name.Start - 1] is '<' or ':':
                return Element(text, blanks + 1);
            case ',' when quoted:
                return Argument(text, blanks + 1) is { Length: > 0 } argument ? argument : Attribute(text, blanks);
            case '(' when blanks == name.End:
                return Argument(text, blanks + 1);
            case '"' when blanks > at && closers == 0 && text[name.Start..name.End].Equals("psk", StringComparison.OrdinalIgnoreCase):
                // ipsec.secrets: : PSK "x"
                return ValueReader.Read(text, blanks, ValueForm.Assigned);
            case '"' when blanks > at && closers == 0 && text[(text[..name.Start].LastIndexOf('\n') + 1)..name.Start].TrimStart().StartsWith("#define "):
                return ValueReader.Read(text, blanks, ValueForm.Assigned);
            case '|' when blanks > at || closers > 0:
                return Cell(text, blanks + 1);
            case var next when next is '\t' || (next == text[name.End] && next == '\t'):
                return default;
        }

        if (name.IsArgument && blanks > name.End && closers == 0)
        {
            return text[blanks] == '-' ? default : ValueReader.Read(text, blanks, ValueForm.Argument) with { Continues = false };
        }

        return Attribute(text, at);
    }

    /// <summary>The value at the end of a form's dots: <c>Password ........ x</c>.</summary>
    private static PossibleValue Leader(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == '.')
        {
            at++;
        }

        at += at < text.Length && text[at] == ':' ? 1 : 0;
        at = ValueReader.SkipBlanks(text, at);
        return at < text.Length && text[at] is not ('\n' or '\r') ? ValueReader.Read(text, at, ValueForm.Assigned) with { Continues = false } : default;
    }

    /// <summary>True when nothing but a few words stands before the name in its line.</summary>
    private static bool IsAlone(ReadOnlySpan<char> text, int at)
    {
        var line = text[(text[..at].LastIndexOf('\n') + 1)..at].Trim(" \t#*->•|");
        return line.Count(' ') <= 2 && !line.ContainsAny(Punctuation);
    }

    /// <summary>The line below a name that has one of its own, when it is one word.</summary>
    private static PossibleValue Below(ReadOnlySpan<char> text, int at)
    {
        var value = NextLine(text, at);
        if (value < 0)
        {
            return default;
        }

        var length = text[value..].IndexOfAny('\n', '\r');
        var line = length < 0 ? text[value..] : text.Slice(value, length);
        return line.TrimEnd().Contains(' ')
            || new ValueShape(line.Trim().TrimEnd('!')) is { IsMixed: false, IsDigits: false } ? default : ValueReader.Read(text, value, ValueForm.Said);
    }

    private static char Next(ReadOnlySpan<char> text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';

    private static PossibleValue Operator(ReadOnlySpan<char> text, SecretName name, int at, bool spaced)
    {
        var isColon = text[at] == ':';
        if (isColon && Next(text, at) == ':')
        {
            return default;
        }

        var end = at + 1;
        while (end < text.Length && text[end] is '=' or '>' && end - at < 3)
        {
            end++;
        }

        while (end < text.Length && text[end] == '*' && end - at < 5)
        {
            // **Password:** x
            end++;
        }

        var value = ValueReader.SkipBlanks(text, end);
        if (isColon && value < text.Length && text[value] is '\n' or '\r')
        {
            value = NextLine(text, value);
            if (value < 0)
            {
                return default;
            }

            return ValueReader.Read(text, value, ValueForm.Said);
        }

        if (value < text.Length && text[value] == '{' && Member(text, value) is var member and > 0)
        {
            return ValueReader.Read(text, member, ValueForm.Assigned) is { Quoted: true } given ? given : default;
        }

        if (isColon && Typed(text, value) is var assigned and > 0)
        {
            return ValueReader.Read(text, assigned, ValueForm.Assigned) is { Quoted: true } typed ? typed : default;
        }

        var query = !isColon && ((name.Start > 0 && text[name.Start - 1] is '?' or '&' or ';' or '#') || IsForm(text, value));
        var form = !isColon && !spaced && value == end && !query ? ValueForm.Setting : ValueForm.Assigned;
        var read = Decoded(text, value) is var inner and > 0 ? ValueReader.Read(text, inner, form) with { Continues = false } : ValueReader.Read(text, value, form, query);

        // Code: x = y; without quotes y is a name of the program's.
        if (!isColon && spaced && !read.Quoted && read.Length > 0 && new ValueShape(text.Slice(read.Start, read.Length)) is { IsMixed: false, IsDigits: false })
        {
            return default;
        }

        return read;
    }

    /// <summary>True where another field of a form follows behind the value: <c>x&amp;scope=</c>.</summary>
    private static bool IsForm(ReadOnlySpan<char> text, int at)
    {
        for (; at < text.Length && !char.IsWhiteSpace(text[at]) && !ValueReader.IsQuote(text[at]); at++)
        {
            if (ValueReader.IsNextField(text, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where the last quote opens a text of JSON.</summary>
    private static bool BeginsText(ReadOnlySpan<char> before) =>
        before.LastIndexOf('"') is >= 0 and var quote && before[..quote].TrimEnd() is [] or [.., '{' or ',' or '[' or ':'];

    /// <summary>The first character of the next line, behind blanks and marks; -1 when that is empty too.</summary>
    private static int NextLine(ReadOnlySpan<char> text, int at)
    {
        var lines = 0;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '>' or '-' or '*' or '|' or '`'))
        {
            lines += text[at] == '\n' ? 1 : 0;
            if (lines > 2 || (text[at] == '`' && (at + 1 >= text.Length || text[at + 1] != '`')))
            {
                break;
            }

            at++;
        }

        return lines is > 0 and <= 2 && at < text.Length ? at : -1;
    }

    private static PossibleValue Element(ReadOnlySpan<char> text, int at)
    {
        var end = text[at..].IndexOf('<');
        if (end <= 0 || at + end + 1 >= text.Length || text[at + end + 1] is not ('/' or '!'))
        {
            return default;
        }

        var value = text.Slice(at, end);
        var start = at + (value.Length - value.TrimStart().Length);
        return new PossibleValue(start, value.Trim().Length, ValueForm.Element, Quoted: true, Continues: false);
    }

    /// <summary>The next argument, if it is a quoted text.</summary>
    private static PossibleValue Argument(ReadOnlySpan<char> text, int at) =>
        ValueReader.Read(text, at, ValueForm.Call) is { Quoted: true } value && !(value.Start + value.Length + 1 < text.Length
            && text[value.Start + value.Length + 1] == ':') ? value : default;

    /// <summary>The next cell of a line of a table: <c>| password | x |</c>.</summary>
    private static PossibleValue Cell(ReadOnlySpan<char> text, int at)
    {
        var end = text[at..].IndexOfAny('|', '\n');
        if (end <= 0 || text[at + end] != '|')
        {
            return default;
        }

        var value = text.Slice(at, end).Trim(" \t`*");
        if (value.IsEmpty || value.Contains(' '))
        {
            return default;
        }

        return new PossibleValue(at + text.Slice(at, end).IndexOf(value, StringComparison.Ordinal), value.Length, ValueForm.Cell, Quoted: false,
            Continues: false);
    }

    /// <summary>The value beside a name that is a value itself: <c>name: X, value: x</c>, <c>key="X" value="x"</c>, <c>variable "X" { default = "x" }</c>.</summary>
    private static PossibleValue Attribute(ReadOnlySpan<char> text, int at)
    {
        var open = ValueReader.SkipBlanks(text, at);
        if (open < text.Length && text[open] == '{')
        {
            var block = text[open..];
            var close = block.IndexOf('}');
            var given = block.IndexOf("default", StringComparison.Ordinal);
            at = given > 0 && (close < 0 || given < close) ? open + given : at;
        }

        var limit = Math.Min(text.Length, at + 40);
        while (at < limit && (char.IsWhiteSpace(text[at]) || text[at] is ',' or '{' or '"' or '\'' or '-' or ';'))
        {
            at++;
        }

        var rest = text[at..];
        foreach (var word in (ReadOnlySpan<string>)["value", "default", "val", "content"])
        {
            if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var sign = word.Length;
            while (sign < rest.Length && rest[sign] is '"' or '\'' or ' ')
            {
                sign++;
            }

            if (sign < rest.Length && rest[sign] is '=' or ':')
            {
                return ValueReader.Read(text, at + sign + 1, ValueForm.Assigned);
            }
        }

        return default;
    }
}
