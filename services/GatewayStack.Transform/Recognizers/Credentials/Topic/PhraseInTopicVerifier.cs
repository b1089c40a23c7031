using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>
/// Some common words behind a word for a password: "Passwort: drei blaue Elefanten", "the wifi is correct horse battery staple", "pass phrase anchor aweigh at dawn".
/// </summary>
internal static class PhraseInTopicVerifier
{
    private const double Likely = 0.7;
    private const int MostWordsBetween = 14;
    private const int MostWordsBeforeVerb = 5;
    private const int FewestNamed = 3;
    private const int FewestAsPhrase = 4;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Stores = WordSet.Of(
        "restic borg duplicity kopia luks veracrypt gpg pgp ssh keepass keepassxc bitwarden vault wallet disk drive backup backups encryption tresor festplatte sicherung archiv schlüssel coffre disque "
            + "sauvegarde clé clef chiffrement cofre disco respaldo copia llave clave archivio cassaforte chiave chave kluis schijf reservekopie sleutel dysk sejf klucz kopia valv säkerhetskopia nyckel");

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out var name))
        {
            return Verdict.No;
        }

        if (match.At(-1) is '/' or '.' or '-' or '_' or '$'
            || (name.End < text.Length && text[name.End] is not (' ' or ':' or '=' or '"' or '\'' or ')' or '*' or ',' or '”' or '`' or '|')))
        {
            return Verdict.No;
        }

        // A network's own name and what is said of it stand behind its word too.
        var isNetwork = match.Value[0] is 'w' or 'W' && (match.Value[1] is 'i' or 'I' or 'l' or 'L');
        var isPhrase = text[name.Start..name.End].Contains("phrase", StringComparison.OrdinalIgnoreCase);
        var at = name.End;
        while (at < text.Length && (ValueReader.IsQuote(text[at]) || text[at] is '*' or ')'))
        {
            at++;
        }

        for (var words = 0; words <= MostWordsBetween && at < text.Length; words++)
        {
            var sign = SkipSign(text, ref at);
            if (at >= text.Length || text[at] is '\n' or '\r')
            {
                return Verdict.No;
            }

            // Directly behind the word only what is called a phrase, or is said how to spell.
            if (sign || words == 0)
            {
                var end = WordPhrases.End(text, at, out var length);
                if (end > 0 && (sign ? WordPhrases.Is(text[at..end], length, SpellingNotes.Follow(text, end), isNetwork ? int.MaxValue : isPhrase ? FewestNamed - 1
                    : FewestNamed) || (sign && isPhrase && length >= FewestNamed && (words == 0 || (words <= MostWordsBeforeVerb && NamesStore(text[name.End..at]))) && WordPhrases.Held(text[at..end]) * 2 < length
                    && WordPhrases.Is(text[at..end], length, noted: true, FewestNamed))
                    : isPhrase && length >= FewestAsPhrase && WordPhrases.Is(text[at..end], length, noted: true, FewestAsPhrase) && WordPhrases.Held(text[at..end]) <= 1
                        && IsApart(text, name.Start)
                    || (length > 1 && SpellingNotes.Follow(text, end) && WordPhrases.Held(text[at..end]) <= 1 && WordPhrases.Is(text[at..end], length, noted: true, FewestNamed))
                    || (words == 0 && IsJoined(text[at..end]))))
                {
                    return new Verdict(end - at, Likely, at - match.Start);
                }
            }

            if (isPhrase && words > 0 && text[at - 1] == ' ' && text[at - 2] == ',')
            {
                // "the phrase that was in the envelope, a b c d".
                var end = WordPhrases.End(text, at, out var length);
                if (end > 0 && length >= FewestAsPhrase && WordPhrases.Is(text[at..end], length, noted: false, FewestAsPhrase))
                {
                    return new Verdict(end - at, Likely, at - match.Start);
                }
            }

            var next = at;
            while (next < text.Length && !char.IsWhiteSpace(text[next]))
            {
                next++;
            }

            var word = text[at..next];
            if (word.IsEmpty || word[^1] is '.' or '!' or '?' or ';' || word.ContainsAny('=', '{', '<'))
            {
                return Verdict.No;
            }

            at = word[^1] == ':' ? next - 1 : next;
            if ((SpokenWords.Equates(word) || (word is "to" && match.Value.StartsWith("ha", StringComparison.OrdinalIgnoreCase))) && words <= MostWordsBeforeVerb
                && next < text.Length && text[next] == ' ')
            {
                var end = WordPhrases.End(text, next + 1, out var length);
                if (end > 0 && (isPhrase || !WordPhrases.IsArticle(text[(next + 1)..end]))
                    && WordPhrases.Is(text[(next + 1)..end], length, SpellingNotes.Follow(text, end) && length > 1, words > 0 || isNetwork ? FewestAsPhrase : FewestNamed))
                {
                    return new Verdict(end - next - 1, Likely, next + 1 - match.Start);
                }
            }
        }

        return Verdict.No;
    }

    /// <summary>What is locked with a phrase: "phrase du coffre restic : ...".</summary>
    private static bool NamesStore(ReadOnlySpan<char> words)
    {
        foreach (var range in words.SplitAny(" :'’=-"))
        {
            if (Stores.Contains(words[range]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Words with capitals, and dots or dashes between them.</summary>
    private static bool IsJoined(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return IsChain(value) || (shape.IsLetters && shape.InnerUppers >= 2 && shape.Lowers >= 4 && shape.Length >= 8 && Gibberish.RareShare(value) >= 0.25)
            || !value.Contains(' ') && shape.Digits == 0 && shape.Joiners >= 2 && shape.Symbols == shape.Joiners && shape.Uppers >= 3 && shape.InnerUppers == 0
            && shape.Length >= 10;
    }

    /// <summary>Three plain words or more with dashes between them.</summary>
    private static bool IsChain(ReadOnlySpan<char> value)
    {
        var (parts, held) = (0, 0);
        foreach (var range in value.Split('-'))
        {
            var part = value[range];
            if (part.Length < 3 || part.Length > 12 || !new ValueShape(part).IsLetters)
            {
                return false;
            }

            parts++;
            held += WordPhrases.Held(part);
        }

        return parts >= 3 && (parts - held) >= 2 && !PlaceholderValues.Is(value) && !PlaceholderValues.NamesSecret(value) && !WordPasswords.Describes(value)
            && !WordPhrases.Opens(value[..value.IndexOf('-')]);
    }

    /// <summary>Over blanks; true when a sign of giving is among them.</summary>
    private static bool SkipSign(ReadOnlySpan<char> text, ref int at)
    {
        var sign = false;
        while (at < text.Length && (text[at] is ' ' or '\t' or ':' or '=' or '→' or '*' or '(' or '"' or '“' or '„' or '«'
            || (text[at] is '-' or '–' or '—' && at + 1 < text.Length && text[at + 1] == ' ')))
        {
            sign |= text[at] is ':' or '=' or '→' or '–' or '—';
            at++;
        }

        return sign;
    }

    /// <summary>A clause begins with the word: ", passphrase seven grey kettles".</summary>
    private static bool IsApart(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && text[at - 1] is ' ')
        {
            at--;
        }

        return at == 0 || text[at - 1] is ',' or ';' or '\n' or '(' or ':' or '.';
    }
}
