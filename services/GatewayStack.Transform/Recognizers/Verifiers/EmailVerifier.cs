using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells addresses from what only has an at sign in it, such as <c>package@1.0.0-beta.rc</c>.</summary>
internal static class EmailVerifier
{
    private static readonly string[] Files = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "json", "html", "scss", "ico", "yml", "yaml", "patch"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Readers =
        ("you your your-name your.name your_name yourname your-email your.email youremail first.last firstname.lastname first.lastname firstname lastname first_last someone "
            + "somebody anyone anybody "
            + "nobody name my-name myname email e-mail mail address placeholder local-part")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Who reads, in words that are nobody's address anywhere.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Anywhere =
        ("you your-name your.name your_name yourname your-email your.email youremail first.last firstname.lastname firstname_lastname firstnamelastname vorname.nachname "
            + "prenom.nom prénom.nom nombre.apellido nome.cognome nome.sobrenome "
            + "voornaam.achternaam imie.nazwisko imię.nazwisko fornamn.efternamn votre.nom votre-nom ihr.name ihr-name dein.name tu.nombre tu-nombre tuo.nome seu.nome uw.naam "
                + "jouw.naam twoje.imie ditt.namn")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Messages = ["message-id", "message_id", "messageid", "msgid", "msg-id", "in-reply-to", "references", "in article", "in message", "news:",
        "mid:", "cid:"];

    public static Verdict Verify(in Match match)
    {
        if (DomainEnd(match.Value) is var end && end < match.Length)
        {
            return Verify(match.UpTo(end));
        }

        var domain = match.Value[(match.Value.IndexOf('@') + 1)..];
        var label = domain[..domain.IndexOf('.')];
        var isVersion = !label.ContainsAnyExcept(Alphabets.Digit) && char.IsAsciiDigit(domain[label.Length + 1]);
        return isVersion || IsUnit(domain) || IsFile(domain) || IsRepository(match) || IsMessage(match)
            || IsPlaceholder(match.Value[..match.Value.IndexOf('@')], domain) ? Verdict.No
            : IsBehindEscape(match) ? new Verdict(match.Length - 1, 0.97, Offset: 1)
            : new Verdict(match.Length, 0.97);
    }

    /// <summary>Where a line ends before an address as programs and JSON write it, <c>\njane@example.com</c>, the letter of the escape is not the person's.</summary>
    private static bool IsBehindEscape(in Match match) =>
        match.Start > 0 && match.Text[match.Start - 1] == '\\' && match.Value[0] is 'n' or 'r' or 't' && match.Value[1] != '@';

    /// <summary>An instance of a unit of systemd: <c>user@1000.service</c>.</summary>
    private static bool IsUnit(ReadOnlySpan<char> domain) => domain[(domain.LastIndexOf('.') + 1)..] is "service" or "socket" or "timer" or "slice" or "target" or "scope";

    /// <summary>Where a domain in ASCII ends before letters of a script without blanks: <c>jane@example.com</c> in front of a particle.</summary>
    private static int DomainEnd(ReadOnlySpan<char> address)
    {
        var at = address.IndexOf('@');
        for (var i = at + 1; i < address.Length; i++)
        {
            if (address[i] >= 128)
            {
                var label = i - 1 - address[..i].LastIndexOf('.');
                return WordStart.IsUnblanked(address[i]) && label >= 2 && address[(at + 1)..i].Contains('.') ? i : address.Length;
            }
        }

        return address.Length;
    }

    /// <summary>A picture for a dense screen: <c>logo@2x.png</c>.</summary>
    private static bool IsFile(ReadOnlySpan<char> domain)
    {
        var extension = domain[(domain.LastIndexOf('.') + 1)..];
        foreach (var known in Files)
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An address that stands for the reader's own: a word for whoever reads at a name that is set aside for documentation (RFC 2606), or a name that says
    /// "your". Any other address at such a domain, <c>user@example.com</c> too, may be somebody's.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        domain.StartsWith("your", StringComparison.OrdinalIgnoreCase) || domain.StartsWith("my-domain.", StringComparison.OrdinalIgnoreCase)
        || domain.StartsWith("mydomain.", StringComparison.OrdinalIgnoreCase)
        || Anywhere.Contains(local) || (Readers.Contains(local) && IsReserved(domain));

    private static bool IsReserved(ReadOnlySpan<char> domain)
    {
        var top = domain[(domain.LastIndexOf('.') + 1)..];
        var second = domain[..^(top.Length + 1)];
        second = second[(second.LastIndexOf('.') + 1)..];
        return top.Equals("example", StringComparison.OrdinalIgnoreCase) || top.Equals("test", StringComparison.OrdinalIgnoreCase)
            || top.Equals("invalid", StringComparison.OrdinalIgnoreCase)
            || (top is "com" or "net" or "org" && (second.Equals("example", StringComparison.OrdinalIgnoreCase) || second.Equals("domain", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The name of a message (RFC 5322), which is written like an address.</summary>
    private static bool IsMessage(in Match match)
    {
        var line = match.Text[..match.Start];
        line = line[(line.LastIndexOf('\n') + 1)..];
        var open = line.LastIndexOfAny('<', ':');
        if (open < 0 || line[open..].Contains(' '))
        {
            return false;
        }

        if (match.At(-1) == '<' && IsRandom(match.Value[..match.Value.IndexOf('@')]))
        {
            return true;
        }

        foreach (var word in Messages)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hexadecimal digits, as programs name messages.</summary>
    private static bool IsRandom(ReadOnlySpan<char> local)
    {
        int letters = 0, digits = 0;
        foreach (var c in local)
        {
            if (!char.IsAsciiHexDigitLower(c) && c is not ('.' or '-'))
            {
                return false;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return local.Length >= 12 && letters > 0 && digits >= 4;
    }

    /// <summary>The account that everyone shares: <c>git@github.com:group/project.git</c>.</summary>
    private static bool IsRepository(in Match match) => match.Value.StartsWith("git@") && match.At(match.Length) is ':' or '/';
}
