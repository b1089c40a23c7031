using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Documents.Json;

namespace GatewayStack.Platform.Tests.Documents;

public sealed class CanonicalJsonTests
{
    // RFC 8785, appendix B: the bits of a double and its spelling.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_spelt_as_the_rfc_does(long bits, string expected) => CanonicalJson.FormatNumber(BitConverter.Int64BitsToDouble(bits)).ShouldBe(expected);

    [Fact]
    public void The_rfcs_example_comes_out_byte_for_byte()
    {
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        Canonical(Input).ShouldBe("""{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""");
    }

    [Fact]
    public void Members_are_ordered_by_utf16_units() =>
        Canonical("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""")
            .ShouldBe("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");

    [Fact]
    public void Every_number_reads_back_as_itself() =>
        Prop.ForAll<long>(bits =>
        {
            var number = BitConverter.Int64BitsToDouble(bits);
            return !double.IsFinite(number) || double.Parse(CanonicalJson.FormatNumber(number), CultureInfo.InvariantCulture) == number;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(new Replay(new Rnd(20261125UL, 1234567UL), Microsoft.FSharp.Core.FSharpOption<int>.None)));

    [Fact]
    public void The_canonical_form_is_a_fixed_point() =>
        Prop.ForAll<string, double, int>((text, number, integer) =>
        {
            var once = CanonicalJson.Serialize(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
            {
                ["z"] = Valid(text),
                ["a"] = double.IsFinite(number) ? number : 0,
                ["n" + Valid(text)] = new object[] { integer, true },
            }));
            return CanonicalJson.Serialize(once).AsSpan().SequenceEqual(once);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(new Replay(new Rnd(20261125UL, 1234567UL), Microsoft.FSharp.Core.FSharpOption<int>.None)));

    private static string Valid(string? text) => new([.. (text ?? string.Empty).Where(c => !char.IsSurrogate(c))]);

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Serialize(Encoding.UTF8.GetBytes(json)));
}
