using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>An address behind a word that says where somebody lives, in languages whose streets have no word for one: <c>bytem Okružní 883/12, Broumovec</c>.</summary>
internal static class SaidAddress
{
    private const int Longest = 120;
    private const int LongestLink = 12;
    private const int LongestNumber = 6;
    private const double Score = 0.8;

    private const WordClass Belongs = WordClass.Prefix | WordClass.SoftPrefix | WordClass.Unit | WordClass.LastType | WordClass.StrongType | WordClass.MediumType | WordClass.NumberWord
        | WordClass.Floor | WordClass.Particle | WordClass.House;

    /// <summary>Between the word and the address.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Links = WordSet.Of(
        "v ve na a az ở vẫn tại là in im em no na rua at i w we u și în la en au à à tai at en el de je is ist è é es est nei nel trvale hivatalos jelenlegi thường trú tạm hiện nay nhà по за по-за ул");

    /// <summary>Parts of addresses that are written small.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Parts = WordSet.Of(
        "số phường quận xã huyện tỉnh tp ấp thôn khu tổ ngõ hẻm đường jud mun okr okres obec část kerület em ajtó hsz lph lépcsőház nr bl sc et ap str d kv kv. mah sok cad no kat daire "
            + "д дом кв корп стр ул пер пр г обл р-н пос с ст вул буд м обл бул ж.к вх ет");

    /// <summary>The row.</summary>
    public static Recognizer Row { get; } = new()
    {
        Name = "address-said",
        Type = EntityTypes.Address,
        Gate = Gate.Keyword,
        Score = Score,
        Keywords =
        [
            "bytem", "bydliskom", "lakcíme", "lakik", "lakóhelye", "địa chỉ", "thường trú", "tạm trú", "по адресу", "за адресою", "проживает", "проживаю", "проживающий", "проживающая",
            "проживає", "мешкає", "zamieszkały", "zamieszkała", "zam", "domiciliat", "domiciliată", "domiciliul", "wohnhaft", "stanuje", "prebivalištem", "prebivališče", "bosatt",
            "bopæl", "osoitteessa", "asuu", "morada", "residente em", "residente in", "con domicilio", "domiciliado", "domiciliada", "domicilié", "domiciliée", "κάτοικος", "διεύθυνση",
            "العنوان", "يسكن", "تسكن", "כתובת", "מתגורר", "מתגוררת", "ikamet", "адрес", "адреса",
        ],
        Body = Alphabets.Line,
        MaxLength = Longest,
        MinLength = 12,
        Before = 2,
        WholeWord = true,
        Verify = Verify,
    };

    private static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var limit = Math.Min(text.Length, match.Start + Longest);
        if (char.IsLetterOrDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        var start = BehindLinks(text, match.Start + match.Length, limit);
        int end = start, digits = 0, words = 0, streets = 0;
        for (var at = start; at < limit;)
        {
            var word = WordAt(text, at, limit);
            if (word.IsEmpty)
            {
                if (!MayJoin(text, at, limit))
                {
                    break;
                }

                at++;
                continue;
            }

            if (!MayBelong(word, out var isNumber))
            {
                break;
            }

            digits += isNumber ? 1 : 0;
            words += isNumber ? 0 : 1;
            streets += !isNumber && !WordStart.IsUncased(word[0]) ? 1 : 0;
            at += word.Length;
            end = isNumber || (AddressWords.Classify(word) & WordClass.Particle) == WordClass.None || !char.IsLower(word[0]) ? at : end;

            // Where nothing is written large, what stands behind the last number may be anything.
            if (isNumber && streets == 0 && text[at..limit].IndexOfAny(Alphabets.Digit) < 0)
            {
                break;
            }
        }

        return digits is > 0 and <= 6 && words > 0 && end - start > 5 ? new Verdict(end - start, Score, start - match.Start) : Verdict.No;
    }

    private static int BehindLinks(ReadOnlySpan<char> text, int at, int limit)
    {
        for (var from = at; at < limit && at - from < 2 * LongestLink;)
        {
            var word = WordAt(text, at, limit);
            if (word.IsEmpty ? text[at] is ' ' or ':' or '.' : word.Length < LongestLink && Links.Contains(word) && char.IsLower(word[0]))
            {
                at += Math.Max(1, word.Length);
                continue;
            }

            break;
        }

        return at;
    }

    /// <summary>A word with a capital, a number of a house or a postcode, or a part that is written small.</summary>
    private static bool MayBelong(ReadOnlySpan<char> word, out bool isNumber)
    {
        isNumber = char.IsAsciiDigit(word[0]);
        if (isNumber)
        {
            return word.Length <= LongestNumber;
        }

        var found = AddressWords.Classify(word);
        if ((found & WordClass.Stop) != WordClass.None && !char.IsUpper(word[0]))
        {
            return false;
        }

        return WordStart.IsUncased(word[0]) || Parts.Contains(word) || (found & Belongs) != WordClass.None || (char.IsUpper(word[0]) && (word.Length == 1 || HasSmall(word)));
    }

    /// <summary>Capitals alone are the short name of a number: <c>IČO</c>, <c>CPF</c>.</summary>
    private static bool HasSmall(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayJoin(ReadOnlySpan<char> text, int at, int limit) => text[at] switch
    {
        ' ' or ',' or '/' or '-' or '\'' or '’' or '،' or '#' or 'º' or '°' => true,
        ':' => at + 1 < limit && text[at + 1] is ' ' or (>= '0' and <= '9') && text[..at].EndsWith("No", StringComparison.OrdinalIgnoreCase),
        '.' => !EndsSentence(text[..at]) || at + 1 >= limit || text[at + 1] != ' ',
        _ => false,
    };

    /// <summary>Behind a long word, or a number behind which a sentence begins.</summary>
    private static bool EndsSentence(ReadOnlySpan<char> before)
    {
        var at = before.Length;
        while (at > 0 && char.IsLetter(before[at - 1]))
        {
            at--;
        }

        return before.Length - at > 4;
    }

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at, int limit)
    {
        var end = at;
        while (end < limit && (char.IsLetterOrDigit(text[end]) || WordStart.IsMark(text[end])))
        {
            end++;
        }

        return text[at..end];
    }
}
