using System.Globalization;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>What looks like personal data or a credential and is none.</summary>
internal static class Decoys
{
    private static readonly Dictionary<string, Func<SplitMix, string>> Rows = new(StringComparer.Ordinal)
    {
        ["uuid"] = r => r.Fill("&&&&&&&&-&&&&-4&&&-b&&&-&&&&&&&&&&&&"),
        ["sha1"] = r => r.Text(Digits.Hex, 40),
        ["sha256"] = r => r.Text(Digits.Hex, 64),
        ["md5"] = r => r.Text(Digits.Hex, 32),
        ["commit"] = r => r.Text(Digits.Hex, 7),
        ["sri"] = r => "sha512-" + r.Text(Digits.Upper + Digits.Lower + Digits.Ten + "+/", 86) + "==",
        ["ver"] = r => $"{r.Below(20)}.{r.Below(30)}.{r.Below(60)}",
        ["ver4"] = r => $"{r.Below(20)}.{r.Below(10)}.{r.Between(1000, 9000)}.{r.Below(90)}",
        ["order"] = r => r.Pick("ORD-", "SO", "#", "PO-", "INV-", "WEB") + r.Number(r.Between(6, 10)),
        ["number"] = r => r.Number(r.Between(5, 9)),
        ["long"] = r => r.Number(r.Between(10, 14)),
        ["isbn"] = Isbn,
        ["isbn10"] = r => $"0-{r.Number(3)}-{r.Fill("#####")}-{r.Fill("%")}",
        ["issn"] = r => $"{r.Fill("%###")}-{r.Fill("####")}",
        ["date"] = r => Date(r, r.Below(6)),
        ["iso"] = r => Date(r, 0),
        ["time"] = r => $"{r.Below(24):00}:{r.Below(60):00}",
        ["stamp"] = r => $"{Date(r, 0)}T{r.Below(24):00}:{r.Below(60):00}:{r.Below(60):00}.{r.Below(1000):000}Z",
        ["logtime"] = r => $"{Date(r, 0)} {r.Below(24):00}:{r.Below(60):00}:{r.Below(60):00},{r.Below(1000):000}",
        ["epoch"] = r => $"17{r.Number(8)}",
        ["epochms"] = r => $"17{r.Number(11)}",
        ["price"] = r => $"{r.Between(1, 9000)}.{r.Below(100):00}",
        ["small"] = r => $"{r.Between(2, 99)}",
        ["percent"] = r => $"{r.Below(100)}.{r.Below(10)} %",
        ["color"] = r => "#" + r.Text(Digits.Hex, 6),
        ["sku"] = r => r.Fill("@@@-####-@#"),
        ["ticket"] = r => r.Pick("PROJ-", "OPS-", "BUG-", "WEB-", "CORE-") + r.Number(4),
        ["tracking"] = r => "1Z" + r.Fill("@##@##########") + r.Fill("##"),
        ["port"] = r => $"{r.Between(1024, 65000)}",
        ["pid"] = r => $"{r.Between(100, 99999)}",
        ["bytes"] = r => $"0x{r.Text(Digits.Hex, 8)}",
        ["ref"] = r => r.Fill("@@##-######"),
        ["float"] = r => $"{r.Below(9)}.{r.Number(6)}",
    };

    /// <summary>Names of all rows.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    public static string Make(string name, SplitMix random) => Rows[name](random);

    private static string Isbn(SplitMix r)
    {
        var d = "978" + r.Fill("#########");
        var sum = Digits.Weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
        return $"978-{d[3]}-{d[4..8]}-{d[8..]}-{(10 - (sum % 10)) % 10}";
    }

    private static string Date(SplitMix r, int form)
    {
        var date = new DateTime(r.Between(2018, 2027), r.Between(1, 12), r.Between(1, 28), 0, 0, 0, DateTimeKind.Unspecified);
        string[] forms = ["yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "d MMMM yyyy", "MMM d, yyyy", "dd/MM/yy"];
        return date.ToString(forms[form], CultureInfo.InvariantCulture);
    }
}
