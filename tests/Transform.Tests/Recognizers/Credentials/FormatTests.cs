using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

// Every format is tried on samples that are drawn from its own pattern: the row's gate, window, verifier and borders have to let them through.
public sealed class FormatTests
{
    private const int Samples = 4;

    private static readonly Recognizer[] Formats =
    [
        .. CloudKeys.All, .. CodeKeys.All, .. ModelKeys.All, .. MessageKeys.All, .. PaymentKeys.All, .. WatchKeys.All, .. OfficeKeys.All,
    ];

    public static TheoryData<string> Names() => [.. Formats.Select(f => f.Name)];

    public static TheoryData<string> Issuers() => [.. IssuerKeys.Table.Select(k => k.Name)];

    [Fact]
    public void The_table_is_long() => (Formats.Length + IssuerKeys.Table.Length).ShouldBeGreaterThanOrEqualTo(150);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_is_found_to_its_end(string name)
    {
        foreach (var sample in Draw(name))
        {
            foreach (var text in (string[])[sample, $"it is {sample} and more", $"{{\"x\": \"{sample}\"}}", $"({sample})"])
            {
                var end = text.IndexOf(sample, StringComparison.Ordinal) + sample.Length;
                Modules.Default.Inspect(text).Findings.ShouldContain(f => f.End >= end && f.Score > 0.9 && IsCredential(f), text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Issuers))]
    public void A_value_beside_its_issuer_is_found_to_its_end(string name)
    {
        var (_, shape, issuers) = IssuerKeys.Table.Single(k => k.Name == name);
        foreach (var value in Draw(shape, issuers[0].Length))
        {
            foreach (var text in (string[])[$"{issuers[0]} = {value}", $"{issuers[0].ToUpperInvariant()}_API_KEY={value} # prod",
                $"the {issuers[0]} token is `{value}`, careful"])
            {
                var end = text.IndexOf(value, StringComparison.Ordinal) + value.Length;
                Modules.Default.Inspect(text).Findings.ShouldContain(f => f.End >= end && f.End <= end + 2 && f.Score > 0.9 && IsCredential(f), text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inside_a_longer_word_it_is_none(string name)
    {
        var row = Formats.Single(f => f.Name == name);
        var alone = new Transform.Scanning.Scanner(new RecognizerSet([row]));
        foreach (var sample in Draw(name).Where(s => char.IsLetterOrDigit(s[0])))
        {
            List<Transform.Scanning.Candidate>? found = null;
            var state = default(Transform.Scanning.ScanState);
            alone.Advance("x" + sample, final: true, ref state, ref found, CancellationToken.None);
            found.ShouldBeNull(sample);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stand_in_is_none(string name)
    {
        foreach (var sample in Draw(name))
        {
            // The mark stays, what is drawn behind it becomes what documentation prints.
            var standIn = string.Concat(sample.Select((c, i) => i < sample.Length / 2 || !char.IsAsciiLetterOrDigit(c) ? c : 'x'));
            Modules.Default.Inspect(standIn).Findings.ShouldNotContain(f => f.Score > 0.95 && f.Type == "API_KEY", standIn);
        }
    }

    private static bool IsCredential(Finding finding) => finding.Type is "API_KEY" or "SECRET" or "PASSWORD" or "JWT" or "CONNECTION_STRING";

    private static IEnumerable<string> Draw(string name) => Draw(Formats.Single(f => f.Name == name).Pattern!.ToString()[2..], seed: name.Length);

    private static IEnumerable<string> Draw(string pattern, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 1000).Select(_ => new PatternSampler(pattern, random).Draw().Trim()).Where(IsDrawn).Take(Samples);
    }

    /// <summary>One draw in many has too few digits, or the same character too often, to be told from a word.</summary>
    private static bool IsDrawn(string sample) =>
        sample.Count(char.IsAsciiDigit) >= 3
        && !Enumerable.Range(3, sample.Length - 3).Any(i => sample[(i - 3)..(i + 1)].Distinct(CharComparer.Instance).Count() == 1);

    private sealed class CharComparer : IEqualityComparer<char>
    {
        public static readonly CharComparer Instance = new();

        public bool Equals(char x, char y) => char.ToLowerInvariant(x) == char.ToLowerInvariant(y);

        public int GetHashCode(char obj) => char.ToLowerInvariant(obj);
    }
}
