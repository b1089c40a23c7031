using FsCheck.Xunit;
using GatewayStack.Audit.Postgres;

namespace GatewayStack.Audit.Tests.Postgres;

public sealed class StoredTextTests
{
    [Fact]
    public void Short_texts_stay_and_long_ones_are_told_apart_by_the_whole()
    {
        StoredText.Of(new string('x', 256)).ShouldBe(new string('x', 256));
        var (one, two) = (StoredText.Of(new string('x', 257)), StoredText.Of(new string('x', 258)));
        one.ShouldNotBe(two);
        one.ShouldStartWith(new string('x', 256) + "#");
        new[] { "a", "a ", "a\0b", "a\0c", "a b" }.Select(StoredText.Of).Distinct().Count().ShouldBe(5);
        StoredText.OrNull(null).ShouldBeNull();
    }

    [Property]
    public void Never_is_a_long_text_stored_as_a_short_one_or_too_long_for_an_index(string? text, byte repeat)
    {
        var value = string.Concat(Enumerable.Repeat((text ?? string.Empty) + "😀", repeat + 1));
        var stored = StoredText.Of(value);
        System.Text.Encoding.UTF8.GetByteCount(stored).ShouldBeLessThan(900);
        stored.Length.ShouldBe(value.Length <= 256 && !value.Contains('\0') ? value.Length : 301);

        // No character is cut in two.
        var broken = value.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);
        (stored.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar) && !broken).ShouldBeFalse();
    }
}
