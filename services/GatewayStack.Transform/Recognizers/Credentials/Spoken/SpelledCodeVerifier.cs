using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A code that is written as one reads it out: "4 1 8 0", "2-7-7-3", "46 04 19". In a table that is a row of numbers; a word near says that it opens
/// something.</summary>
internal static class SpelledCodeVerifier
{
    private const int Far = 110;
    private const int Near = 44;
    private const int LongestWord = 20;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordSet.Of(
        "kombination combinaison combinación combinazione combinação combinatie kombinacja code codes pin passcode pincode combination combo keypad lockbox padlock password "
            + "door gate alarm safe locker opens unlock unlocks type press dial turn "
        + "alarm alarme alarma allarme alarmanlage tür tor türe haustür kombinationsschloss schlüsseltresor schlüsselkasten kassa kluis poort slotje safe sejf brama bramy "
            + "furtka grind grinden portão cofre caixa coffre armoire portail cassaforte cancello "
        + "kode kod koden geheimzahl zahlenschloss türcode schloss tresor öffnet tippen drücken wählen servicecode kennwort passwort "
        + "digicode cadenas coffre porte ouvre tapez code código codigo clave candado puerta caja abre marca codice portone cancello cassetta gira apre lucchetto tastierino "
        + "código porta portão abre cadeado senha kluis kluisje sleutelkluisje slot deur opent kod drzwi sejf kłódka otwiera pinkod dörr dörren lås öppnas öppnar larm "
            + "nyckelskåp larmkod");

    /// <summary>Single digits.</summary>
    public static Verdict Digits(in Match match) => IsAlone(match) && match.Value.Length / 2 is >= 2 and < 8 && IsSame(match.Value) && Says(match, Far, after: Near)
        ? new Verdict(match.Length, 0.85) : Verdict.No;

    /// <summary>Pairs of digits.</summary>
    public static Verdict Pairs(in Match match) => IsAlone(match) && Says(match, Near, after: 0) ? new Verdict(match.Length, 0.75) : Verdict.No;

    private static bool IsSame(ReadOnlySpan<char> value)
    {
        for (var i = 3; i < value.Length; i += 2)
        {
            if (value[i] != value[1])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAlone(in Match match)
    {
        var (before, previous) = (match.At(-1), match.At(-2));
        var (next, after) = (match.At(match.Length), match.At(match.Length + 1));
        return !(before is ' ' or '-' or '.' or ',' or '/' or '|' or '\t' && char.IsAsciiDigit(previous)) && before is not ('$' or '+' or '-' or '/')
            && !(next is ' ' or '-' or '.' or '/' or '|' or '\t' or ':' && char.IsAsciiDigit(after))
            && !char.IsLetterOrDigit(next) && next is not ('%' or '/');
    }

    private static bool Says(in Match match, int reach, int after)
    {
        var text = match.Text;
        var end = match.Start + match.Length;
        var near = text[Math.Max(0, match.Start - reach)..Math.Min(text.Length, end + after)];
        for (var at = 0; at < near.Length; at++)
        {
            if (!char.IsLetter(near[at]))
            {
                continue;
            }

            var start = at;
            while (at < near.Length && char.IsLetter(near[at]))
            {
                at++;
            }

            if (at - start <= LongestWord && (Words.Contains(near[start..at]) || near[start..at].EndsWith("tresor", StringComparison.OrdinalIgnoreCase)
                || near[start..at].EndsWith("code", StringComparison.OrdinalIgnoreCase))
                && !EntryWords.IsOtherCode(EntryWords.WordBefore(near, start)))
            {
                return true;
            }
        }

        return false;
    }
}
