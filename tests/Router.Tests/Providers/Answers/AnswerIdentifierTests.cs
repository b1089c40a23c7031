using GatewayStack.Router.Providers.Answers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers.Answers;

public sealed class AnswerIdentifierTests
{
    [Theory]
    [InlineData("id", "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT")]
    [InlineData("id", "chatcmpl-550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("id", "call_DdmO9pD3xa9XTPNJ32zg2hcA")]
    [InlineData("id", "gen-1732650000-abcdefghij")]
    [InlineData("tool_call_id", "toolu_01A09q90qw90lq917835lq9")]
    [InlineData("model", "gpt-4.1-2025-04-14")]
    [InlineData("model", "accounts/fireworks/models/llama-v3p1-405b-instruct")]
    [InlineData("system_fingerprint", "fp_44709d6fcb")]
    [InlineData("name", "calendar.create_event-2")]
    [InlineData("finish_reason", "stop")]
    [InlineData("object", "chat.completion.chunk")]
    [InlineData("service_tier", "")]
    public void What_looks_like_one_is_one(string member, string value) => AnswerIdentifier.Is(member, Texts.Utf8(value)).ShouldBeTrue();

    [Theory]
    [InlineData("id", "4111111111111111")]
    [InlineData("id", "card-4111-1111-1111-1111")]
    [InlineData("id", "078-05-1120")]
    [InlineData("id", "My patient John has cancer")]
    [InlineData("model", "alice@example.com")]
    [InlineData("name", "tel-555-123-4567")]
    [InlineData("name", "write to John")]
    [InlineData("name", "Zo\\u00eb")]
    [InlineData("role", "Zoë")]
    public void What_does_not_is_a_text(string member, string value) => AnswerIdentifier.Is(member, Texts.Utf8(value)).ShouldBeFalse();
}
