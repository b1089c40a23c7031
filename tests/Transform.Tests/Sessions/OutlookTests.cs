using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>Words behind which a row waits for far more of the text, and what may come then.</summary>
public sealed record Awaited(string Text)
{
    public override string ToString() => System.Text.Json.JsonSerializer.Serialize(Text);
}

/// <summary>Makes <see cref="Awaited"/>.</summary>
public static class AwaitedTexts
{
    private static readonly string[] Fragments =
    [
        "Name | Passport | Password\n", "--- | --- | ---\n", "Ana Ruiz | X1234567 | Blue.Otter-42\n", "name,dob,pin\n", "Ana Ruiz,1980-05-03,4711\n", "user\tpassword\tcode\n", "aruiz\tBlue.Otter-42\t4711\n",
        "Name      Phone          Key\n", "Ana Ruiz  +34 600 123456  Blue.Otter-42\n", "\r\n", "\n", "\r", " | ", ",", "; ", "\t", "  ", "passport", "licence", "card", "number", "account", "by", "owner", " = ", ": ", " is ",
        "seed words: ", "in order ", "second half: ", "abandon ability able about above absent ", "absorb abstract absurd abuse access accident ", "acid acoustic ", "and so on. ",
        "X1234567", "AB 12 34 56", "12 March 1985", "four four one ", "nine double seven ", "K ", "12", "4711", "DE", "12 Main Street", ", Springfield, IL 62704", "Hauptstr. 5", ", 10115 Berlin", "<br>", "\\n",
        "INSERT INTO t (name, password) VALUES ", "('ana', 'Blue.Otter-42')", ", ", "login", "(\"ana\", \"Blue.Otter-42\")", "creds for the box ana / ", "Blue.Otter-42", "user: ", "wifi", "key ", "datadog", "_API_KEY=",
        "0123456789abcdef0123456789abcdef", "the code for the garage ", "password 7 ", "the password comes by post. Here: ", "\"", "'", "(", ")", "patient ", "car ", "KX19 ABC", "mac ", "00:1A:2B:3C:4D:5E", new string('a', 40), new string(' ', 30),
    ];

    public static Arbitrary<Awaited> Awaited() =>
        Arb.From(
            Gen.Elements(Fragments).ListOf().Select(f => new Awaited(string.Concat(f))),
            t => Enumerable.Range(0, t.Text.Length).Select(i => new Awaited(t.Text.Remove(i, 1))));
}

public sealed class OutlookTests
{
    [Property(Arbitrary = [typeof(AwaitedTexts), typeof(Texts)], MaxTest = 2000, EndSize = 50)]
    public void Any_cutting_gives_what_the_whole_gives(Awaited awaited, Cuts cuts) => Answer([.. cuts.Of(awaited.Text)]).ShouldBe(Answer([awaited.Text]));

    /// <summary>What a piece ends with may be the beginning of a number behind a sign.</summary>
    [Theory]
    [InlineData("The patient of this hospital, n°AB", " 123456 is his, and that is all that there is to say.")]
    [InlineData("försäkring | kommentar\n8 | no.LF", " 20-7750-3 | mamman ringer från vårdcentralen och frågar om hon kan komma senare\n")]
    public void A_number_directly_behind_a_sign_stays(string before, string behind)
    {
        var answer = Answer([before, .. behind.Select(c => c.ToString())]);
        answer.ShouldBe(Answer([before + behind]));
        answer.ShouldContain("** **");
    }

    /// <summary>More rows wait in a line than may be passed: then the scan waits.</summary>
    [Fact]
    public void Many_words_for_secrets_in_a_line_give_what_the_whole_gives()
    {
        var text = string.Concat(Enumerable.Repeat("password ", 90)) + "is Blue.Otter-42\nand her passport number is X1234567.";
        var whole = Answer([text]);
        Answer([.. text.Chunk(4).Select(c => new string(c))]).ShouldBe(whole);
        whole.ShouldNotContain("X1234567");
    }

    private static string Answer(string[] pieces)
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Actions = [new TypeAction { Type = "*", Action = ContentAction.Mask }] };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = "0", Text = p }).Append(new ResponseDelta { Channel = "0", Text = string.Empty, End = true });
        return string.Concat(Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None)
            .ToListAsync().AsTask().GetAwaiter().GetResult().Select(d => d.Text));
    }
}
