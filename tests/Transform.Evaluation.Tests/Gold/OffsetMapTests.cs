using FsCheck.Xunit;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Transform.Evaluation.Tests.Gold;

/// <summary>Offsets in other units.</summary>
public class OffsetMapTests
{
    // a is one of each, é two bytes, € three, the smile two UTF-16 units, one code point, four bytes.
    private const string Text = "aé€😀b";

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 3, 6)]
    [InlineData(5, 4, 10)]
    [InlineData(6, 5, 11)]
    public void Offsets_are_mapped_there_and_back(int utf16, int codePoints, int utf8)
    {
        Check(OffsetUnit.Utf16, utf16);
        Check(OffsetUnit.CodePoints, codePoints);
        Check(OffsetUnit.Utf8, utf8);

        void Check(OffsetUnit unit, int expected)
        {
            var map = OffsetMap.Of(Text, unit);
            map.FromUtf16(utf16).ShouldBe(expected);
            map.ToUtf16(expected).ShouldBe(utf16);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    [InlineData(2)]
    public void What_is_no_offset_of_a_character_is_none(int utf8) => OffsetMap.Of(Text, OffsetUnit.Utf8).ToUtf16(utf8).ShouldBeNull();

    [Fact]
    public void Lone_surrogates_count_as_one()
    {
        var map = OffsetMap.Of("\ud83dx\ude00", OffsetUnit.CodePoints);
        map.FromUtf16(3).ShouldBe(3);
        OffsetMap.Of("\ud83dx", OffsetUnit.Utf8).FromUtf16(1).ShouldBe(3);
    }

    [Property]
    public void Bytes_are_those_of_the_encoder(FsCheck.UnicodeString value)
    {
        var text = value.Get ?? string.Empty;
        OffsetMap.Of(text, OffsetUnit.Utf8).FromUtf16(text.Length).ShouldBe(System.Text.Encoding.UTF8.GetByteCount(text));
        OffsetMap.Of(text, OffsetUnit.CodePoints).FromUtf16(text.Length).ShouldBe(text.EnumerateRunes().Count());
    }
}
