using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>Sentences as people write them, with names in them.</summary>
public sealed record Prose(string Text)
{
    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(Text);
}

/// <summary>Makes <see cref="Prose"/>.</summary>
public static class Proses
{
    private static readonly string[] Fragments =
    [
        "Marta Kowalska", " met ", "Dr. Henrik Olsen", " in ", "Paris", ". ", "\n", "She works for ", "Siemens AG", ", ", "the quick brown fox ", "alice@example.com", "tel +49 30 901820 ",
        "Dear Mr. ", "O'Brien", "!? ", "12 Main Street, Springfield, IL 62704", "password: hunter2!x ", "born 3 May 1980 ", "😀", "\uD83D", "é", "J. R. R. ", "Tolkien", "[EMAIL_1]",
        "PERSON_QMKXDWZTRPLB", "e.g. ", "etc. ", " and so on and on ", new string('a', 90) + " ", "Mr", ".", " Smith", "'s", "GmbH ", "New", " York", "\r\n\r\n", "- ", "\t",
    ];

    public static Arbitrary<Prose> Prose() =>
        Arb.From(
            Gen.Elements(Fragments).ListOf().Select(f => new Prose(string.Concat(f))),
            t => Enumerable.Range(0, t.Text.Length).Select(i => new Prose(t.Text.Remove(i, 1))));
}

public sealed class ShippedSessionTests
{
    private static readonly TransformModule Module = Modules.Shipped;

    [Property(Arbitrary = [typeof(Proses), typeof(Texts)], MaxTest = 400, EndSize = 60)]
    public void Any_cutting_gives_what_the_whole_gives_with_names_too(Prose prose, Cuts cuts) =>
        Answer([.. cuts.Of(prose.Text)]).ShouldBe(Answer([prose.Text]));

    [Property(Arbitrary = [typeof(Proses), typeof(Texts)], MaxTest = 200, EndSize = 60)]
    public void A_conversation_that_comes_again_has_what_it_had(Prose prose, PlantedText planted)
    {
        var known = Modules.Create(new TransformOptions());
        var history = new List<ContentSegment> { Modules.Segment(string.Concat(Enumerable.Repeat(prose.Text + planted.Text + " and so on. ", 40))) };
        for (var turn = 1; turn < 4; turn++)
        {
            history.Add(Modules.Segment(planted.Text + prose.Text + turn, turn));
            var seen = known.Inspect([.. history]);
            var anew = Module.Inspect([.. history]);
            seen.Findings.ShouldBe(anew.Findings);
            seen.Metadata.Labels.ShouldBe(anew.Metadata.Labels);
            seen.Metadata.RiskScore.ShouldBe(anew.Metadata.RiskScore);
        }
    }

    private static string Answer(string[] pieces)
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t" };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = "0", Text = p }).Append(new ResponseDelta { Channel = "0", Text = string.Empty, End = true });
        return string.Concat(Module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None)
            .ToListAsync().AsTask().GetAwaiter().GetResult().Select(d => d.Text));
    }
}
