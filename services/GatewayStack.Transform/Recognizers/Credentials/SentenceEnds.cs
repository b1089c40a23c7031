namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What scripts without blanks write directly behind a value to end its sentence: <c>4711です</c>. Secrets are written in ASCII; what follows is the language's.</summary>
internal static class SentenceEnds
{
    /// <summary>Longer words begin with these, and they count only where nothing follows.</summary>
    private static readonly string[] Last = ["だ", "だよ", "だね", "だった", "야", "예요"];

    private static readonly string[] Beginnings =
    [
        "です", "でした", "である", "であり", "になり", "となり", "にしま", "にした", "にして", "に変更", "に設定", "に変わ", "を入力", "を使", "と入力", "と設定", "と打",
        "입니다", "이에요", "이었습니다", "이야",
    ];

    /// <summary>How much of what stands up to the next blank is the value.</summary>
    public static int Before(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || char.IsAscii(value[^1]) || value.LastIndexOfAnyInRange('!', '~') is not (>= 0 and var last))
        {
            return value.Length;
        }

        var rest = value[(last + 1)..];
        foreach (var word in Last)
        {
            if (rest.SequenceEqual(word))
            {
                return last + 1;
            }
        }

        foreach (var word in Beginnings)
        {
            if (rest.StartsWith(word))
            {
                return last + 1;
            }
        }

        return value.Length;
    }
}
