using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A number that the sentence says to key in: "4471 then the hash", "558203 poi cancelletto". What stands behind it ends an entry on a keypad.</summary>
internal static class KeyedVerifier
{
    private const double Likely = 0.75;
    private const int Most = 8;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Then = WordSet.Of(
        "+ & then and plus followed by with the a und dann gefolgt von mit der die das dem puis et suivi de du la le un luego y seguido por de el poi e seguito da il dopo depois "
            + "seguido de o en dan gevolgd door het i potem oraz och sedan sen följt av med");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Keys = WordSet.Of(
        "hash pound hashtag star tick enter green ok button taste touche botón tasto knop przycisk knapp bell asterisk octothorpe # * raute rautetaste gartenzaun stern sternchen schlüsselsymbol bestätigen haken grün dièse étoile "
            + "étoiles valider vert almohadilla asterisco estrella intro verde cancelletto "
        + "stella invio conferma cardinal cardeal jogo-da-velha sustenido estrela hekje sterretje ster groen krzyżyk gwiazdka gwiazdkę hasz zielony fyrkant fyrkanten stjärna "
            + "stjärnan grön left right links rechts gauche droite");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Turned = WordSet.Of("enter green ok button taste touche botón tasto knop przycisk knapp left right links rechts gauche droite verde groen "
        + "zielony grön grün vert intro invio conferma");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Turns = WordSet.Of("turn press hit push tap drehen tournez gira girar vrid draai wait beep beeps");

    /// <summary>At a number that no unit, mark or word makes something else.</summary>
    public static Verdict Verify(in Match match)
    {
        if (match.At(-1) is '$' or '€' or '£' or '.' or ',' or '-' or '/' or '=' or '_' or '+' or '@' or ':' || (match.At(-1) is '#' or '*' && char.IsLetterOrDigit(match.At(-2))))
        {
            return Verdict.No;
        }

        var text = match.Text;
        var at = match.Start + match.Length;
        if (at < text.Length && text[at] is '#' or '*' && (at + 1 == text.Length || !(char.IsLetterOrDigit(text[at + 1]) || text[at + 1] == text[at]))
            && EntryWords.NamesPlace(text[..match.Start]))
        {
            // "shed keypad? - 414*"
            return new Verdict(match.Length + 1, Likely);
        }

        var parted = at < text.Length && text[at] is ',' or ';';
        var then = false;
        at = parted ? at + 1 : at;
        if (at >= text.Length || text[at] != ' ')
        {
            return Verdict.No;
        }

        for (var words = 0; words < Most; words++)
        {
            at = ValueReader.SkipBlanks(text, at);
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var word = text[at..end].TrimEnd(".,;:!?)\"'").TrimStart("\"'(");
            if (word.IsEmpty)
            {
                return Verdict.No;
            }

            if (Keys.Contains(word))
            {
                var rest = text[end..].TrimStart(' ');
                return (then || (parted && !Turned.Contains(word))) && !(rest.Length > 0 && char.IsAsciiDigit(rest[0])) ? new Verdict(match.Length, Likely) : Verdict.No;
            }

            if (!Then.Contains(word) && !(then && Turns.Contains(word)))
            {
                return Verdict.No;
            }

            then = true;
            at = end;
        }

        return Verdict.No;
    }
}
