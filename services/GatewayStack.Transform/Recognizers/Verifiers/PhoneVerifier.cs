using PhoneNumbers;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// A telephone number: international ones by the numbering plans of libphonenumber, national ones where their shape, or a word before them, says
/// that they are dialled. A bare run of digits is no number of a telephone.
/// </summary>
internal static class PhoneVerifier
{
    private const int Reach = 48;
    private const int Attempts = 4;
    private const int MostGroups = 6;
    private const double Said = 0.8;
    private const double Shaped = 0.6;

    private static readonly string[] Regions = ["US", "GB", "DE", "FR", "IT", "NL", "AU", "IN", "BR"];

    private static readonly ContextWords Dialled = new(
        "phone", "phones", "telephone", "tel", "mobile", "cell", "cellphone", "call", "dial", "fax", "whatsapp", "sms", "text me", "reach me", "contact",
        "telefon", "handy", "mobil", "rufnummer", "durchwahl", "anrufen", "telefax", "téléphone", "tél", "portable", "teléfono", "telefono", "móvil",
        "celular", "telefone", "cellulare", "telefoon");

    private static readonly ContextWords Counted = new(
        "order", "orders", "invoice", "ticket", "id", "ids", "ref", "reference", "isbn", "tracking", "account", "commit", "sku", "part", "case", "serial",
        "number of", "version", "amount", "total", "price", "item", "customer", "batch", "lot", "bestellung", "rechnung", "konto", "commande", "facture");

    /// <summary>Loads the numbering plans, which takes far longer than any text: done before the first request, not by it.</summary>
    public static void Prepare()
    {
        foreach (var region in Regions)
        {
            IsValid("0301234567", region);
        }
    }

    public static Verdict Verify(in Match match)
    {
        var value = match.Value;
        var international = value[..2].Contains('+') || (value.StartsWith("00") && value[2] != '0');
        if (char.IsLetterOrDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        if (!international && match.At(-1) is '-' or '_' or '#' or '/' or '.' or ',' or '=' or '&' or '\\' or '$' or '€' or '£' or '%')
        {
            return Verdict.No;
        }

        // The next number of a list is matched with this one: what stands behind a blank may be left out.
        for (int attempt = 0, length = match.Length; attempt < Attempts && length > 0; attempt++)
        {
            var part = PhoneShape.Read(value[..length]);
            var score = international ? International(match, part) : National(match, part);
            if (score > 0)
            {
                return new Verdict(length, score);
            }

            length = value[..length].LastIndexOf(' ');
        }

        return Verdict.No;
    }

    private static double International(in Match match, PhoneShape shape)
    {
        if (shape.Digits.Length is < 7 or > 17)
        {
            return 0;
        }

        var number = shape.Digits.StartsWith("00", StringComparison.Ordinal) ? shape.Digits[2..] : shape.Digits;
        return IsValid("+" + number, null) ? 0.85 : shape.IsBalanced && IsDialled(match) ? Shaped : 0;
    }

    private static double National(in Match match, PhoneShape shape)
    {
        if (!shape.IsBalanced || shape.IsOtherNumber || shape.Digits.Length is < 7 or > 13)
        {
            return 0;
        }

        var northAmerican = shape.IsNorthAmerican;
        if (northAmerican && shape.Separator != ' ' && shape.Digits[^10] is >= '2' and <= '9')
        {
            return IsDialled(match) ? Said : Shaped;
        }

        // Only where a number begins: the numbering plans accept the tail of almost anything.
        if (shape.Groups > MostGroups || IsContinuation(match))
        {
            return 0;
        }

        var trunk = shape.Groups >= 2 && shape.FirstGroup >= 2 && shape.Digits[0] == '0' && shape.Digits[1] != '0' && shape.Digits.Length >= 9;
        if ((northAmerican && IsValid(shape.Digits, "US")) || (trunk && IsValidSomewhere(shape.Digits)))
        {
            return IsDialled(match) ? Said : Shaped;
        }

        return IsDialled(match) && (northAmerican || shape.IsLocal || IsValidSomewhere(shape.Digits)) ? Said : 0;
    }

    private static bool IsContinuation(in Match match) =>
        match.At(-1) is ' ' or '-' or '.' or '/' or ')' && (char.IsAsciiDigit(match.At(-2)) || match.At(-2) == ')');

    private static bool IsDialled(in Match match)
    {
        var dialled = Dialled.FindBefore(match.Text, match.Start, Reach);
        return dialled >= 0 && dialled > Counted.FindBefore(match.Text, match.Start, Reach);
    }

    private static bool IsValidSomewhere(string digits)
    {
        foreach (var region in Regions)
        {
            if (IsValid(digits, region))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsValid(string number, string? region)
    {
        var plans = PhoneNumberUtil.GetInstance();
        try
        {
            return plans.IsValidNumber(plans.Parse(number, region));
        }
        catch (NumberParseException)
        {
            return false;
        }
    }
}
