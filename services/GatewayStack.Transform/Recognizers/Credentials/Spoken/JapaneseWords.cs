namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>What Japanese has between the word for a secret and its value: a password may begin with kana, as in <c>パスワードはさくらXq2026でした</c>.</summary>
internal static class JapaneseWords
{
    private const int LongestBeginning = 8;
    private const char FirstKana = '\u3041';
    private const char LastKana = '\u30FF';

    /// <summary>What a sentence goes on with before a value, and no password ends in.</summary>
    private static readonly string[] Ends = ["は", "が", "を", "に", "で", "と", "の", "も", "へ", "や", "から", "まで", "より", "だけ", "こちら", "これ", "それ", "つぎ", "ここ"];

    /// <summary>How much of what stands before a value, behind the particle that leads to it, is its beginning.</summary>
    public static int BeginningOf(ReadOnlySpan<char> between)
    {
        var word = between[(between.LastIndexOf('は') + 1)..];
        if (word.Length == between.Length || word.Length > LongestBeginning || word.ContainsAnyExceptInRange(FirstKana, LastKana))
        {
            return 0;
        }

        foreach (var end in Ends)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
            {
                return 0;
            }
        }

        return word.Length;
    }
}
