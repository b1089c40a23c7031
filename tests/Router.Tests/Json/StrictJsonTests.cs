using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Router.Json;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Json;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"b":0,"\u0061":2}""")]
    [InlineData("""{"\u0061":1,"\u0061":2}""")]
    [InlineData("""{"x":{"model":"a","model":"b"}}""")]
    [InlineData("""{"x":[{"y":[{"k":1,"k":1}]}]}""")]
    [InlineData("""{"":1,"":2}""")]
    [InlineData("""{"é":1,"\u00e9":2}""")]
    [InlineData("""{"😀":1,"\ud83d\ude00":2}""")]
    public void A_member_that_stands_twice_is_refused_in_every_spelling(string body) => Refused(body);

    [Theory]
    [InlineData("""{} x""")]
    [InlineData("""{}{}""")]
    [InlineData("""{"a":1}]""")]
    [InlineData("{}\0")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":[1,]}""")]
    [InlineData("""{/**/}""")]
    [InlineData("{}//x")]
    [InlineData("""{'a':1}""")]
    [InlineData("""{a:1}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":"\x41"}""")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("""{"a":1""")]
    [InlineData("﻿{}")]
    public void What_two_parsers_could_read_differently_is_refused(string body) => Refused(body);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("\"a\"")]
    [InlineData("1")]
    [InlineData("null")]
    public void Only_an_object_is_a_request(string body) => Refused(body);

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\uDC00"}""")]
    [InlineData("""{"a":"\ud800x"}""")]
    [InlineData("""{"a":"\ud800\u0041"}""")]
    [InlineData("""{"a":"\ud800\ud800\udc00"}""")]
    [InlineData("""{"a":"\udc00\ud800"}""")]
    [InlineData("""{"a":"\ud83d\ude00\ud83d"}""")]
    [InlineData("""{"a":"\\\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":{"b":["\uD8fF\n"]}}""")]
    public void A_lone_surrogate_is_refused_in_values_and_names(string body) => Refused(body);

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00"}""")]
    [InlineData("""{"a":"\\ud800"}""")]
    [InlineData("""{"a":"\\\\ud800","b":"\"\\u"}""")]
    [InlineData("""{"\uD83D\uDE00":"\uD83D\uDE00\uD83D\uDE00"}""")]
    [InlineData(""" {"a" : [1.10, 9007199254740993] } """)]
    [InlineData("{}")]
    public void Good_bodies_pass(string body)
    {
        StrictJson.TryParse(Texts.Utf8(body), out var document).ShouldBeNull();
        document!.Dispose();
    }

    [Theory]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC0, 0xAE, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'{', 0, (byte)'}' })]
    [InlineData(new byte[] { (byte)'{', 0, (byte)'}', 0 })]
    public void Bytes_that_are_no_utf8_are_refused(byte[] body)
    {
        StrictJson.TryParse(body, out var document).ShouldNotBeNull();
        document.ShouldBeNull();
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Depth_is_bounded(int arrays, bool good)
    {
        var body = "{\"a\":" + new string('[', arrays) + new string(']', arrays) + "}";
        (StrictJson.TryParse(Texts.Utf8(body), out var document) is null).ShouldBe(good);
        document?.Dispose();
    }

    [Fact]
    public void The_words_for_the_caller_quote_nothing_of_the_body()
    {
        var problem = StrictJson.TryParse(Texts.Utf8("""{"secret-name":1,"secret-name":tru}"""), out _);
        problem.ShouldNotBeNull().ShouldNotContain("secret");
    }

    [Property(MaxTest = 500)]
    public void What_is_accepted_reads_whole_and_is_found_where_it_stands(int seed)
    {
        var body = Texts.Utf8(new RandomJson(seed).Object([("first", new RandomJson(seed).Value()), ("second", new RandomJson(seed + 1).Value())]));
        StrictJson.TryParse(body, out var document).ShouldBeNull();
        using (document)
        {
            foreach (var member in document!.RootElement.EnumerateObject())
            {
                var place = StrictJson.Locate(body, member.Value);
                Texts.Text(body[place]).ShouldBe(member.Value.GetRawText());
            }

            ReadAll(document.RootElement);
        }
    }

    private static void ReadAll(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    member.Name.ShouldNotBeNull();
                    ReadAll(member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadAll(item);
                }

                break;
            case JsonValueKind.String:
                element.GetString().ShouldNotBeNull();
                break;
            default:
                break;
        }
    }

    private static void Refused(string body)
    {
        StrictJson.TryParse(Texts.Utf8(body), out var document).ShouldNotBeNull();
        document.ShouldBeNull();
    }
}
