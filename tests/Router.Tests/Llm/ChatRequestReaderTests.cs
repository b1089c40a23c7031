using System.Text;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm;

public sealed class ChatRequestReaderTests
{
    private const string Hello = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"","messages":[{"role":"user"}]}""", "model")]
    [InlineData("""{"model":7,"messages":[{"role":"user"}]}""", "model")]
    [InlineData("""{"model":["m"],"messages":[{"role":"user"}]}""", "model")]
    [InlineData("""{"model":"m"}""", "messages")]
    [InlineData("""{"model":"m","messages":{}}""", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "messages")]
    [InlineData("""{"model":"m","messages":"hi"}""", "messages")]
    [InlineData("""{"model":"m","messages":["hi"]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"content":"hi"}]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":1}]}""", "messages")]
    public void What_a_request_needs_is_asked_for(string body, string param) => Wrong(body).ShouldBe(param);

    [Theory]
    [InlineData("\"stream\":1", "stream")]
    [InlineData("\"stream\":\"true\"", "stream")]
    [InlineData("\"stream_options\":[]", "stream_options")]
    [InlineData("\"stream_options\":true", "stream_options")]
    [InlineData("\"stream_options\":{\"include_usage\":\"yes\"}", "stream_options")]
    [InlineData("\"stream_options\":{\"include_usage\":{}}", "stream_options")]
    [InlineData("\"stream_options\":{\"Include_Usage\":true}", "stream_options")]
    [InlineData("\"max_tokens\":\"5\"", "max_tokens")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":-1", "max_tokens")]
    [InlineData("\"max_tokens\":1.5", "max_tokens")]
    [InlineData("\"max_tokens\":1e99", "max_tokens")]
    [InlineData("\"max_tokens\":4294967296", "max_tokens")]
    [InlineData("\"max_completion_tokens\":[]", "max_completion_tokens")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":129", "n")]
    [InlineData("\"n\":\"2\"", "n")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"functions\":\"f\"", "functions")]
    public void A_wrong_type_is_refused(string member, string param) => Wrong("{\"model\":\"m\"," + Hello + "," + member + "}").ShouldBe(param);

    [Theory]
    [InlineData("\"Model\":\"other\"", "model")]
    [InlineData("\"MODEL\":\"other\"", "model")]
    [InlineData("\"Messages\":[]", "messages")]
    [InlineData("\"Stream\":true", "stream")]
    [InlineData("\"Max_Tokens\":9", "max_tokens")]
    [InlineData("\"MAX_COMPLETION_TOKENS\":9", "max_completion_tokens")]
    [InlineData("\"N\":9", "n")]
    [InlineData("\"Tools\":[]", "tools")]
    [InlineData("\"User\":\"bob\"", "user")]
    [InlineData("\"Safety_Identifier\":\"bob\"", "safety_identifier")]
    [InlineData("\"Metadata\":{}", "metadata")]
    public void Another_case_of_a_known_member_is_refused(string member, string param) => Wrong("{\"model\":\"m\"," + Hello + "," + member + "}").ShouldBe(param);

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","Content":"hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","ROLE":"system"}]}""")]
    public void Another_case_inside_a_message_is_refused(string body) => Wrong(body).ShouldBe("messages");

    [Fact]
    public void Texts_next_to_one_another_know_what_stands_beyond()
    {
        var body = Encoding.UTF8.GetBytes("""
            {"model":"m","messages":[
            {"role":"user","content":[{"type":"text","text":"4111"},{"type":"text","text":"1111","cache_control":{"type":"ephemeral","ttl":"1h"},"note":"about this"},{"type":"text","text":"ok"},
              {"type":"image_url","image_url":{"url":"https://a.example/x.png"}},{"type":"text","text":"alone"}]},
            {"role":"user","content":"apart"}]}
            """);
        ChatRequestReader.TryRead(body, out var request, TestContext.Current.CancellationToken).ShouldBeNull();
        using (request)
        {
            request!.Segments.Where(s => s.Part is "text" or "content").Select(s => (s.Text, s.Before, s.After)).ShouldBe(
            [
                ("4111", null, "\u001F1111\u001Fok"), ("1111", "4111\u001F", "\u001Fok"), ("ok", "4111\u001F1111\u001F", null), ("alone", null, null), ("apart", null, null),
            ]);
        }
    }

    [Fact]
    public void What_is_decided_on_is_read()
    {
        using var request = Read("""
            {"model":"m","stream":true,"stream_options":{"include_usage":true},"max_tokens":5,"max_completion_tokens":9,"n":3,
             "tools":[{"type":"function","function":{"name":"look"}},{"type":"web_search"}],"functions":[{"name":"old"}],"messages":[{"role":"user","content":"hi"}]}
            """);
        request.Model.Model.ShouldBe("m");
        request.Model.Stream.ShouldBeTrue();
        request.Model.MaxTokens.ShouldBe(9);
        request.Model.Choices.ShouldBe(3);
        request.Model.Tools.ShouldBe(["look", "web_search", "old"]);
        request.AsksForUsage.ShouldBeTrue();
    }

    [Fact]
    public void Nulls_stand_for_nothing_said()
    {
        using var request = Read("""{"model":"m","stream":null,"stream_options":null,"max_tokens":null,"n":null,"tools":null,"user":null,"messages":[{"role":"user","content":null}]}""");
        request.Model.Stream.ShouldBeFalse();
        request.Model.MaxTokens.ShouldBeNull();
        request.Model.Choices.ShouldBe(1);
        request.AsksForUsage.ShouldBeFalse();
        request.Segments.ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_of_every_kind_of_message_is_a_segment()
    {
        using var request = Read("""
            {"model":"m","messages":[
              {"role":"system","content":"s"},
              {"role":"developer","content":[{"type":"text","text":"d"}]},
              {"role":"user","name":"Bob","content":[{"type":"text","text":"u1"},{"type":"image_url","image_url":{"url":"data:x"}},{"type":"text","text":"u2"}]},
              {"role":"assistant","content":null,"refusal":"no","tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":\"t\"}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":"result"}
            ]}
            """);
        request.Segments.Select(s => $"{s.Pointer} {s.Origin} {s.Part} {s.MediaType} {s.Text}").ShouldBe(
        [
            "/messages/0/content System content text/plain s",
            "/messages/1/content/0/text System text text/plain d",
            "/messages/2/name User name text/plain Bob",
            "/messages/2/content/0/text User text text/plain u1",
            "/messages/2/content/2/text User text text/plain u2",
            "/messages/3/refusal Assistant refusal text/plain no",
            "/messages/3/tool_calls/0/function/name Assistant name text/plain f",
            "/messages/3/tool_calls/0/function/arguments ToolArguments arguments application/json {\"a\":\"t\"}",
            "/messages/4/content ToolResult content text/plain result",
        ]);
        request.Segments.Select(s => s.Id).ShouldBe(Enumerable.Range(0, 9));
        request.Segments.Select((s, i) => request.SegmentElements[i].GetString() == s.Text).ShouldAllBe(same => same);
        request.Unscanned.Select(u => (u.Pointer, u.Type, u.Reason)).ShouldBe([("/messages/2/content/1/image_url", "image_url", "not_text")]);
    }

    [Fact]
    public void Unknown_members_are_scanned_too()
    {
        using var request = Read("""{"model":"m","extra":{"deep":[{"a/b~c":"x"}]},"metadata":{"k":"v"},"stop":["halt"],"messages":[{"role":"user","content":"hi"}]}""");
        request.Segments.Select(s => s.Pointer + " " + s.Text).ShouldBe(
            ["/messages/0/content hi", "/extra/deep/0 a/b~c", "/extra/deep/0/a~1b~0c x", "/metadata/k v", "/stop/0 halt"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("write to alice@example.com")]
    [InlineData("4111 1111 1111 1111")]
    [InlineData("Patient: John")]
    public void A_text_cannot_hide_in_the_name_of_a_member(string name)
    {
        using var request = Read("{\"model\":\"m\"," + Hello + ",\"metadata\":{\"" + name + "\":1},\"" + name + "\":true}");
        var names = request.Segments.Where(s => s.Text == name).ToList();
        names.Count.ShouldBe(2);
        names.ShouldAllBe(s => !s.Editable);
    }

    [Theory]
    [InlineData("models", "[\"other\"]")]
    [InlineData("fallbacks", "[\"other\"]")]
    [InlineData("API_BASE", "\"http://evil\"")]
    [InlineData("base_url", "\"http://evil\"")]
    [InlineData("api_key", "\"sk-own\"")]
    [InlineData("Provider", "{}")]
    [InlineData("extra_headers", "{}")]
    [InlineData("user_config", "{\"model_list\":[]}")]
    [InlineData("extra_body", "{\"model\":\"other\"}")]
    public void A_request_cannot_choose_where_it_goes(string member, string value) => Wrong("{\"model\":\"m\"," + Hello + ",\"" + member + "\":" + value + "}").ShouldBe(member);

    [Fact]
    public void Texts_are_bounded_by_number_and_by_name()
    {
        Wrong("{\"model\":\"m\"," + Hello + ",\"x\":[" + string.Join(',', Enumerable.Repeat("\"\"", 20_001)) + "]}").ShouldBeNull();
        Wrong("{\"model\":\"m\"," + Hello + ",\"" + new string('x', 257) + "\":1}").ShouldBeNull();
        Wrong("{\"model\":\"" + new string('x', 257) + "\"," + Hello + "}").ShouldBe("model");
    }

    [Theory]
    [InlineData("image_url", "{\"url\":\"https://a/b\"}")]
    [InlineData("input_audio", "{\"data\":\"UklG\",\"format\":\"wav\"}")]
    [InlineData("file", "{\"file_data\":\"JVBE\"}")]
    [InlineData("image_url", "\"data:image/png;base64,AAAA\"")]
    public void Media_is_a_fact_and_not_a_text(string type, string value)
    {
        using var request = Read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"" + type + "\",\"" + type + "\":" + value + "}]}]}");
        request.Unscanned.ShouldHaveSingleItem().Type.ShouldBe(type);
        request.Segments.ShouldBeEmpty();
    }

    [Fact]
    public void A_tools_parameter_that_is_called_file_is_no_media()
    {
        const string schema = """{"type":"object","properties":{"file":{"type":"string","description":"write to alice@example.com"},"image_url":{"type":"string"}}}""";
        using var request = Read("{\"model\":\"m\"," + Hello + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":" + schema
            + "}}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":" + schema + "}}}");
        request.Unscanned.ShouldBeEmpty();
        request.Segments.Count(s => s.Text.Contains('@')).ShouldBe(2);
    }

    [Theory]
    [InlineData("id", "4111 1111 1111 1111")]
    [InlineData("id", "123-45-6789")]
    [InlineData("tool_call_id", "alice@example.com")]
    [InlineData("type", "My patient John has cancer")]
    [InlineData("format", "10.0.0.1")]
    [InlineData("detail", "sk-abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst")]
    public void A_text_cannot_hide_in_a_member_for_identifiers(string member, string text)
    {
        using var request = Read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"" + member + "\":\"" + text + "\"}],\"x\":{\"" + member + "\":\"" + text + "\"}}");
        var hidden = request.Segments.Where(s => s.Text == text).ToList();
        hidden.Count.ShouldBe(2);
        hidden.ShouldAllBe(s => !s.Editable);
    }

    [Fact]
    public void A_tools_name_cannot_be_edited_and_its_description_can()
    {
        using var request = Read("{\"model\":\"m\"," + Hello + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"does\"}}]}");
        request.Segments.Single(s => s.Part == "name").ShouldSatisfyAllConditions(s => s.Editable.ShouldBeFalse(), s => s.Origin.ShouldBe(SegmentOrigin.ToolDefinition));
        request.Segments.Single(s => s.Part == "description").Editable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"enum\":[\"Berlin\",\"x\"]", true)]
    [InlineData("\"const\":\"Berlin\"", true)]
    [InlineData("\"default\":\"Berlin\"", true)]
    [InlineData("\"examples\":[\"Berlin\"]", true)]
    [InlineData("\"pattern\":\"Berlin\"", false)]
    [InlineData("\"required\":[\"Berlin\"]", false)]
    public void Values_that_a_tools_schema_lists_can_be_edited_and_its_rules_cannot(string members, bool editable)
    {
        using var request = Read("{\"model\":\"m\"," + Hello
            + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"properties\":{\"place\":{" + members + "}}}}}]}");
        request.Segments.Single(s => s.Text == "Berlin").Editable.ShouldBe(editable);
    }

    [Theory]
    [InlineData("alice@example.com")]
    [InlineData("my_secret_member")]
    public void A_part_is_a_fixed_word_and_never_a_members_name(string name)
    {
        using var request = Read("{\"model\":\"m\"," + Hello + ",\"x\":{\"" + name + "\":\"bob\"},\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"" + name + "\":\"z\"}}}]}");
        request.Segments.Where(s => s.Text is "bob" or "z").Select(s => s.Part).ShouldBe(["other", "other"]);
        request.Segments.Select(s => s.Part).ShouldAllBe(p => p == "content" || p == "name" || p == "other");
    }

    [Fact]
    public void Only_the_name_that_is_replaced_is_left_out()
    {
        using var request = Read("{\"model\":\"m\"," + Hello + ",\"metadata\":{\"user_id\":\"alice\",\"deep\":{\"user_id\":\"bob\"}}}");
        request.Segments.Select(s => s.Text).ShouldBe(["hi", "bob"]);
    }

    [Theory]
    [InlineData("{\\\"a\\\":\\\"t\\\"}", "application/json", SegmentOrigin.ToolArguments)]
    [InlineData(" [1]", "application/json", SegmentOrigin.ToolArguments)]
    [InlineData("write to bob", "text/plain", SegmentOrigin.User)]
    [InlineData("{not json", "text/plain", SegmentOrigin.User)]
    [InlineData("12", "text/plain", SegmentOrigin.User)]
    public void What_is_called_input_is_json_where_it_is_json(string text, string mediaType, SegmentOrigin origin)
    {
        foreach (var name in (string[])["input", "arguments"])
        {
            using var request = Read("{\"model\":\"m\"," + Hello + ",\"x\":{\"" + name + "\":\"" + text + "\"}}");
            request.Segments.Single(s => s.Part == name).ShouldSatisfyAllConditions(s => s.MediaType.ShouldBe(mediaType), s => s.Origin.ShouldBe(origin), s => s.Editable.ShouldBeTrue());
        }
    }

    [Theory]
    [InlineData("{\\\"card\\\":4111}", "application/json")]
    [InlineData("[\\\"J\\\\u00f6rg\\\"]\\n", "application/json")]
    [InlineData("{\\\"a\\\":1}\\n{\\\"a\\\":2}", "application/json")]
    [InlineData("Result: {\\\"a\\\":1}", "text/plain")]
    [InlineData("[EMAIL_1] asks", "text/plain")]
    [InlineData("{\\\"a\\\":1", "text/plain")]
    public void A_text_that_is_json_is_read_as_json_whoever_says_it(string text, string mediaType)
    {
        using var request = Read(
            $$$"""{"model":"m","messages":[{"role":"user","content":"{{{text}}}"},{"role":"assistant","content":[{"type":"text","text":"{{{text}}}"}]},{"role":"tool","tool_call_id":"c","content":"{{{text}}}"}]}""");
        request.Segments.Select(s => (s.MediaType, s.Origin, s.Editable)).ShouldBe(
            [(mediaType, SegmentOrigin.User, true), (mediaType, SegmentOrigin.Assistant, true), (mediaType, SegmentOrigin.ToolResult, true)]);
    }

    [Fact]
    public void The_arguments_of_a_call_are_json_even_where_they_are_broken_off()
    {
        using var request = Read("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":\"b"}},{"id":"d","type":"custom","custom":{"name":"g","input":"run it"}}]}]}""");
        request.Segments.Where(s => s.Part is "arguments" or "input").Select(s => (s.MediaType, s.Origin)).ShouldBe([("application/json", SegmentOrigin.ToolArguments), ("text/plain", SegmentOrigin.ToolArguments)]);
    }

    [Fact]
    public void What_the_model_has_answered_belongs_to_an_earlier_turn() =>
        Read("""
            {"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"one"},{"role":"assistant","content":"two"},
            {"role":"tool","content":"three"},{"role":"user","content":"four"}],"tools":[{"type":"function","function":{"name":"f","description":"five"}}]}
            """).Segments.Where(s => s.Earlier).Select(s => s.Text).ShouldBe(["s", "one", "two"]);

    [Fact]
    public void Without_an_answer_nothing_is_of_an_earlier_turn() =>
        Read("""{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"one"}]}""").Segments.ShouldAllBe(s => !s.Earlier);

    private static ChatRequest Read(string body)
    {
        ChatRequestReader.TryRead(Texts.Utf8(body), out var request).ShouldBeNull();
        return request!;
    }

    private static string? Wrong(string body)
    {
        var wrong = ChatRequestReader.TryRead(Texts.Utf8(body), out var request);
        request.ShouldBeNull();
        return wrong.ShouldNotBeNull().Param;
    }
}
