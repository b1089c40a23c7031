using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Bytes that mean nothing, pieces of what is looked for, and both spoilt: whatever comes, there is an answer. GATEWAYSTACK_FUZZ=1000000 makes it a campaign.</summary>
public sealed class FuzzTests
{
    private const int Seed = 20261126;
    private const string Marks = "\"\\{}[]:@.-_/ \n\u0000\uD800\uDC00%&#=";

    private static readonly string[] Seeds =
    [
        "Marta Kowalska, 12 Main Street, Springfield, IL 62704, born 3 May 1980, +49 30 901820, alice@example.com", "postgres://user:p4ss@db.example.com:5432/x?sslmode=require",
        "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "{\"password\":\"hunter2!x\",\"iban\":\"DE89 3704 0044 0532 0130 00\"}", "-----BEGIN " + "PRIVATE KEY-----\nMIIE/+==\n",
        "4111 1111 1111 1111 536-90-4399 192.168.1.17 2001:db8::8a2e:370:7334", "jane [at] example [dot] com %40 &#64; \u200Bzero\u00ADwidth \uFF11\uFF12 \u0430\u0435", "aGVsbG8gYWxpY2VAZXhhbXBsZS5jb20=",
    ];

    [Fact]
    public void Whatever_comes_there_is_an_answer_inside_the_text()
    {
        var cases = int.Parse(Environment.GetEnvironmentVariable("GATEWAYSTACK_FUZZ") ?? "1500");
        TestContext.Current.SendDiagnosticMessage($"{cases} cases from seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < cases; i++)
        {
            var text = Spoilt(random);
            var segment = Modules.Segment(text, mediaType: i % 5 == 0 ? "application/json" : "text/plain") with { Origin = (SegmentOrigin)(i % 7) };
            var result = Modules.Shipped.Inspect(segment);
            var end = 0;
            foreach (var finding in result.Findings)
            {
                finding.Start.ShouldBeGreaterThanOrEqualTo(end, $"case {i}");
                finding.End.ShouldBeInRange(finding.Start + 1, text.Length, $"case {i}");
                double.IsNaN(finding.Score).ShouldBeFalse();
                end = finding.End;
            }

            result.Metadata.RiskScore.ShouldBeInRange(0, 1, $"case {i}");
        }
    }

    private static string Spoilt(Random random)
    {
        var text = new List<char>();
        for (var pieces = random.Next(1, 6); pieces > 0; pieces--)
        {
            text.AddRange(Seeds[random.Next(Seeds.Length)].AsSpan(random.Next(20)));
        }

        for (var changes = random.Next(0, 30); changes > 0 && text.Count > 0; changes--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = (char)random.Next(0x10000);
                    break;
                case 1:
                    text.RemoveAt(at);
                    break;
                case 2:
                    text.Insert(at, Marks[random.Next(Marks.Length)]);
                    break;
                case 3:
                    text.InsertRange(at, Enumerable.Repeat(text[at], random.Next(1, 300)));
                    break;
                default:
                    text.RemoveRange(at, Math.Min(random.Next(1, 20), text.Count - at));
                    break;
            }
        }

        return new string([.. text]);
    }
}
