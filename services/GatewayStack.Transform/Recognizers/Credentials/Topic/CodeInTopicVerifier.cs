using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>A short number, with a letter at most, where people talk of codes that open something: "der will einen Code ... 4 Stellen, 7719". Numbers are many things: a word for a
/// code, a place that has one, how the number is given, and what stands round it are added up.</summary>
internal static class CodeInTopicVerifier
{
    private const double Bar = 3.65;

    /// <summary>Nothing but a lock with a C, digits and X to Z on its keys has such codes; parts and seats may be numbered so.</summary>
    private const double OfLock = 1.0;

    /// <summary>Two codes of the same length, of which one was the other before.</summary>
    private const double OfPair = 2.5;
    private const double AWord = 0.06;
    private const double ALine = 0.2;
    private const double ASentence = 0.25;
    private const double Pin = 3.2;
    private const double Code = 2.4;

    /// <summary>What a code is worth less whose name says what for, and no door.</summary>
    private const double Unknown = 1.0;
    private const double Place = 1.0;
    private const double Asking = 0.9;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pins = WordSet.Of(
        "pin pins pincode pinkod passcode passcodes geheimzahl digicode keypad combination combo kombination combinaison combinación combinazione combinação combinatie "
            + "kombinacja zahlenschloss türcode kod-pin sim-pin puk alarmcode keypad cijferslot");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Codes = WordSet.Of(
        "code codes kod kodu koden kode código codigo códigos codice codici clave claves password passwords passwort kennwort wachtwoord lösenord hasło senha mdp parola digits "
            + "digit stellen stellig vierstellig fünfstellig sechsstellig chiffres cifre cifras cijfers "
        + "cyfr cyfry siffror dígitos ziffern zahl zahlen unlock entsperren");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Asks = WordSet.Of(
        "took takes yours asks asking ask wants want enter type press dial punch key tap will fragt verlangt braucht eingeben tippen wählen drücken veut demande taper tapez "
            + "composer faire pide quiere marca marcar teclear pede quer marcar digita digitare chiede vuole vraagt wil toets "
        + "intoetsen typ chce pyta wpisz wybierz wpisać frågar vill slå tryck opens open öffnet ouvre abre apre opent otwiera öppnar öppnas mude changed geändert changé "
            + "cambiado cambiato mudado gewijzigd zmieniony ändrad");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Former = WordSet.Of(
        "was were old previously formerly before instead not war vorher früher statt bisher alt nicht était avant ancien anciennement era antes anterior prima precedente eerst was vroeger "
            + "oud był było dawniej przedtem poprzednio wcześniej zamiast tidigare förut gammal var før tidligere oli ennen bylo dříve volt korábban eski önceki раньше было был старый ранее раніше був "
            + "було старий");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = WordSet.Of(
        "uhr h hrs hours am pm km m cm mm kg g l ml kw kwh eur euro euros usd gbp sek pln zł kr ppm bar psi rpm mb gb kb ms s sec min minutes mins days tage jours días giorni "
            + "dias dagen dni dagar people personen pages seiten pieces stück items orders units times mal "
        + "fois veces volte vezes keer razy gånger participants members rows records lines users files requests meter meters metres miles");

    /// <summary>At the first digit.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var (start, end) = (match.Start, match.Start + match.Length);
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '#' or '*'))
        {
            end++;
        }

        if (!IsCode(text[start..end], out var letters) || !StandsAlone(text, start, end) || IsSetting(text, start)
            || (end - start > 4 && !text[start..end].ContainsAnyExcept(text[start])))
        {
            return Verdict.No;
        }

        var value = text[start..end];
        var digits = value.Trim("#*");
        var odds = Before(text, start) + Given(text, start) + Behind(text, end);
        odds += digits[0] == '0' && digits.Length <= 6 ? 0.6 : 0;
        odds += letters > 0 || value[^1] is '#' or '*' ? 0.4 : 0;
        odds -= letters == 0 && digits.Length == 4 && digits[..2] is "19" or "20" ? 1.0 : 0;
        odds -= digits.Length == 3 ? 1.5 : digits.Length > 6 ? 0.8 : 0;
        odds -= digits.Length >= 3 && digits.EndsWith("00") ? 0.5 : 0;
        odds -= start > 0 && text[start - 1] is '\n' or '\t' && end < text.Length && text[end] == ' ' ? 1.0 : 0;
        odds -= start > 1 && text[start - 1] == ' ' && text[..start].TrimEnd().EndsWith(".") && text[end < text.Length ? end : start] == ')' ? 2.0 : 0;
        odds += EntryWords.IsLockCode(value) ? OfLock : 0;
        odds += IsReplaced(text, start, digits.Length) ? OfPair : 0;
        odds -= Bar;
        return odds > 0 && !Examples.Precede(text, start) ? new Verdict(end - start, LogOdds.ToProbability(odds), start - match.Start) : Verdict.No;
    }

    /// <summary>Three to eight digits with a capital at an end, or with the key that ends an entry.</summary>
    private static bool IsCode(ReadOnlySpan<char> value, out int letters)
    {
        letters = 0;
        var bare = value.TrimEnd("#*");
        if (value.Length - bare.Length > 1 || bare.IsEmpty)
        {
            return false;
        }

        if (char.IsAsciiLetterUpper(bare[0]))
        {
            letters++;
            bare = bare[1..];
        }

        if (!bare.IsEmpty && char.IsAsciiLetterUpper(bare[^1]))
        {
            letters++;
            bare = bare[..^1];
        }

        return (letters <= 1 || EntryWords.IsLockCode(value)) && bare.Length >= (letters > 0 ? 4 : 3) && bare.Length <= 8 && !bare.ContainsAnyExcept(Alphabets.Digit);
    }

    /// <summary>No part of a longer number, an amount, a time, a date, a name.</summary>
    private static bool StandsAlone(ReadOnlySpan<char> text, int start, int end)
    {
        var before = start == 0 ? ' ' : text[start - 1];
        var next = end < text.Length ? text[end] : ' ';
        var after = end + 1 < text.Length ? text[end + 1] : ' ';
        if (start > 2 && text[start - 2] is '*' or '•' or 'X' && text[start - 3] == text[start - 2])
        {
            // The last group of a number that is masked.
            return false;
        }

        if (next == '"' && after == ':')
        {
            // The name of a field.
            return false;
        }

        return (char.IsWhiteSpace(before) || before is '(' or '"' or '\'' or '“' or '„' or '«') && !(before is ' ' && start > 1 && char.IsAsciiDigit(text[start - 2]))
            && (char.IsWhiteSpace(next) || next is ')' or '"' or '\'' or '”' or '“' or '»' or '!' or '?' or ';'
            || (next is '.' or ',' or ':' or '*' && !char.IsLetterOrDigit(after))) && !(next == ' ' && char.IsAsciiDigit(after));
    }

    /// <summary>A value of JSON, or of an option: its own name says what it is.</summary>
    private static bool IsSetting(ReadOnlySpan<char> text, int at)
    {
        var line = text[(text[..at].LastIndexOf('\n') + 1)..at];
        var word = line.TrimEnd();
        word = word[(word.LastIndexOf(' ') + 1)..];
        return line.Contains("\":", StringComparison.Ordinal) || line.Contains('=') || word.StartsWith("--") || word is ['-', ..];
    }

    /// <summary>The code that another has taken the place of: "7715 (was 3306)", "7715 statt 3306".</summary>
    private static bool IsReplaced(ReadOnlySpan<char> text, int at, int length)
    {
        var before = text[..at].TrimEnd(" :");
        var word = before[(before.LastIndexOfAny(" (,") + 1)..];
        var code = before[..^word.Length].TrimEnd(" (,;");
        if (!Former.Contains(word) || code.Length < length || code[^length..].ContainsAnyExcept(Alphabets.Digit))
        {
            return false;
        }

        return code.Length == length || !char.IsLetterOrDigit(code[^(length + 1)]);
    }

    private static double Before(ReadOnlySpan<char> text, int at)
    {
        var (code, place, asking, other) = (-4.0, 0.0, 0.0, 0.0);
        var (words, lines, sentences, numbers) = (0, 0, 0, 0);
        for (var i = at; i > 0;)
        {
            var c = text[i - 1];
            if (!char.IsLetter(c))
            {
                lines += c == '\n' ? 1 : 0;
                sentences += c is '.' or '!' or '?' or ';' && i < text.Length && char.IsWhiteSpace(text[i]) ? 1 : 0;
                numbers += char.IsAsciiDigit(c) && (i < 2 || !char.IsAsciiDigit(text[i - 2])) && code < 0 ? 1 : 0;
                i--;
                continue;
            }

            var end = i;
            while (i > 0 && (char.IsLetter(text[i - 1]) || (text[i - 1] == '-' && i > 1 && char.IsLetter(text[i - 2]))))
            {
                i--;
            }

            var word = text[i..end];
            var loss = (AWord * words) + (ALine * lines) + (ASentence * sentences);
            var worth = word.Equals("pin", StringComparison.OrdinalIgnoreCase) && EntryWords.IsOfDevice(text, i) ? 0 : Pins.Contains(word) ? Pin : Codes.Contains(word)
                || EndsInCode(word) ? Code : 0;
            if (worth > 0 && (EntryWords.IsOtherCode(EntryWords.WordBefore(text, i)) || EntryWords.IsOtherCode(WordBehind(text, end)) || (words == 0 && EntryWords.IsOtherCode(word))))
            {
                other = 3.0;
                worth = 0;
            }
            else if (worth is > 0 and < Pin && text[i..end] is "code" or "codes" or "Code" or "kod" or "koden" or "kode" && EntryWords.IsUnknownCode(EntryWords.WordBefore(text, i))
                && !EntryWords.NamesPlace(word))
            {
                worth -= Unknown;
            }

            if ((words == 0 && (EntryWords.IsOtherCode(word) || EntryWords.IsKind(word) || IsOtherCompound(word))) || (lines == 0 && IsOfError(word)))
            {
                other = 3.0;
            }

            code = worth > 0 ? Math.Max(code, worth - loss) : code;
            place = EntryWords.NamesPlace(word) ? Math.Max(place, Place - (loss / 2)) : place;
            asking = Asks.Contains(word) ? Math.Max(asking, Asking - (loss / 2)) : asking;
            words++;
        }

        return code + place + asking - other - (0.5 * Math.Min(3, numbers));
    }

    /// <summary>Romance languages say behind it what a code is for: <c>código postal</c>.</summary>
    private static ReadOnlySpan<char> WordBehind(ReadOnlySpan<char> text, int at)
    {
        var start = ValueReader.SkipBlanks(text, at);
        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    /// <summary><c>Felkod 6918</c>.</summary>
    private static bool IsOtherCompound(ReadOnlySpan<char> word) =>
        (word.Length > 5 && word.EndsWith("code", StringComparison.OrdinalIgnoreCase) && EntryWords.IsOtherCode(word[..^4]))
        || (word.Length > 4 && word.EndsWith("kod", StringComparison.OrdinalIgnoreCase) && EntryWords.IsOtherCode(word[..^3]));

    private static bool IsOfError(ReadOnlySpan<char> word) =>
        word.Equals("error", StringComparison.OrdinalIgnoreCase) || word.Equals("warn", StringComparison.OrdinalIgnoreCase) || word.Equals("fehler",
            StringComparison.OrdinalIgnoreCase)
        || word.Equals("erreur", StringComparison.OrdinalIgnoreCase) || word is "WARNING" or "FATAL" or "DEBUG" or "INFO" or "errore" or "fout" or "fel" or "błąd" or "erro";

    private static bool EndsInCode(ReadOnlySpan<char> word) =>
        word.Length > 5 && !EntryWords.IsOtherCode(word[..^4]) && !EntryWords.IsOtherCode(word[..^3]) && !EntryWords.IsOtherCode(word[..^5])
        && (word.EndsWith("code", StringComparison.OrdinalIgnoreCase) || word.EndsWith("koden", StringComparison.OrdinalIgnoreCase)
        || word.EndsWith("-pin", StringComparison.OrdinalIgnoreCase) || word.EndsWith("stellig", StringComparison.OrdinalIgnoreCase)
            || (word.EndsWith("kod", StringComparison.OrdinalIgnoreCase) && !word.EndsWith("ekod", StringComparison.OrdinalIgnoreCase)));

    private static double Given(ReadOnlySpan<char> text, int at)
    {
        var given = TopicContext.HowGiven(text, at);
        return given <= -3 ? given : Math.Max(given, -0.5) * 0.8;
    }

    private static double Behind(ReadOnlySpan<char> text, int end)
    {
        var at = end;
        while (at < text.Length && (ValueReader.IsQuote(text[at]) || text[at] is '*'))
        {
            at++;
        }

        if (at >= text.Length || text[at] is '\n' or '\r')
        {
            return 0.4;
        }

        if (text[at] != ' ')
        {
            return 0.3;
        }

        var next = ValueReader.SkipBlanks(text, at);
        var stop = next;
        while (stop < text.Length && char.IsLetter(text[stop]))
        {
            stop++;
        }

        return next >= text.Length || text[next] is '(' ? 0.5 : text[next] is '%' or '€' or '$' or '£' or '°' || Units.Contains(text[next..stop]) ? -4
            : text[next] is '/' or '+' or '-' or '–' ? 0 : SpokenWords.Follows(text[next..stop]) ? 0.2 : -0.5;
    }
}
