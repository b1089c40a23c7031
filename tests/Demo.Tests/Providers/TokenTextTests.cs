using System.Text;
using FsCheck.Xunit;
using GatewayStack.Demo.Providers;

namespace GatewayStack.Demo.Tests.Providers;

public sealed class TokenTextTests
{
    [Property]
    public bool Tokens_are_the_text_and_are_counted_the_same(string? text)
    {
        var tokens = TokenText.Split(text ?? string.Empty);
        return string.Concat(tokens) == (text ?? string.Empty) && tokens.Length == TokenText.Count(text ?? string.Empty) && tokens.All(t => t.Length > 0);
    }

    [Property]
    public bool There_are_never_more_tokens_than_bytes(string? text) => TokenText.Count(text ?? string.Empty) <= Encoding.UTF8.GetByteCount(text ?? string.Empty);

    [Fact]
    public void A_character_is_never_cut_in_two()
    {
        var text = string.Concat(Enumerable.Repeat("a\U0001F600", 50));
        TokenText.Split(text).Any(t => char.IsLowSurrogate(t[0]) || char.IsHighSurrogate(t[^1])).ShouldBeFalse();
    }
}
