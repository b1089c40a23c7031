using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Numbers from four to ninety-nine in words, as ages are told in letters, interviews and calls.</summary>
internal static class NumberWords
{
    private const int Longest = 24;

    private static readonly string[] Teens = ("four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
        + "vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn "
        + "quatre cinq sept huit neuf onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf "
        + "cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veintiuno veintidós veintitrés veinticuatro "
            + "veinticinco veintiséis veintisiete veintiocho veintinueve "
        + "quattro cinque sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove "
        + "vijf zes zeven acht negen tien twaalf dertien veertien vijftien zestien zeventien achttien negentien "
        + "quatro sete oito dez doze treze quinze dezasseis dezesseis dezassete dezessete dezoito dezanove dezenove "
        + "cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście "
        + "fyra fem sju åtta nio elva tolv tretton fjorton femton sexton sjutton arton nitton").Split(' ');

    private static readonly string[] EnglishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] EnglishOnes = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    private static readonly string[] GermanTens = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    private static readonly string[] GermanOnes = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];
    private static readonly string[] DutchTens = ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];
    private static readonly string[] DutchOnes = ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"];
    private static readonly string[] SwedishTens = ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"];
    private static readonly string[] SwedishOnes = ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"];
    private static readonly string[] ItalianTens = ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];
    private static readonly string[] ItalianOnes = ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"];
    private static readonly string[] FrenchTens = ["vingt", "trente", "quarante", "cinquante", "soixante", "soixante-dix", "quatre-vingts", "quatre-vingt", "quatre-vingt-dix"];
    private static readonly string[] FrenchOnes = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "onze", "douze", "treize", "quatorze", "quinze", "seize"];
    private static readonly string[] OpenTens =
        ("treinta cuarenta cincuenta sesenta setenta ochenta noventa veinte trinta quarenta cinquenta sessenta setenta oitenta noventa vinte "
            + "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt").Split(' ');

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Followers = (
        "uno una dos tres cuatro cinco seis siete ocho nueve um uma dois duas três quatro sete oito nove jeden dwa dwie trzy cztery pięć sześć siedem osiem dziewięć").Split(' ').Distinct()
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every number that is one word.</summary>
    public static string[] All { get; } = [.. Compounds().Concat(Teens).Concat(OpenTens).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Known = All.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Open = OpenTens.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Where the number ends that begins here; <paramref name="start"/> when none does.</summary>
    public static int EndAt(ReadOnlySpan<char> text, int start)
    {
        var end = WordEnd(text, start);
        while (end > start && !Known.Contains(text[start..end]))
        {
            // twenty-year-old: the number is the word's first part.
            end = start + Math.Max(0, text[start..end].LastIndexOf('-'));
        }

        if (end == start || !Open.Contains(text[start..end]))
        {
            return end;
        }

        // treinta y uno, trinta e um, trzydzieści dwa
        var next = end + 1 < text.Length && text[end] == ' ' ? end + 1 : -1;
        if (next > 0 && text[next] is 'y' or 'e' && next + 1 < text.Length && text[next + 1] == ' ')
        {
            next += 2;
        }

        var last = next < 0 ? end : WordEnd(text, next);
        return next > 0 && Followers.Contains(text[next..last]) ? last : end;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && end - start <= Longest && (char.IsLetter(text[end]) || (text[end] == '-' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private static IEnumerable<string> Compounds()
    {
        foreach (var ten in EnglishTens)
        {
            yield return ten;
            foreach (var one in EnglishOnes)
            {
                yield return $"{ten}-{one}";
            }
        }

        foreach (var (tens, ones, and) in new[] { (GermanTens, GermanOnes, "und"), (DutchTens, DutchOnes, "en") })
        {
            foreach (var ten in tens)
            {
                yield return ten;
                foreach (var one in ones)
                {
                    yield return one + (and == "en" && one.EndsWith('e') ? "ën" : and) + ten;
                }
            }
        }

        foreach (var ten in SwedishTens)
        {
            yield return ten;
            foreach (var one in SwedishOnes)
            {
                yield return ten + one;
            }
        }

        foreach (var ten in ItalianTens)
        {
            yield return ten;
            foreach (var one in ItalianOnes)
            {
                yield return (one[0] is 'u' or 'o' ? ten[..^1] : ten) + (one == "tre" ? "tré" : one);
            }
        }

        foreach (var ten in FrenchTens)
        {
            yield return ten;
            foreach (var one in FrenchOnes)
            {
                yield return $"{ten}-{one}";
            }
        }
    }
}
