using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>What a person thinks up as a password: a word or two with a number or a mark. Names of things are written so too (<c>Office365</c>, <c>Sprint-2041</c>), so
/// that it takes a sentence that says what it is.</summary>
internal static class ThoughtUp
{
    private const int Shortest = 7;
    private const int Longest = 40;
    private const int FewestLetters = 3;

    private static readonly SearchValues<char> Code = SearchValues.Create("@:/\\=(){}<>|,;\"");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Things = WordSet.Of(
        "bsd gpl lgpl agpl latin utf ucs salsa chacha ascii unicode vt xterm office python windows oauth base acrobat reader html http ipv oracle postgres postgresql mysql "
            + "mariadb java openjdk jdk node nodejs dotnet net angular vue react django ubuntu debian fedora centos rhel photoshop indesign autocad "
        + "excel word outlook exchange teams sharepoint sql sqlserver server iphone ipad android galaxy pixel thinkpad macbook playstation xbox sprint release version build "
            + "ticket room raum floor level stage step phase chapter section "
        + "kapitel abschnitt seite page figure table tabelle anhang appendix team group gruppe groupe grupo gruppo klasse class lot batch item part teil artikel article model "
            + "modell modèle type typ tls ssl wpa sha aes rsa cve iso din rfc "
        + "covid web step test demo node host srv vlan port slot rack unit zone area block gate line bus tram train flight issue bug feature branch draft final copy scan image "
            + "img photo video dsc file backup export report bericht");

    /// <summary>True for such a value.</summary>
    /// <param name="value">The value.</param>
    public static bool Is(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return shape.Length is >= Shortest and <= Longest && shape.Letters >= FewestLetters && shape.Lowers > 0 && shape.IsMixed && !value.ContainsAny(Code)
            && char.IsLetterOrDigit(value[0]) | value[0] is '!' or '#' or '$' or '%' or '&' or '*' or '+'
            && !IsThing(value) && !PlainValues.IsQuantity(value, shape) && value.ContainsAnyExcept(Alphabets.HexDash) && !IsNumbered(value, shape)
            && SecretValue.Score(value, SecretKind.Password, new PossibleValue(0, value.Length, ValueForm.Said, Quoted: false, Continues: false)) >= 0.5;
    }

    /// <summary>A thing's name before its number.</summary>
    public static bool IsThing(ReadOnlySpan<char> value)
    {
        var end = 0;
        while (end < value.Length && char.IsLetter(value[end]))
        {
            end++;
        }

        return Things.Contains(value[..end]);
    }

    /// <summary>Capitals alone before a dash and a number (<c>XK-2201b</c>), a number with a letter or a unit behind it, parts of a version.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> value, in ValueShape shape) =>
        (shape.Lowers <= 1 && shape.Digits > 0 && shape.Symbols == shape.Joiners)
        || (char.IsAsciiDigit(value[0]) && shape.Changes <= 1 && shape.Symbols == shape.Joiners && shape.Letters <= 5)
        || (value.Count('.') >= 2 && shape.Digits * 2 >= shape.Letters)
        || (value.Contains('.') && char.IsAsciiDigit(value[^1]) && value[value.LastIndexOf('.') - 1] is >= '0' and <= '9');
}
