using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Judges the surroundings of a number as an address.</summary>
internal static class AddressVerifier
{
    private const int MostTokens = 144;
    private const double Likeliest = 0.99;

    /// <summary>Stands in every copy of some licences, and is nobody's.</summary>
    private static readonly SearchValues<string> Public = SearchValues.Create(["51 Franklin St", "59 Temple Pl", "675 Mass Ave"], StringComparison.Ordinal);

    private static readonly SearchValues<char> Small = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");

    private static readonly ContextWords Other = new("sku", "serial", "batch", "product", "part", "model", "order", "ref", "tracking", "commit", "version", "ticket");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Things = (
        "RV RV-Nr RVNR SV-Nr SVNR VSNR IdNr DIN EN ISO IEC VDE ASTM UNE ANSI IEEE DGUV RFC TLK ICE TGV RG Dnr SFS Norm Norma Norme Zähler Licznik Modell Modello Modelo Typ Toner Tóner kWh Prüfung apartado "
            + "Abschnitt Kapitel Chapitre Capítulo Uhren Abs Bon Kasse KASSE Konto Gegenkonto Kontierung Kostenstelle Tarif Raum Mehrweg Einweg Chargeback Artikel Charge "
            + "Rechnung Auftrag Vorgang "
            + "Liegeplatz Prüfplatz Pruefplatz Stellplatz Arbeitsplatz Messplatz Lagerplatz Parkplatz Sitzplatz Schließfach Spind Regal Fach Kiste")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly ContextWords Said = new("postcode", "post code", "postal code", "postal_code", "eircode", "zip", "address", "zip_code", "postalcode");

    /// <summary>The address that the number belongs to.</summary>
    public static Verdict Verify(in Match match)
    {
        var progress = default(TokenWindow.Progress);
        return Verify(match, ref progress);
    }

    /// <summary>Nothing more, where the grammar was through before the end of what is known.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var progress = default(TokenWindow.Progress);
        Verify(soFar, ref progress);
        return progress.Read + Lexer.MostAhead <= soFar.Text.Length ? null : AddressReach.StartOf(soFar.Text[..soFar.Start]) - soFar.Start;
    }

    private static Verdict Verify(in Match match, ref TokenWindow.Progress progress)
    {
        Span<Token> buffer = stackalloc Token[MostTokens];

        // The first word may have begun before what is seen of it.
        var tokens = new TokenWindow(match.Text, buffer, ref progress, isCut: match.Start >= AddressReach.Longest);
        var gate = 0;
        while (tokens.At(gate) is { Kind: not TokenKind.End } token && token.Start < match.Start)
        {
            gate++;
        }

        if (tokens.At(gate) is not { Kind: not TokenKind.End } number || number.Start != match.Start)
        {
            return Verdict.No;
        }

        var part = new AddressParser(match.Text, tokens, gate).Parse();
        if (part.Odds < 0)
        {
            return Verdict.No;
        }

        // What a stream has let go cannot be part of it.
        var first = part.First;
        var reach = AddressReach.StartOf(match.Text[..match.Start]);
        while (first < gate && tokens.At(first).Start < reach)
        {
            first++;
        }

        var start = tokens.At(first).Start;
        var end = tokens.At(part.End - 1).End;
        if (match.Text[..end].ContainsAny(Public) || IsOfThings(match.Text, tokens, first, part.End) || match.Text[start..end].Contains("   ", StringComparison.Ordinal))
        {
            return Verdict.No;
        }

        return new Verdict(end - start, Math.Min(Likeliest, 1 / (1 + Math.Exp(-part.Odds))), start - match.Start);
    }

    /// <summary>
    /// Standards, trains, files and readings are cited as streets are: <c>VDE 0100-600, VDE 0105-100</c>, <c>nächste Prüfung 05/2027, Norm EN 12830</c>; and a centilitre is
    /// written as a Spanish street or a British close: <c>4 cl Vodka, Tabasco</c>.
    /// </summary>
    private static bool IsOfThings(ReadOnlySpan<char> text, TokenWindow tokens, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var token = tokens.At(i);
            var written = text[token.Start..token.End];
            if ((token.Kind == TokenKind.Word && (Things.Contains(written) || IsOfStock(written) || (written is "cl" && i > 0 && tokens.At(i - 1).Kind == TokenKind.Number)))
                || (token.Kind == TokenKind.Number && written is ['2', '0', _, _] && i > first + 1 && text[token.Start - 1] == '/' && tokens.At(i - 2) is var month
                && month.End - month.Start <= 2))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>German compounds of what is counted and booked: <c>Kundengruppe 210</c>, <c>Steuerschlüssel 5</c>.</summary>
    private static bool IsOfStock(ReadOnlySpan<char> word) =>
        word.Length > 8 && (word.EndsWith("gruppe") || word.EndsWith("schlüssel") || word.EndsWith("kiste") || word.EndsWith("konto") || word.EndsWith("nummer")
            || word.EndsWith("protokoll")
            || word.EndsWith("steckplatz") || word.EndsWith("speicherplatz"));

    /// <summary>A postcode of letters and digits.</summary>
    public static Verdict VerifyLettered(in Match match)
    {
        var value = match.Value;
        if (value.ContainsAny(Small) || WordStart.Joins(match.At(match.Length - 1), match.At(match.Length)) || match.At(-1) is '-' or '_' or '/' or '.' or '#' or '@' or '=' or '&'
            || match.At(match.Length) is '-' or '_' or '/' or '@' or '=')
        {
            return Verdict.No;
        }

        var middle = value.IndexOfAny(' ', '-');
        var isGlued = middle < 0;
        var isCanadian = value.Length - (isGlued ? 0 : 1) == 6 && PostcodeShapes.IsCanadianArea(value[..3]) && PostcodeShapes.IsCanadianUnit(value[^3..]);
        var isBritish = PostcodeShapes.IsBritishInward(value[^3..]) && PostcodeShapes.IsBritishOutward(value[..^(isGlued ? 3 : 4)]);
        var isIrish = value.Length - (isGlued ? 0 : 1) == 7 && PostcodeShapes.IsIrishKey(value[..3]) && PostcodeShapes.IsIrishUnit(value[^4..]);
        return !isCanadian && !isBritish && !isIrish ? Verdict.No
            : Other.FindBefore(match.Text, match.Start, 12) >= 0 ? Verdict.No
            : !isGlued ? new Verdict(match.Length, 0.85)
            : Said.FindBefore(match.Text, match.Start, 40) >= 0 ? new Verdict(match.Length, 0.75) : Verdict.No;
    }
}
