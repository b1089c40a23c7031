using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Llm.Attachments;
using GatewayStack.Transform.Tests.Scanning;

namespace GatewayStack.Router.Tests.Llm.Attachments;

/// <summary>JSON in strings of JSON is read as deep as Transform reads it, and what goes deeper is told.</summary>
public sealed class DeepJsonTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData(0, false)]
    [InlineData(JsonContent.MostStrings, false)]
    [InlineData(JsonContent.MostStrings + 1, true)]
    [InlineData(JsonContent.MostStrings + 2, true)]
    public void What_goes_deeper_is_told(int depth, bool isTold)
    {
        foreach (var options in new[] { JsonSerializerOptions.Default, Relaxed })
        {
            var json = """{"to":"alice@example.com"}""";
            for (var i = 0; i < depth; i++)
            {
                json = JsonSerializer.Serialize(new { j = json }, options);
            }

            foreach (var text in new[] { json, $"see {json} there" })
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new { model = "m", messages = new[] { new { role = "user", content = text } } });
                ChatRequestReader.TryRead(body, out var request, TestContext.Current.CancellationToken).ShouldBeNull();
                using (request)
                {
                    request!.Unscanned.Select(u => (u.Pointer, u.Type, u.Reason)).ShouldBe(isTold ? [("/messages/0/content", "nested_json", "too_deep")] : []);
                }
            }
        }
    }

    [Theory]
    [InlineData("C:\\\\users\\\\nina")]
    [InlineData("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\ a line")]
    [InlineData("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\")]
    [InlineData("\\\\\\\\\\\\\\\"")]
    public void Other_backslashes_are_nothing(string text) => DeepJson.IsIn(text).ShouldBeFalse();

    [Theory]
    [InlineData("\\")]
    [InlineData("\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\x")]
    public void A_look_costs_what_the_text_is_long(string unit) => Effort.Growth(unit, t => () => DeepJson.IsIn(t), few: 10_000, times: 100).ShouldBeLessThan(4);
}
