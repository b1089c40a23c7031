namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Tells words from letters that were drawn: words have few pairs of letters that are rare.</summary>
internal static class Gibberish
{
    /// <summary>For each letter a bit for each letter that follows it in at least 2 of 10,000 pairs of the name model's training texts.</summary>
    private static readonly int[] Common =
    [
        0x3FEBD6E, 0x11E4911, 0x11E4D95, 0x1364159, 0x1FFF9FF, 0x1A4931, 0x1669D1, 0x11A6111, 0x2AEFC7F, 0x104011, 0x42111, 0x13CC93B, 0x14D113,
        0x13C7D7D, 0x17EFD7F, 0x1ED991, 0x100000, 0x13EFD7F, 0x11CDDB5, 0x15E5995, 0xEB95F, 0x4111, 0x66191, 0x88114, 0x45811, 0x11,
    ];

    /// <summary>The share of rare pairs, 0 to 1: about 0.05 in words, 0.55 in drawn letters.</summary>
    public static double RareShare(ReadOnlySpan<char> text)
    {
        var pairs = 0;
        var rare = 0;
        var before = -1;
        foreach (var c in text)
        {
            var letter = char.IsAsciiLetter(c) ? (c | 0x20) - 'a' : -1;
            if (letter >= 0 && before >= 0)
            {
                pairs++;
                rare += (Common[before] >> letter) & 1 ^ 1;
            }

            before = letter;
        }

        return pairs == 0 ? 0 : (double)rare / pairs;
    }
}
