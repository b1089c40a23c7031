using System.Text;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

/// <summary>Draws a text that a pattern of the table matches. Knows what those patterns are written with, no more.</summary>
internal sealed class PatternSampler(string pattern, Random random)
{
    private const int MostRepeats = 4;
    private int _at;

    /// <summary>A sample; always the same from the same seed.</summary>
    public string Draw()
    {
        _at = 0;
        return Alternatives();
    }

    private string Alternatives()
    {
        var all = new List<string> { Sequence() };
        while (_at < pattern.Length && pattern[_at] == '|')
        {
            _at++;
            all.Add(Sequence());
        }

        return all[random.Next(all.Count)];
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < pattern.Length && pattern[_at] is not ('|' or ')'))
        {
            var start = _at;
            var once = Atom();
            var end = _at;
            var repeats = Repeats();
            var next = _at;
            for (var i = 0; i < repeats; i++)
            {
                _at = start;
                text.Append(i == 0 ? once : Atom());
                _at = end;
            }

            _at = next;
        }

        return text.ToString();
    }

    private string Atom()
    {
        var c = pattern[_at++];
        switch (c)
        {
            case '(':
                _at = pattern.IndexOf(':', _at) + 1;
                var inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return Class().ToString();
            case '\\':
                return Escape(pattern[_at++]).ToString();
            default:
                return c.ToString();
        }
    }

    private char Escape(char c) => c switch
    {
        'd' => (char)('0' + random.Next(10)),
        'w' => (char)('a' + random.Next(26)),
        's' or 'r' or 'n' or 't' => ' ',
        _ => c,
    };

    private char Class()
    {
        var members = new List<char>();
        while (pattern[_at] != ']')
        {
            var from = pattern[_at++];
            if (from == '\\')
            {
                members.Add(Escape(pattern[_at++]));
            }
            else if (pattern[_at] == '-' && pattern[_at + 1] != ']')
            {
                for (var c = from; c <= pattern[_at + 1]; c++)
                {
                    members.Add(c);
                }

                _at += 2;
            }
            else
            {
                members.Add(from);
            }
        }

        _at++;
        return members[random.Next(members.Count)];
    }

    private int Repeats()
    {
        var (least, most) = (1, 1);
        if (_at < pattern.Length && pattern[_at] is '?' or '*' or '+')
        {
            (least, most) = pattern[_at++] switch { '?' => (0, 1), '*' => (0, MostRepeats), _ => (1, MostRepeats) };
        }
        else if (_at < pattern.Length && pattern[_at] == '{')
        {
            var end = pattern.IndexOf('}', _at);
            var bounds = pattern[(_at + 1)..end].Split(',');
            least = int.Parse(bounds[0]);
            most = bounds.Length == 1 ? least : bounds[1].Length == 0 ? least + MostRepeats : int.Parse(bounds[1]);
            _at = end + 1;
        }

        _at += _at < pattern.Length && pattern[_at] == '?' ? 1 : 0;
        return random.Next(least, most + 1);
    }
}
