using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Router.Json;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Json;

public sealed class BodySplicesTests
{
    [Fact]
    public void Without_changes_the_very_same_bytes_come_out()
    {
        ReadOnlyMemory<byte> body = Texts.Utf8("""{ "a" : 1.10 }""");
        new BodySplices().Apply(body).Equals(body).ShouldBeTrue();
    }

    [Fact]
    public void Insertions_at_one_place_stand_in_the_order_they_were_asked_for()
    {
        var splices = new BodySplices();
        splices.Insert(1, BodySplices.Member("a", "1"u8));
        splices.Insert(1, BodySplices.Member("b", BodySplices.Literal(2)));
        Texts.Text(splices.Apply(Texts.Utf8("""{"z":0}"""))).ShouldBe("""{"a":1,"b":2,"z":0}""");
    }

    [Property(MaxTest = 500)]
    public void Untouched_members_keep_every_byte(int seed)
    {
        var random = new RandomJson(seed);
        var members = Enumerable.Range(0, 5).Select(i => ("m" + i, random.Value())).ToArray();
        var body = Texts.Utf8(random.Object(members));
        using var document = JsonDocument.Parse(body);
        var splices = new BodySplices();
        var changed = random.Shuffle([0, 1, 2, 3, 4])[..random.Next(4)];
        foreach (var i in changed)
        {
            splices.Replace(StrictJson.Locate(body, document.RootElement.GetProperty("m" + i)), BodySplices.Literal("new " + i));
        }

        splices.Insert(StrictJson.Locate(body, document.RootElement).Start.Value + 1, BodySplices.Member("added", "true"u8));
        using var result = JsonDocument.Parse(splices.Apply(body));
        result.RootElement.GetProperty("added").GetBoolean().ShouldBeTrue();
        for (var i = 0; i < members.Length; i++)
        {
            var now = result.RootElement.GetProperty("m" + i);
            if (changed.Contains(i))
            {
                now.GetString().ShouldBe("new " + i);
            }
            else
            {
                now.GetRawText().ShouldBe(document.RootElement.GetProperty("m" + i).GetRawText());
            }
        }
    }

    [Property(MaxTest = 500)]
    public void A_literal_reads_back(string text)
    {
        var scalar = new string([.. (text ?? string.Empty).Where(c => !char.IsSurrogate(c))]) + "\"\\\u2028\0😀";
        JsonSerializer.Deserialize<string>(BodySplices.Literal(scalar)).ShouldBe(scalar);
    }
}
