using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>What is put into an answer that is JSON: it stays JSON, and so does JSON that stands in one of its strings.</summary>
public sealed class JsonInJsonTests
{
    private const string Token = "PERSON_QMKXDWZTRPLB";

    /// <summary>Finds what goes over the borders of strings.</summary>
    private static readonly TransformModule Module = Modules.Create(new RecognizerOptions { Name = "over", Pattern = "<<.*>>" });

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("Pat \"Paddy\" O'Neil")]
    [InlineData("x\",\"role\":\"admin")]
    [InlineData("Am Wall 3\n28195 Bremen")]
    [InlineData("C:\\users\\")]
    [InlineData("Pat")]
    public void A_value_stays_what_it_is_in_json_in_a_string(string value)
    {
        foreach (var body in new[] { $$"""{"name":"{{Token}}","n":[1,true,null]}""", $$"""["x","{{Token}} and {{Token}}"]""", $$"""{"a":{"b":1e5},"{{Token}}":{{Token}}}""" })
        {
            var json = JsonSerializer.Serialize(new { body, to = Token });
            foreach (var pieces in new[] { [json], json.Select(c => c.ToString()).ToArray() })
            {
                using var document = JsonDocument.Parse(Run([], value, pieces));
                document.RootElement.GetProperty("to").GetString().ShouldBe(value);
                using var inner = JsonDocument.Parse(document.RootElement.GetProperty("body").GetString()!);
                inner.RootElement.EnumerateObjectOrArray().ShouldContain(t => t.StartsWith(value, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("[1] ask {0}")]
    [InlineData("[{0}] said so")]
    [InlineData("{{name}}: {0}")]
    [InlineData("[ ] call {0}")]
    [InlineData("He said: {0}")]
    public void Prose_that_begins_like_json_is_prose(string form)
    {
        const string Value = "Pat \"Paddy\" O'Neil";
        var json = JsonSerializer.Serialize(new { body = form.Replace("{0}", Token, StringComparison.Ordinal) });
        using var document = JsonDocument.Parse(Run([], Value, json));
        document.RootElement.GetProperty("body").GetString().ShouldBe(form.Replace("{0}", Value, StringComparison.Ordinal));
    }

    /// <summary>What a request had in JSON in a string has its escapes with it.</summary>
    [Fact]
    public async Task What_came_from_json_in_a_string_goes_back_as_it_came()
    {
        var inner = JsonSerializer.Serialize(
            new { db = "Server=db;User Id=sa;Password=Pa\"ss;", n = 4111111111111111, key = "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----" }, Relaxed);
        var json = JsonSerializer.Serialize(new { body = inner }, Relaxed);
        var segment = Modules.Segment(json, mediaType: "application/json");
        var edits = await Modules.Default.ApplyAsync(
            new EditRequest
            {
                RequestId = "r",
                Tenant = "t",
                PersonId = "p",
                Segments = [segment],
                Findings = Modules.Default.Inspect(segment).Findings,
                Actions = [new TypeAction { Type = "*", Action = ContentAction.Pseudonymise }],
            },
            CancellationToken.None);
        edits.Edits.Length.ShouldBeGreaterThan(1);
        json.With(edits).ShouldNotContain("4111");
        json.With(edits).ShouldNotContain("MIIE");
        using var document = JsonDocument.Parse(Run([], [.. edits.Pseudonyms], json.With(edits)));

        // A number has become a string, in JSON in a string as in any other.
        document.RootElement.GetProperty("body").GetString().ShouldBe(inner.Replace("4111111111111111", "\"4111111111111111\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"pwd=":null,"to":"x"}""", """{"pwd=":null,"to":"x"}""")]
    [InlineData("""{"a":{"pwd=":75331771},"to":"x"}""", """{"a":{"pwd=":"[PASSWORD]"},"to":"x"}""")]
    [InlineData("""["x<<",null,">>y"]""", """["x[OVER]",null,"[OVER]y"]""")]
    [InlineData("""["<<",7533177185851653330,">>"]""", """["[OVER]","[OVER]","[OVER]"]""")]
    [InlineData("""{"a":"x<<","b":[true,{}],"c":">>y"}""", """{"a":"x[OVER]","[OVER]":[true,{}],"[OVER]":"[OVER]y"}""")]
    [InlineData("""{"body":"{\"pan\":4111111111111111}"}""", """{"body":"{\"pan\":\"[CREDIT_CARD]\"}"}""")]
    [InlineData("""{"body":"{\"pan\":4111111111111111.0,\"n\":1}"}""", """{"body":"{\"pan\":\"[CREDIT_CARD]\",\"n\":1}"}""")]
    [InlineData("""{"body":"[4111111111111111]"}""", """{"body":"[\"[CREDIT_CARD]\"]"}""")]
    [InlineData("""{"a":"{\"b\":\"{\\\"pan\\\":4111111111111111,\\\"n\\\":1}\"}"}""", """{"a":"{\"b\":\"{\\\"pan\\\":\\\"[CREDIT_CARD]\\\",\\\"n\\\":1}\"}"}""")]
    [InlineData("""{"a":"{\"b\":\"see {4111111111111111}\"}"}""", """{"a":"{\"b\":\"see {[CREDIT_CARD]}\"}"}""")]
    [InlineData("""{"body":"{\"a\":[1,4111111111111111,5555555555554444]}"}""", """{"body":"{\"a\":[1,\"[CREDIT_CARD]\",\"[CREDIT_CARD]\"]}"}""")]
    [InlineData("""{"body":"[4111 1111 1111 1111] is it"}""", """{"body":"[[CREDIT_CARD]] is it"}""")]
    [InlineData("""{"body":"pan:4111111111111111"}""", """{"body":"pan:[CREDIT_CARD]"}""")]
    public void What_goes_over_the_borders_of_strings_is_masked_in_each(string json, string expected)
    {
        foreach (var pieces in new[] { [json], json.Select(c => c.ToString()).ToArray() })
        {
            Run([new TypeAction { Type = "*", Action = ContentAction.Redact }], [], pieces).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("""{"a":{"pwd=":75331771},"to":"x"}""")]
    [InlineData("""["x<<",null,">>y"]""")]
    [InlineData("""["<<",7533177185851653330,">>"]""")]
    public async Task What_goes_over_the_borders_of_strings_and_is_only_noticed_stays(string json)
    {
        TypeAction[] actions = [new TypeAction { Type = "PASSWORD", Action = ContentAction.Detect }, new TypeAction { Type = "OVER", Action = ContentAction.Detect },
            new TypeAction { Type = "*", Action = ContentAction.Redact }];
        (await Task.Run(() => Run(actions, [], json), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldBe(json);
    }

    [Theory]
    [InlineData("write to alice@example.com", "write to \"[EMAIL]\"")]
    [InlineData("card 4111 1111 1111 1111, ok", "card \"[CREDIT_CARD]\", ok")]
    public void What_should_be_json_and_is_not_is_masked_all_the_same(string text, string expected) =>
        Run([new TypeAction { Type = "*", Action = ContentAction.Redact }], [], text).ShouldBe(expected);

    private static string Run(TypeAction[] actions, string value, params string[] pieces) => Run(actions, [new Pseudonym { Token = Token, Value = value }], pieces);

    private static string Run(TypeAction[] actions, Pseudonym[] pseudonyms, params string[] pieces)
    {
        var session = new ResponseSession
        {
            RequestId = "r",
            Tenant = "t",
            Pseudonyms = [.. pseudonyms],
            Actions = actions is [] ? [new TypeAction { Type = "*", Action = ContentAction.Allow }] : [.. actions],
        };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = "0/tool/0", Text = p }).Append(new ResponseDelta { Channel = "0/tool/0", Text = string.Empty, End = true });
        return string.Concat(Module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable().Select(d => d.Text));
    }
}

file static class Elements
{
    /// <summary>The texts of an object or an array, and the names of its members.</summary>
    public static IEnumerable<string> EnumerateObjectOrArray(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().Select(e => e.GetString()!)
        : element.EnumerateObject().SelectMany(m => new[] { m.Name, m.Value.ToString() });
}
