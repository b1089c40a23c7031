using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>What is done with what overlaps in an answer, and with numbers of its JSON.</summary>
public sealed class AnswerActionTests
{
    [Theory]
    [InlineData(ContentAction.Redact, ContentAction.Block, true, "see ")]
    [InlineData(ContentAction.Block, ContentAction.Redact, true, "see ")]
    [InlineData(ContentAction.Mask, ContentAction.Redact, false, "see [EMAIL]")]
    [InlineData(ContentAction.Redact, ContentAction.Mask, false, "see [CREDIT_CARD]")]
    [InlineData(ContentAction.Allow, ContentAction.Allow, false, "see 4111111111111111@example.com")]
    public void The_strictest_action_of_what_overlaps_holds(ContentAction card, ContentAction email, bool blocked, string text)
    {
        var output = Run("0", [new TypeAction { Type = "CREDIT_CARD", Action = card }, new TypeAction { Type = "EMAIL", Action = email }], "see 4111111111111111@example.com");
        string.Concat(output.Select(d => d.Text)).ShouldBe(text);
        output.Any(d => d.Blocked).ShouldBe(blocked);
    }

    [Theory]
    [InlineData("""{"n":-4111111111111111}""", """{"n":"[CREDIT_CARD]"}""")]
    [InlineData("""{"n":4111111111111111.50,"m":-1.5e3}""", """{"n":"[CREDIT_CARD]","m":-1.5e3}""")]
    [InlineData("""{"n":[4111111111111111,1,true],"s":"4111111111111111"}""", """{"n":["[CREDIT_CARD]",1,true],"s":"[CREDIT_CARD]"}""")]
    [InlineData("[1,2.5,-3]", "[1,2.5,-3]")]
    [InlineData("12.5", "12.5")]
    public void A_number_is_replaced_whole(string json, string expected)
    {
        string.Concat(Run("0/json", [], json).Select(d => d.Text)).ShouldBe(expected);
        string.Concat(Run("0/json", [], [.. json.Select(c => c.ToString())]).Select(d => d.Text)).ShouldBe(expected);
        JsonDocument.Parse(expected).Dispose();
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300)]
    public void Any_cutting_of_json_gives_what_the_whole_gives(PlantedText planted, Cuts cuts)
    {
        var json = JsonSerializer.Serialize(new { a = -4111111111111111, b = planted.Text, c = 2.5 });
        string.Concat(Run("0/json", [], [.. cuts.Of(json)]).Select(d => d.Text)).ShouldBe(string.Concat(Run("0/json", [], json).Select(d => d.Text)));
    }

    [Fact]
    public void An_end_from_outside_ends_a_long_answer()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var session = new ResponseSession { RequestId = "r", Tenant = "t" };
        var deltas = new[] { new ResponseDelta { Channel = "0", Text = "alice@example.com ", End = true } }.ToAsyncEnumerable();
        Should.Throw<OperationCanceledException>(() => Modules.Default.TransformResponseAsync(session, deltas, stop.Token).ToBlockingEnumerable(CancellationToken.None).ToArray());
    }

    private static ResponseDelta[] Run(string channel, TypeAction[] actions, params string[] pieces)
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Actions = [.. actions] };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = channel, Text = p }).Append(new ResponseDelta { Channel = channel, Text = string.Empty, End = true });
        return [.. Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable()];
    }
}
