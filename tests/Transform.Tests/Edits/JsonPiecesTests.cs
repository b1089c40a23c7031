using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

/// <summary>A piece of JSON in a text stays JSON, as a text that is JSON does.</summary>
public sealed class JsonPiecesTests
{
    [Theory]
    [InlineData("It says {\"card\":4111111111111111}, why?", "It says {\"card\":\"[CREDIT_CARD_1]\"}, why?")]
    [InlineData("```json\n{\n  \"cards\": [4111111111111111, 5500005555555559],\n  \"n\": 1\n}\n```", "```json\n{\n  \"cards\": [\"[CREDIT_CARD_1]\", \"[CREDIT_CARD_2]\"],\n  \"n\": 1\n}\n```")]
    [InlineData("first {\"to\":\"alice@example.com\",\"card\":4111111111111111} then [4111111111111111]", "first {\"to\":\"[EMAIL_1]\",\"card\":\"[CREDIT_CARD_1]\"} then [\"[CREDIT_CARD_1]\"]")]
    [InlineData("see {x} and [1 and {\"a\": {\"card\" : 4111111111111111 }}", "see {x} and [1 and {\"a\": {\"card\" : \"[CREDIT_CARD_1]\" }}")]
    public void A_number_in_it_becomes_a_string(string text, string expected) => Modules.Default.RedactNumbered(text).ShouldBe(expected);

    [Theory]
    [InlineData("card: 4111111111111111, and that is it", "card: [CREDIT_CARD_1], and that is it")]
    [InlineData("cards [4111 1111 1111 1111]", "cards [[CREDIT_CARD_1]]")]
    [InlineData("{card: 4111111111111111}", "{card: [CREDIT_CARD_1]}")]
    [InlineData("{\"card\": 4111111111111111", "{\"card\": [CREDIT_CARD_1]")]
    [InlineData("{\"card\": \"no. 4111111111111111, old\"} it says", "{\"card\": \"no. [CREDIT_CARD_1], old\"} it says")]
    public void What_is_no_number_of_json_stays_what_it_is(string text, string expected) => Modules.Default.RedactNumbered(text).ShouldBe(expected);

    [Fact]
    public async Task What_is_replaced_in_it_is_put_back_as_it_was()
    {
        const string Text = "Look: {\"card\":4111111111111111} ok";
        var request = new EditRequest
        {
            RequestId = "r",
            Tenant = "t",
            PersonId = "p",
            Segments = [Modules.Segment(Text)],
            Findings = Modules.Default.Inspect(Text).Findings,
            Actions = [new TypeAction { Type = "*", Action = ContentAction.Pseudonymise }],
        };
        var result = await Modules.Default.ApplyAsync(request, CancellationToken.None);
        result.Pseudonyms.ShouldHaveSingleItem().Value.ShouldBe("4111111111111111");
        Text.With(result).ShouldBe($"Look: {{\"card\":\"{result.Pseudonyms[0].Token}\"}} ok");
    }

    [Property(MaxTest = 300)]
    public void A_piece_with_numbers_replaced_is_json(NonEmptyArray<(NonNull<string> Name, NonNull<string> Text, double Number)> members, NonNull<string> before)
    {
        var json = JsonSerializer.Serialize(members.Get.Select(m => new Dictionary<string, object> { ["n" + m.Name.Get] = m.Text.Get, ["card"] = 4111111111111111 }));
        var words = before.Get.Replace("{", string.Empty, StringComparison.Ordinal).Replace("[", string.Empty, StringComparison.Ordinal).Replace("\"", string.Empty, StringComparison.Ordinal);
        var text = $"{words} : {json} .";
        var cards = new List<Finding>();
        for (var at = text.IndexOf("4111111111111111", StringComparison.Ordinal); at >= 0; at = text.IndexOf("4111111111111111", at + 1, StringComparison.Ordinal))
        {
            cards.Add(new Finding { SegmentId = 0, Type = "CREDIT_CARD", Start = at, End = at + 16, Score = 1 });
        }

        var request = new EditRequest { RequestId = "r", Tenant = "t", Segments = [Modules.Segment(text)], Findings = [.. cards] };
        var edited = text.With(Modules.Default.ApplyAsync(request, CancellationToken.None).GetAwaiter().GetResult());
        JsonDocument.Parse(edited[edited.IndexOf('[', StringComparison.Ordinal)..^2]).Dispose();
    }

    [Fact]
    public void Hostile_texts_are_read_in_a_bounded_time()
    {
        foreach (var text in new[]
        {
            new string('[', 200_000) + "1]", string.Concat(Enumerable.Repeat("[", 60)) + string.Concat(Enumerable.Repeat("1,", 200_000)) + "1",
            string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1,", string.Concat(Enumerable.Repeat("[1],", 100_000)), "\uD83D[1,\uDE00[7,1]",
        })
        {
            var pieces = new JsonPieces(text);
            var last = text.LastIndexOf('1');
            for (var i = 0; i < 1_000; i++)
            {
                pieces.Within(last, last + 1);
            }
        }

        new JsonPieces("\uD83D[1,\uDE00[7,1]").Within(8, 9).ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new JsonPlace(8, 9, JsonPlaceKind.Number));
    }
}
