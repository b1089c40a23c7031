using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// Numbers that manuals print: the cards that payment providers publish for trying things out, and the networks that are set aside for documentation (RFC 5737, RFC
/// 3849). By themselves they are found like any other, because people put them where their own stand; where the text says that they are a test's or an example's they are
/// nobody's.
/// </summary>
internal static class PublishedNumbers
{
    /// <summary>So many units before a number are looked at, in its line or the one above.</summary>
    private const int Reach = 160;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Cards = (
        "4111111111111111 4548812049400004 4918019199883839 4242424242424242 4012888888881881 4000000000000002 4000000000000069 4000000000000127 4000000000009995 "
            + "4000056655665556 4000000000000077 4000000000003220 4000002500003155 4222222222222 4917610000000000 4005519200000004 4009348888881881 4012000033330026 "
            + "4444333322221111 "
        + "4917300800000000 4462030000000000 5555555555554444 5105105105105100 5454545454545454 5200828282828210 5555341244441115 5424000000000015 5431111111111111 "
            + "2223003122003222 2223000048400011 2222420000001113 378282246310005 371449635398431 378734493671000 370000000000002 341111111111111 "
        + "6011111111111117 6011000990139424 6011000000000004 3530111333300000 3566002020360505 30569309025904 38520000023237 3056930009020004 36227206271667 6200000000000005 "
            + "6759649826438453 5019717010103742 5018000000000009 6304000000000000")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly ContextWords Examples = new("documentation", "rfc", "example", "examples", "beispiel", "beispiele", "ejemplo", "ejemplos", "exemple", "exemples",
        "esempio", "esempi", "voorbeeld", "exemplo", "exemplos", "przykład", "exempel", "placeholder");

    private static readonly ContextWords Trials = new(
        "test", "tests", "training", "trainingsmodus", "schulung", "formación", "formazione", "opleiding", "ficticia", "ficticio", "fictive", "tarjeta_prueba", "testing",
        "testcard", "testcards", "testkarte", "testkarten", "testnummer", "test_card", "test_cards", "testcard_number", "sandbox", "dummy", "demo", "fake", "mock", "specimen",
        "fixture", "fixtures",
        "prueba", "pruebas", "mentira", "essai", "factice", "fictif", "prova", "finta", "teste", "testowa", "testowy", "testowej", "testkaart", "testkort", "musterkarte");

    /// <summary>True when a card's number is a published one, and the text says so.</summary>
    public static bool IsTestCard(in Match match, ReadOnlySpan<char> digits, int length) => Cards.Contains(digits) && IsCalledSo(match.Text, match.Start, match.Start + length);

    /// <summary>True when an address belongs to documentation, and the text says so.</summary>
    public static bool IsDocumentationAddress(in Match match, ReadOnlySpan<char> address) =>
        (address.StartsWith("192.0.2.") || address.StartsWith("198.51.100.") || address.StartsWith("203.0.113.")
            || address.StartsWith("2001:db8:", StringComparison.OrdinalIgnoreCase))
        && IsExample(match.Text, match.Start, match.Start + address.Length);

    /// <summary>In its line, or the one above, a word says so that is no part of the name of a host.</summary>
    private static bool IsExample(ReadOnlySpan<char> text, int start, int end)
    {
        var own = text[..start].LastIndexOf('\n');
        var above = own < 0 ? 0 : text[..own].LastIndexOf('\n') + 1;
        var word = Examples.FindBefore(text[above..], start - above, start - above) + above;
        var rest = text[end..];
        var line = rest.IndexOf('\n');
        rest = line < 0 ? rest : rest[..line];
        return (word >= above && !IsOfHost(text, word)) || (Examples.FindBefore(rest, rest.Length, rest.Length) is var after and >= 0 && !IsOfHost(rest, after));
    }

    private static bool IsCalledSo(ReadOnlySpan<char> text, int start, int end)
    {
        var rest = text[end..];
        var line = rest.IndexOf('\n');
        rest = line < 0 ? rest : rest[..line];
        return (Trials.FindBefore(text, start, Reach) is var before and >= 0 && !IsOfHost(text, before))
            || (Trials.FindBefore(rest, rest.Length, rest.Length) is var after and >= 0 && !IsOfHost(rest, after));
    }

    /// <summary>A part of the name of a host: <c>relay.example</c>.</summary>
    private static bool IsOfHost(ReadOnlySpan<char> text, int at) => at > 0 && text[at - 1] is '.' or '@' or '-';
}
