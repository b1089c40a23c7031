using System.Text;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Made-up credentials in the forms that services give out. Prefixes stand in parts here, so that no scanner takes this file for a leak.</summary>
internal static class Credentials
{
    private const string Letters = Digits.Upper + Digits.Lower;
    private const string Alnum = Letters + Digits.Ten;
    private const string Base64 = Alnum + "+/";
    private const string Url64 = Alnum + "-_";

    private static readonly Dictionary<string, (string Type, Func<SplitMix, string> Make)> Rows = new(StringComparer.Ordinal)
    {
        ["aws_id"] = ("API_KEY", r => "AK" + "IA" + r.Text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
        ["aws_secret"] = ("SECRET", r => r.Text(Base64, 40)),
        ["github"] = ("API_KEY", r => "gh" + r.Pick("p", "o", "s") + "_" + r.Text(Alnum, 36)),
        ["github_fine"] = ("API_KEY", r => "github" + "_pat_" + r.Text(Alnum, 22) + "_" + r.Text(Alnum, 59)),
        ["gitlab"] = ("API_KEY", r => "gl" + "pat-" + r.Text(Url64, 20)),
        ["slack"] = ("API_KEY", r => "xo" + "xb-" + r.Number(12) + "-" + r.Number(13) + "-" + r.Text(Alnum, 24)),
        ["slack_hook"] = ("SECRET", r => "https://hooks.slack" + ".com/services/T" + r.Text(Digits.Upper + Digits.Ten, 8) + "/B" + r.Text(Digits.Upper + Digits.Ten, 9) + "/" + r.Text(Alnum, 24)),
        ["stripe"] = ("API_KEY", r => "sk" + "_live_" + r.Text(Alnum, r.Pick("a", "b") == "a" ? 24 : 99)),
        ["stripe_restricted"] = ("API_KEY", r => "rk" + "_live_" + r.Text(Alnum, 24)),
        ["sendgrid"] = ("API_KEY", r => "SG" + "." + r.Text(Url64, 22) + "." + r.Text(Url64, 43)),
        ["twilio"] = ("API_KEY", r => "S" + "K" + r.Text(Digits.Hex, 32)),
        ["mailgun"] = ("API_KEY", r => "key" + "-" + r.Text(Digits.Hex, 32)),
        ["openai"] = ("API_KEY", r => "sk" + "-proj-" + r.Text(Url64, 48)),
        ["anthropic"] = ("API_KEY", r => "sk" + "-ant-api03-" + r.Text(Url64, 93) + "AA"),
        ["huggingface"] = ("API_KEY", r => "hf" + "_" + r.Text(Letters, 34)),
        ["google"] = ("API_KEY", r => "AI" + "zaSy" + r.Text(Url64, 33)),
        ["google_secret"] = ("SECRET", r => "GOC" + "SPX-" + r.Text(Url64, 28)),
        ["npm"] = ("API_KEY", r => "np" + "m_" + r.Text(Alnum, 36)),
        ["pypi"] = ("API_KEY", r => "py" + "pi-AgEIcHlwaS5vcmc" + r.Text(Url64, 90)),
        ["docker"] = ("API_KEY", r => "dckr" + "_pat_" + r.Text(Url64, 27)),
        ["digitalocean"] = ("API_KEY", r => "do" + "p_v1_" + r.Text(Digits.Hex, 64)),
        ["shopify"] = ("API_KEY", r => "shp" + "at_" + r.Text(Digits.Hex, 32)),
        ["databricks"] = ("API_KEY", r => "da" + "pi" + r.Text(Digits.Hex, 32)),
        ["newrelic"] = ("API_KEY", r => "NR" + "AK-" + r.Text(Digits.Upper + Digits.Ten, 27)),
        ["linear"] = ("API_KEY", r => "lin" + "_api_" + r.Text(Alnum, 40)),
        ["figma"] = ("API_KEY", r => "fi" + "gd_" + r.Text(Url64, 40)),
        ["telegram"] = ("API_KEY", r => r.Number(10) + ":AA" + r.Text(Url64, 33)),
        ["discord"] = ("API_KEY", r => "M" + r.Text(Alnum, 25) + "." + r.Text(Url64, 6) + "." + r.Text(Url64, 38)),
        ["azure_storage"] = ("SECRET", r => r.Text(Base64, 86) + "=="),
        ["azure_secret"] = ("SECRET", r => r.Text(Alnum, 3) + "8Q~" + r.Text(Alnum, 34)),
        ["vault"] = ("API_KEY", r => "hv" + "s." + r.Text(Alnum, 24)),
        ["grafana"] = ("API_KEY", r => "gl" + "sa_" + r.Text(Alnum, 32) + "_" + r.Text(Digits.Hex, 8)),
        ["jwt"] = ("JWT", Jwt),
        ["pem"] = ("PRIVATE_KEY", Pem),
        ["pw"] = ("PASSWORD", Password),
        ["phrase"] = ("PASSWORD", r => string.Join(r.Pick("-", " ", "."), r.Pick("correct", "velvet", "granite", "sunny"), r.Pick("otter", "lantern", "teapot", "bicycle"), r.Pick("maple", "thunder", "copper", "harbor"), r.Pick("42", "seven", "quilt", "radish"))),
        ["pin"] = ("PASSWORD", r => r.Number(r.Pick("4", "6") == "4" ? 4 : 6)),
        ["hex32"] = ("SECRET", r => r.Text(Digits.Hex, 32)),
        ["hex64"] = ("SECRET", r => r.Text(Digits.Hex, 64)),
        ["token"] = ("SECRET", r => r.Text(Alnum, r.Between(28, 44))),
        ["b64"] = ("SECRET", r => r.Text(Base64, 43) + "="),
        ["uuid_key"] = ("API_KEY", r => r.Fill("&&&&&&&&-&&&&-4&&&-a&&&-&&&&&&&&&&&&")),
    };

    /// <summary>Names of all rows.</summary>
    public static IEnumerable<string> Names => Rows.Keys;

    /// <summary>Whether there is such a row.</summary>
    public static bool Has(string name) => Rows.ContainsKey(name);

    /// <summary>One credential and its type.</summary>
    public static (string Type, string Value) Make(string name, SplitMix random) => (Rows[name].Type, Rows[name].Make(random));

    private static string Password(SplitMix r) => r.Below(6) switch
    {
        0 => r.Text(Alnum, 8) + r.Pick("!", "#", "$", "%") + r.Text(Alnum, 4),
        1 => r.Pick("Summer", "Winter", "Dragon", "Welcome", "Tr0ub4dor", "P1zza", "Kraken", "Monday") + r.Fill("####") + r.Pick("!", "?", "$", "*", string.Empty),
        2 => r.Pick("blue", "hot", "my", "open") + r.Pick("Horse", "Coffee", "Garage", "Sesame") + r.Fill("##") + r.Pick("!!", "@", "_x", "."),
        3 => r.Text(Alnum + "!#%*+-_=?@^", 16),
        4 => r.Text(Digits.Lower, 4) + r.Fill("###") + r.Text(Digits.Upper, 2) + r.Pick("!", "&", "~"),
        _ => r.Text(Digits.Upper, 1) + r.Text(Digits.Lower, 5) + "." + r.Fill("##") + r.Text(Digits.Lower, 3),
    };

    private static string Jwt(SplitMix r)
    {
        static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")}.{Part($"{{\"sub\":\"{r.Number(10)}\",\"iat\":17{r.Number(8)},\"scope\":\"read\"}}")}.{r.Text(Url64, 43)}";
    }

    private static string Pem(SplitMix r)
    {
        var kind = r.Pick("RSA ", "EC ", "OPENSSH ", string.Empty);
        var lines = Enumerable.Range(0, r.Between(3, 8)).Select(_ => r.Text(Base64, 64)).Append(r.Text(Base64, 30) + "==");
        return $"-----BEGIN {kind}PRIVATE KEY-----\n{string.Join('\n', lines)}\n-----END {kind}PRIVATE KEY-----";
    }
}
