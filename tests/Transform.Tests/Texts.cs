using FsCheck;
using FsCheck.Fluent;

namespace GatewayStack.Transform.Tests;

/// <summary>A text made of what the recognisers look for, what resembles it, and what hides it.</summary>
public sealed record PlantedText(string Text)
{
    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(Text);
}

/// <summary>Lengths of the pieces a text is cut into; used in turns.</summary>
public sealed record Cuts(int[] Lengths)
{
    public IEnumerable<string> Of(string text)
    {
        for (int at = 0, i = 0; at < text.Length; i++)
        {
            var length = Math.Min(Lengths[i % Lengths.Length], text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    public override string ToString() => string.Join(',', Lengths);
}

/// <summary>A number with a valid checksum, as people write it.</summary>
public sealed record ValidCard(string Digits, string Written);

/// <summary>An IBAN with a valid checksum, as people write it.</summary>
public sealed record ValidIban(string Compact, string Written);

/// <summary>What properties range over.</summary>
public static class Texts
{
    private static readonly string[] Fragments =
    [
        "alice@example.com", "bob", "@", ".", "com", "4111 1111 1111 1111", "4111", "1111", " ", " ", "-", "DE89 3704 0044 0532 0130 00", "DE", "89", "3704",
        "+1 415 555 2671", "+", "(415) 555-2671", "536-90-4399", "192.168.1.17", ":", "::1", "2001:db8::8a2e:370:7334", "sk-", "abcDEF123456ghiJKL7890mno",
        "AKIA" + "Q3EGV5TZ7HXMPLK2", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJ", "-----BEGIN ", "PRIVATE KEY-----", "\nMIIE/+==\n",
        "-----END PRIVATE KEY-----", "\n", "\r\n", "\t", "the quick brown fox ", "phone ", "order ", "acme corp", "acme", " corp", "MRN-12", "3456", "MRN-123456",
        "\u200B", "\u00AD", "\uFEFF", "１", "＠", "\u00A0", "😀", "\uD83D", "\uDE00", "é", "例", "\u0000", "\uFFFF", "12", "0", "7", "a", "F", ",", "\"", "\\", "[EMAIL]", "0049 30 ", "901820",
        "sk_" + "live_7bR52KmVwxZQacuvY4nfs9eg", "hooks.slack.com/services/", new string('x', 70), new string('9', 45), "tel: ",
        "amFuZS5kb2VAZXhhbXBsZS5jb20gaXMgaGVyZQ==", "jane [at] example [dot] com", " [at] ", "AB 12 34 56 C", "AB", "username: jdoe42", " is my ssn", "ssn ", "passport X1234567", "https://jane:pw@example.com/x ",
        "390.533.447-05", "cpf: ", "order ", "00-1A-2B-3C-4D-5E", "40.7128,-74.0060", "gps ", "@jane_doe ",
    ];

    public static Arbitrary<PlantedText> PlantedText() =>
        Arb.From(
            Gen.Elements(Fragments).ListOf().Select(f => new PlantedText(string.Concat(f))),
            t => Enumerable.Range(0, t.Text.Length).Select(i => new PlantedText(t.Text.Remove(i, 1))));

    public static Arbitrary<Cuts> Cuts() =>
        Gen.OneOf(Gen.Choose(1, 4), Gen.Choose(1, 40)).NonEmptyListOf().Select(l => new Cuts([.. l])).ToArbitrary();

    public static Arbitrary<ValidCard> Card() =>
        (from network in Gen.Elements(("4", 16), ("4", 13), ("51", 16), ("2221", 16), ("34", 15), ("37", 15), ("36", 14), ("6011", 16), ("3528", 16), ("62", 16), ("5018", 12))
         from body in Gen.Choose(0, 9).ArrayOf(network.Item2 - network.Item1.Length - 1)
         from separator in Gen.Elements("", " ", "-", "\u00A0", "\u200B")
         let digits = WithLuhn(network.Item1 + string.Concat(body))
         select new ValidCard(digits, string.Join(separator, digits.Chunk(4).Select(c => new string(c))))).ToArbitrary();

    public static Arbitrary<ValidIban> Iban() =>
        (from country in Gen.Elements(("DE", 22), ("GB", 22), ("FR", 27), ("NO", 15), ("NL", 18), ("MT", 31), ("ES", 24))
         from body in Gen.Elements("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".ToCharArray()).ArrayOf(country.Item2 - 4)
         from separator in Gen.Elements("", " ", "-", "\u200B")
         let compact = WithMod97(country.Item1, new string(body))
         select new ValidIban(compact, string.Join(separator, compact.Chunk(4).Select(c => new string(c))))).ToArbitrary();

    /// <summary>The same number with a check digit that is wrong.</summary>
    public static string Spoil(string digits) => digits[..^1] + (char)('0' + ((digits[^1] - '0' + 1) % 10));

    private static string WithLuhn(string body)
    {
        for (var check = '0'; check <= '9'; check++)
        {
            if (Transform.Checksums.Luhn.IsValid(body + check))
            {
                return body + check;
            }
        }

        throw new InvalidOperationException("one of ten digits passes");
    }

    private static string WithMod97(string country, string body)
    {
        for (var check = 2; check <= 98; check++)
        {
            var iban = $"{country}{check:00}{body}";
            if (Transform.Checksums.Mod97.IsValid(iban))
            {
                return iban;
            }
        }

        throw new InvalidOperationException("one of 97 pairs passes");
    }
}
