using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads values as the languages and formats write them that put a name before a value.</summary>
internal static class ValueReader
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\u00A0");

    /// <summary>Behind the last blank from a position on.</summary>
    public static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && Blanks.Contains(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>True when the character opens a quotation.</summary>
    public static bool IsQuote(char c) => c is '"' or '\'' or '`' or '“' or '„' or '«' or '‘' or '”' or '’' or '»';

    /// <summary>The value at a position: quoted, or up to where it ends by itself.</summary>
    /// <param name="text">The window.</param>
    /// <param name="at">Where the value begins.</param>
    /// <param name="form">How it stands there.</param>
    /// <param name="query">True when <c>&amp;</c> ends it.</param>
    public static PossibleValue Read(ReadOnlySpan<char> text, int at, ValueForm form, bool query = false)
    {
        at = SkipBlanks(text, at);

        // f"", r'', @"", L"", u'', and \" in a text within a text.
        if (at + 1 < text.Length && text[at] is 'f' or 'r' or 'b' or 'u' or 'L' or 'R' or '@' or '$' or '\\' && text[at + 1] is '"' or '\'')
        {
            at++;
        }

        while (at < text.Length && text[at] is '¿' or '¡')
        {
            at++;
        }

        // Markdown emphasis round a value.
        var stars = at;
        while (at < text.Length && text[at] == '*' && at - stars < 2)
        {
            at++;
        }

        if (at >= text.Length)
        {
            return default;
        }

        return IsQuote(text[at]) ? Quoted(text, at, form) : Bare(text, at, form, query);
    }

    private static PossibleValue Quoted(ReadOnlySpan<char> text, int at, ValueForm form)
    {
        var close = text[at] switch { '“' or '„' => '”', '«' => '»', '‘' => '’', '»' => '«', var same => same };
        var run = 1;
        while (run < 3 && at + run < text.Length && text[at + run] == text[at])
        {
            run++;
        }

        if (text[at] == '»' && (at + 1 >= text.Length || !(char.IsLetterOrDigit(text[at + 1]) || text[at + 1] is '#' or '!' or '$' or '%')))
        {
            // The end of a quotation, not the beginning of one.
            return default;
        }

        // Two quotes are an empty text; three begin a long one.
        if (run == 2)
        {
            return default;
        }

        var start = at + run;
        var escaped = text[at - 1 < 0 ? 0 : at - 1] == '\\';
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                if (escaped && text[i + 1] == close)
                {
                    return new PossibleValue(start, i - start, form, Quoted: true, Continues: false);
                }

                i++;
                continue;
            }

            if (text[i] == close || (close == '”' && text[i] is '“' or '"'))
            {
                return new PossibleValue(start, i - start, form, Quoted: true, Continues: false);
            }

            if (text[i] is '\n' or '\r')
            {
                break;
            }
        }

        // No quote ends it on its line: an apostrophe, or a quotation that is cut off.
        return text[at] is '\'' or '’' ? default : Bare(text, start, form, query: false);
    }

    private static PossibleValue Bare(ReadOnlySpan<char> text, int at, ValueForm form, bool query)
    {
        if (at >= text.Length || (text[at] is ';' or ',' or '|' && form != ValueForm.Setting))
        {
            // The next cell of a list.
            return default;
        }

        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '`' or '<' or '“' or '”' or '»' or '«') && !(query
            && (text[end] == '#' || (text[end] == '&' && (end == at || end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1]) || IsNextField(text, end))))))
        {
            if (text[end] is ',' or ';' && (end + 1 >= text.Length || char.IsWhiteSpace(text[end + 1]) || text[end + 1] is '"' or '\'' or > '\u2E7F'))
            {
                break;
            }

            if (text[end] == '.' && end > at && text[end - 1] < 128 && end + 1 < text.Length && WordStart.IsUnblanked(text[end + 1]))
            {
                // The full stop of Chinese and Japanese, which is read as a dot.
                break;
            }

            if (text[end] > '\u0600' && text[end] is '。' or '，' or '；' or '、' or '）' or '」' or '！' or '।' or '؛' or '،' or '؟')
            {
                break;
            }

            if (text[end] is ')' or ']' or '}' && end > at && Closes(text, at, end))
            {
                break;
            }

            end++;
        }

        if (end < text.Length && text[end] == '<' && form != ValueForm.Element && end == at)
        {
            // <password>, a stand-in: read whole.
            var close = text[end..Math.Min(text.Length, end + 48)].IndexOf('>');
            return close < 0 ? default : new PossibleValue(at, close + 1, form, Quoted: true, Continues: false);
        }

        var full = end;
        end = Trim(text, at, end);
        end = at + SentenceEnds.Before(text[at..end]);
        return end <= at ? default : new PossibleValue(at, end - at, form, Quoted: false, end == full && Continues(text, full));
    }

    /// <summary>The next field of a form or a query: <c>&amp;scope=</c>. What was written as an escape in a value may be the same mark: <c>Salt&amp;Vinegar</c>.</summary>
    public static bool IsNextField(ReadOnlySpan<char> text, int at)
    {
        if (text[at] != '&')
        {
            return false;
        }

        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or '[' or ']'))
        {
            end++;
        }

        return end > at + 1 && end < text.Length && text[end] == '=';
    }

    /// <summary>True for a bracket that was opened before the value, with more of the program's punctuation behind it.</summary>
    private static bool Closes(ReadOnlySpan<char> text, int start, int at) =>
        (at + 1 >= text.Length || text[at + 1] is ')' or ']' or '}' or '.' or ';' or ',' || char.IsWhiteSpace(text[at + 1]))
        && !text[start..at].ContainsAny('(', '[', '{');

    /// <summary>Punctuation that ends the sentence or closes what was opened before the value.</summary>
    private static int Trim(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start)
        {
            var value = text[start..(end - 1)];
            var trims = text[end - 1] switch
            {
                '.' or ',' or ';' or ':' or '\'' or '\\' or '|' or '’' or '?' => true,
                '*' => start > 0 && text[start - 1] == '*',
                ')' => !value.Contains('('),
                ']' => !value.Contains('['),
                '}' => !value.Contains('{'),
                '>' => !value.Contains('<'),
                _ => false,
            };
            if (!trims)
            {
                return end;
            }

            end--;
        }

        return end;
    }

    /// <summary>The next of several settings: <c>service=l2tp</c>.</summary>
    private static bool IsSetting(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.'))
        {
            end++;
        }

        return end > at && end + 1 < text.Length && text[end] == '=' && text[end + 1] is not ('=' or ' ' or '>');
    }

    private static bool Continues(ReadOnlySpan<char> text, int end)
    {
        var next = SkipBlanks(text, end);
        return next > end && next < text.Length && !IsSetting(text, next) && (char.IsLetterOrDigit(text[next]) || text[next] is '(' or '+' or '?' or '|' or '&' or '.');
    }
}
