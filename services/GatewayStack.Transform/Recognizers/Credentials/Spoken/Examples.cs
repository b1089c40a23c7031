using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Passwords that a sentence shows: "such as x", "never use passwords like x". They open nothing.</summary>
internal static class Examples
{
    private const int Reach = 96;

    private static readonly SearchValues<char> Code = SearchValues.Create("{}=<>_");

    private static readonly string[] Words =
    [
        "e.g.", "eg.", "for example", "for instance", "example", "sample", "such as", "passwords like", "password like", "names like", "pins like", "codes like", "never use",
        "not use", "don't use", "avoid ", "weak password", "bad password", "bad:", "wrong:",
        "would be", "z. b.", "z.b.", "beispiel", "wie etwa", "passwörter wie", "niemals", "schwaches", "schlecht:", "par exemple", "p. ex.", "exemple", "mots de passe comme",
        "mot de passe comme", "jamais", "por ejemplo", "p. ej.", "ejemplo",
        "contraseñas como", "nunca ", "ad esempio", "esempio", "password come ", "mai usare", "bijv.", "bijvoorbeeld", "voorbeeld", "wachtwoorden als", "nooit", "por exemplo",
        "exemplo", "senhas como", "na przykład", "np.", "przykład", "hasła takie jak",
        "hasła typu", "t.ex.", "t ex ", "till exempel", "exempel", "lösenord som", "aldrig",
    ];

    /// <summary>So many units behind a value are looked at for its refusal.</summary>
    public const int RefusalReach = 40;

    private static readonly SearchValues<string> Refused = SearchValues.Create(
        [" refused", " rejected", " not allowed", " is forbidden", " are forbidden", " not accepted", " too short", " too weak", " is on the list", " est refus",
            " sont refus", " interdit",
            " abgelehnt", " nicht erlaubt", " verboten", " nicht zulässig", " zu kurz", " rechazad", " no se admite", " prohibid", " rifiutat", " non ammess", " vietat",
            " geweigerd", " niet toegestaan",
            " recusad", " não é aceit", " odrzucon", " niedozwolon", " avvisas", " inte tillåt"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> AnyWord = SearchValues.Create(Words, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the sentence before a value says that it is an example.</summary>
    /// <param name="text">The window.</param>
    /// <param name="at">Where the value begins.</param>
    public static bool Precede(ReadOnlySpan<char> text, int at)
    {
        var start = Math.Max(0, at - Reach);
        for (var i = at - 1; i > start; i--)
        {
            if (text[i] is '\n' or ';' || (text[i] is '.' or '!' or '?' && i + 2 < at && text[i + 1] == ' ' && char.IsUpper(text[i + 2])))
            {
                start = i + 1;
                break;
            }
        }

        var before = text[start..at];
        if (before.ContainsAny(Code) || !before.ContainsAny(AnyWord))
        {
            return false;
        }

        foreach (var word in Words)
        {
            var found = before.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (found >= 0 && !(found > 0 && (char.IsLetterOrDigit(before[found - 1]) || before[found - 1] is '@' or '.' or '-' or '/'))
                && !IsHost(before[(found + word.Length)..]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when what follows says that it is refused: <c>"Winter2026" is rejected</c>.</summary>
    /// <param name="text">The window.</param>
    /// <param name="end">Where the value ends.</param>
    public static bool Follow(ReadOnlySpan<char> text, int end)
    {
        var rest = text[end..Math.Min(text.Length, end + RefusalReach)];
        var line = rest.IndexOfAny('\n', '.', ';');
        rest = line < 0 ? rest : rest[..line];
        return rest.ContainsAny(Refused);
    }

    /// <summary>example.org is no example.</summary>
    private static bool IsHost(ReadOnlySpan<char> rest) => rest.Length > 1 && rest[0] is '.' or '@' or '/' && char.IsLetter(rest[1]);
}
