using System.Buffers;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>How a line of a chat says who speaks.</summary>
internal enum ChatForm
{
    /// <summary>It does not.</summary>
    None,

    /// <summary><c>nick: text</c>, behind a time or not.</summary>
    Colon,

    /// <summary><c>&lt;nick&gt; text</c>.</summary>
    Angle,

    /// <summary><c>nick 10:02</c>, above the text.</summary>
    Header,
}

/// <summary>A line of a chat, as far as it says who speaks.</summary>
/// <param name="Form">How.</param>
/// <param name="Start">Where the name begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">Where what is said begins; for a header, behind it.</param>
/// <param name="HasTime">True when the line has a time.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChatLine(ChatForm Form, int Start, int End, int Text, bool HasTime)
{
    /// <summary>A longer name is none.</summary>
    public const int LongestName = 32;

    private const int LongestTime = 26;
    private const int LongestTag = 20;
    private const int WideGap = 2;

    private static readonly string[] Days = ["today at ", "yesterday at ", "heute um ", "gestern um ", "aujourd'hui à ", "hier à ", "hoy a las ", "ayer a las ", "oggi alle ",
        "ieri alle ", "hoje às ", "ontem às ", "vandaag om ", "dzisiaj o ", "idag kl ", "at "];

    private static readonly SearchValues<char> DayStarts = SearchValues.Create([.. Days.SelectMany(d => new[] { char.ToLowerInvariant(d[0]), char.ToUpperInvariant(d[0]) })]);

    /// <summary>Reads the line that begins at a place.</summary>
    public static ChatLine Read(ReadOnlySpan<char> text, int at)
    {
        at = SkipBlanks(text, at);
        var afterTime = AfterTime(text, at);
        var start = afterTime < 0 ? at : AfterTag(text, afterTime);
        var end = start;
        if (start < text.Length && text[start] == '<')
        {
            start += start + 1 < text.Length && text[start + 1] is '@' or '+' or '%' or ' ' ? 2 : 1;
            end = NameEnd(text, start);
            return end - start >= 2 && end + 1 < text.Length && text[end] == '>' && text[end + 1] == ' ' ? new ChatLine(ChatForm.Angle, start, end, end + 2, afterTime >= 0) : default;
        }

        start += start < text.Length && text[start] == '@' ? 1 : 0;
        end = NameEnd(text, start);
        if (end - start < 2 || end >= text.Length)
        {
            return default;
        }

        if (text[end] == ':' && end + 1 < text.Length && text[end + 1] is ' ' or '\n' or '\r')
        {
            return new ChatLine(ChatForm.Colon, start, end, end + 1, afterTime >= 0);
        }

        var next = SkipBlanks(text, end);
        if (afterTime >= 0 && (next >= text.Length || text[next] is '\n' or '\r'))
        {
            return new ChatLine(ChatForm.Header, start, end, next, HasTime: true);
        }

        next = next < text.Length && text[next] is '—' or '–' or '-' or '|' or '•' ? SkipBlanks(text, next + 1) : next;
        var time = next > end && afterTime < 0 ? AfterTime(text, next) : -1;
        if (time < 0)
        {
            return default;
        }

        return time >= text.Length || text[time] is '\n' or '\r' ? new ChatLine(ChatForm.Header, start, end, time, HasTime: true)
            : text[time] == ':' ? new ChatLine(ChatForm.Colon, start, end, time + 1, HasTime: true)
            : next - end >= WideGap && char.IsWhiteSpace(text[time - 1]) ? new ChatLine(ChatForm.Colon, start, end, time, HasTime: true) : default;
    }

    /// <summary>Behind the name of a room: <c>[Lobby] nick: text</c>.</summary>
    private static int AfterTag(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] != '[')
        {
            return at;
        }

        var close = text[at..Math.Min(text.Length, at + LongestTag)].IndexOf(']');
        return close < 0 ? at : SkipBlanks(text, at + close + 1);
    }

    /// <summary>Behind a time, with its brackets and what follows them; -1 when there is none.</summary>
    public static int AfterTime(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return -1;
        }

        if (DayStarts.Contains(text[at]))
        {
            foreach (var word in Days)
            {
                // "Today at 16:20"
                if (text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    return AfterTime(text, at + word.Length);
                }
            }
        }

        var close = text[at] switch { '[' => ']', '(' => ')', _ => '\0' };
        var start = close == '\0' ? at : at + 1;
        var end = start;
        var colons = 0;
        while (end < text.Length && end - start < LongestTime && (char.IsAsciiDigit(text[end]) || text[end] is ':' or '/' or '.' or '-' or ',' or ' ' || IsNoon(text, end)))
        {
            colons += text[end] == ':' && end > start && char.IsAsciiDigit(text[end - 1]) && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]) ? 1 : 0;
            end++;
        }

        if (colons is 0 or > 2 || !char.IsAsciiDigit(text[start]))
        {
            return -1;
        }

        if (close != '\0')
        {
            return end < text.Length && text[end] == close ? SkipBlanks(text, end + 1) : -1;
        }

        // "12/03/2026, 18:44 - nick": the dash was read with the time. A colon that ends it belongs to the line.
        var last = end;
        while (last > start && text[last - 1] is ':' or ' ' or '-' or ',' or '.')
        {
            last--;
        }

        return last < end && text[last] == ':' ? last : end;
    }

    private static bool IsNoon(ReadOnlySpan<char> text, int at) =>
        (text[at] is 'A' or 'P' or 'a' or 'p' && at + 1 < text.Length && text[at + 1] is 'M' or 'm' && (at + 2 >= text.Length || !char.IsLetterOrDigit(text[at + 2])))
        || (text[at] is 'M' or 'm' && at > 0 && text[at - 1] is 'A' or 'P' or 'a' or 'p' && (at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1])) && at > 1
        && !char.IsLetter(text[at - 2]));

    private static int NameEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.' or '|' or '^'))
        {
            at++;
        }

        return at;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '*')
        {
            at++;
        }

        return at;
    }
}
