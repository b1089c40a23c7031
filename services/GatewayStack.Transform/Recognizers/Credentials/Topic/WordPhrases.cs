using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>Secrets that are some common words: told from what a sentence goes on with by the words that sentences are held together with.</summary>
internal static class WordPhrases
{
    private const int MostWords = 9;
    private const int Shortest = 6;
    private const int Longest = 72;

    /// <summary>Words that sentences about secrets have, and phrases of nouns have not.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Holding = WordSet.Of(
        "is are was were be been the a an to of and or must should shall can could may might not no your you we they he she it i for in on at with without that this these those "
            + "any all will would when if see ask same as please use using set change changed "
        + "required needed need needs stored kept sent via by from new old none unknown optional below above here there attached minimum least most characters letters digits "
            + "under behind next only still also just than then but so because which who what "
        + "where how has have had do does did don't isn't won't empty blank default unchanged too wrong right expired again today tomorrow yesterday soon later never always yet "
            + "ok okay "
        + "siehe bitte wird wurde werden ist sind war und oder auf im am beim vom mit der die das den dem des ein eine einen nicht kein keine noch wie bei für an zu zum zur "
            + "liegt steht hängt kommt bekommst bekommen geändert ändern vergessen vergeben falls wenn nur "
        + "ich du er sie es wir ihr man hat haben hast habe kann muss soll auch schon mehr unter hinter nach von aus über alle alles unverändert abgelaufen falsch leer "
        + "voir est sont le la les de du des à au aux en et ou un une sur dans par pour pas même que qui demander se ne a ont été avec sans votre notre vous nous je tu il elle "
        + "ver el los las del y o una que es no con por para igual misma mismo en su tu se está están fue a al lo "
        + "vedi il lo i gli di della dei delle da in su per e un una che è non come stessa sono con al alla chiedi "
        + "os as do da em ou um uma é não com mesma mesmo na no dos das ao foi está "
        + "zie het een van op en of niet voor bij aan staat hetzelfde heb heeft wordt werd nog geen deze dat te "
        + "w na z do i lub jest są nie takie samo jak patrz po od dla to się już tylko "
        + "se den det ett på och eller är inte för av som samma står har var till vid finns om" + FurtherLanguages.Sentence);

    /// <summary>Words that begin what is said of a secret, never one.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Opening = WordSet.Of(
        "is are was see ask same as please use set change changed required needed stored kept sent via by from none unknown optional below above attached minimum at in on not "
            + "no must should siehe bitte wird wurde ist nicht kein wie liegt steht kommt voir demander pas "
        + "même ver igual misma no vedi non come stessa chiedi não mesma zie niet staat hetzelfde patrz nie takie samo jak se inte samma står i'll i’ll i we you they it that "
            + "this which who what where how if when with of and or for to too only still also "
        + "zelfde idem gleiche gleich enter introduce ingrese introduzca saisissez entrez inserisci digite insira voer vul wpisz podaj skriv ange geben choose create confirm "
            + "repeat show hide forgot re-enter "
        + "has have had been being become becomes down up off away out late fix fixes add adds remove removes update updates avoid make don't do check allow move rename replace "
            + "support handle improve drop likewise encoded used given taken read written typed precisa braucht needs vereist doit debe deve moet musi måste de aus con mit with "
        + "under behind beside inside near over via per sur dans chez derrière auf bei beim hinter unter neben in im am sobre en detrás debajo junto sulla sullo sul nella "
        + "nello nel dietro "
            + "sotto presso na no em atrás junto op bij achter onder naast przy pod w za på vid bakom under i "
        + "policy rules policies protected manager reset resets field fields" + FurtherLanguages.Opening);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ruling = WordSet.Of(
        "characters character chars letters letter digits digit minimum least must should required zeichen buchstaben mindestens ziffern ziffer caractères caractère minimum "
            + "lettres moins chiffres caracteres mínimo letras dígitos menos caratteri minimo lettere cifre "
        + "almeno tekens minimaal letters cijfers znaków liter cyfr minimum tecken minst bokstäver siffror braucht precisa needs doit debe deve moet musi måste invalid "
            + "incorrect wrong falsch expired" + FurtherLanguages.Rules);

    /// <summary>Begins what is said of a secret.</summary>
    public static bool Opens(ReadOnlySpan<char> word) => Opening.Contains(word);

    /// <summary>Begins with an article: what something is, not what it reads.</summary>
    public static bool IsArticle(ReadOnlySpan<char> phrase) => First(phrase) is "the" or "a" or "an" or "der" or "die" or "das" or "le" or "la" or "el" or "il" or "lo" or "het" or "de" or "o" or "den" or "det" or "your" or "my" or "our";

    /// <summary>How many words hold a sentence together.</summary>
    public static int Held(ReadOnlySpan<char> phrase)
    {
        var held = 0;
        foreach (var range in phrase.Split(' '))
        {
            held += Holding.Contains(phrase[range].TrimEnd("?!")) ? 1 : 0;
        }

        return held;
    }

    /// <summary>Where a phrase ends that begins here; -1 where none stands.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="words">How many words it has.</param>
    public static int End(ReadOnlySpan<char> text, int at, out int words)
    {
        words = 0;
        var end = at;
        for (var i = at; i < text.Length && i - at <= Longest;)
        {
            var stop = i;
            while (stop < text.Length && (char.IsLetterOrDigit(text[stop])
                || (text[stop] is '\'' or '’' or '-' or '_' or '/' or '&' or '.' && stop > i && stop + 1 < text.Length && char.IsLetterOrDigit(text[stop + 1]))))
            {
                stop++;
            }

            if (stop == i)
            {
                break;
            }

            words++;
            end = stop;
            if (stop >= text.Length || text[stop] != ' ')
            {
                break;
            }

            i = stop + 1;
        }

        if (end < text.Length && text[end] is '?' or '!' && words > 1 && EndsHere(text, end + 1))
        {
            end++;
        }

        return words is >= 1 and <= MostWords && end - at is >= Shortest and <= Longest && EndsHere(text, end) ? end : -1;
    }

    /// <summary>True for words that nothing but a secret makes where one is given.</summary>
    /// <param name="phrase">The words.</param>
    /// <param name="words">How many.</param>
    /// <param name="noted">True when it is said how they are spelled.</param>
    /// <param name="fewest">So many words at least where nothing else tells.</param>
    public static bool Is(ReadOnlySpan<char> phrase, int words, bool noted, int fewest)
    {
        if (PlaceholderValues.Is(phrase) || PlaceholderValues.NamesSecret(phrase) || Opening.Contains(First(phrase)))
        {
            return false;
        }

        if (IsRule(phrase) || SpellingNotes.Is(phrase) || IsFarFromLatin(phrase))
        {
            return false;
        }

        if (noted)
        {
            return words > 1 || phrase.Length >= 8;
        }

        var shape = new ValueShape(phrase);
        if (words < 2 || shape.Letters < 6)
        {
            return false;
        }

        var (held, uppers, digits, same) = (0, 0, 0, true);
        var first = First(phrase);
        var last = first;
        foreach (var range in phrase.Split(' '))
        {
            last = phrase[range];
            held += Holding.Contains(last.TrimEnd("?!")) ? 1 : 0;
            uppers += char.IsUpper(last[0]) ? 1 : 0;
            digits += last.ContainsAny(Alphabets.Digit) ? 1 : 0;
            same &= last.Equals(first, StringComparison.OrdinalIgnoreCase);
        }

        if (same)
        {
            return true;
        }

        // A number at the end of words of which none holds a sentence together.
        var numbered = digits == 1 && !last.ContainsAnyExcept(Alphabets.Digit) && last.Length <= 4;
        return held == 0 && (numbered || (digits == 0 && words >= fewest));
    }

    /// <summary>Words of rules for secrets, and words for secrets themselves.</summary>
    public static bool IsRule(ReadOnlySpan<char> phrase)
    {
        foreach (var range in phrase.Split(' '))
        {
            if (Ruling.Contains(phrase[range]) || TopicWords.IsSecret(phrase[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is typed on keyboards of many kinds is in Latin letters, whatever the sentence is written in.</summary>
    private static bool IsFarFromLatin(ReadOnlySpan<char> phrase) => phrase.ContainsAnyInRange('\u0370', '\u1DFF') || phrase.ContainsAnyInRange('\u2E80', '\uD7FF');

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> phrase) => phrase.IndexOf(' ') is > 0 and var blank ? phrase[..blank] : phrase;

    private static bool EndsHere(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length || text[end] is '\n' or '\r' or ',' or ';' or '|' or ')' || ValueReader.IsQuote(text[end]))
        {
            return true;
        }

        return text[end] == '.' ? end + 1 >= text.Length || char.IsWhiteSpace(text[end + 1]) : text[end] == ' ' && end + 1 < text.Length
            && text[end + 1] is '(' or '-' or '–' or '—' or '|' or '?' or '[';
    }
}
