using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Mcp.Protocol;

/// <summary>Messages that two parsers could read differently, and messages that claim one thing in a header and another in the body: nothing of them gets through.</summary>
public sealed class HostileMessageTests : IAsyncLifetime
{
    private const string Free = "\"name\":\"calendar.free\",\"arguments\":{}";

    private McpGateway _mcp = null!;

    public async ValueTask InitializeAsync() => _mcp = await McpGateway.StartAsync();

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    public static TheoryData<string, int, string> Malformed() => new()
    {
        { "method twice", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{%META%"name":"calendar.free"}}""" },
        { "method twice, once escaped", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/list","m\u0065thod":"tools/call","params":{%META%"name":"calendar.free"}}""" },
        { "id twice", -32700, """{"jsonrpc":"2.0","id":1,"id":2,"method":"ping","params":{%META%"a":1}}""" },
        { "name twice", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free","name":"calendar.wipe"}}""" },
        { "name twice, once escaped", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free","n\u0061me":"calendar.wipe"}}""" },
        { "params twice", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free"},"params":{"name":"calendar.wipe"}}""" },
        { "an argument twice", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free","arguments":{"a":1,"\u0061":2}}}""" },
        { "Name beside name", -32602, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free","Name":"calendar.wipe"}}""" },
        { "METHOD beside method", -32600, """{"jsonrpc":"2.0","id":1,"METHOD":"tools/call","method":"ping","params":{%META%"a":1}}""" },
        { "an array of one", -32600, """[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free"}}]""" },
        { "an array of an allowed and a denied call", -32600, """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"calendar.wipe"}}]""" },
        { "an empty array", -32600, "[]" },
        { "something after the end", -32700, """{"jsonrpc":"2.0","id":1,"method":"ping","params":{%META%"a":1}} {"x":1}""" },
        { "a comma too many", -32700, """{"jsonrpc":"2.0","id":1,"method":"ping","params":{%META%"a":1},}""" },
        { "a comment", -32700, """{"jsonrpc":"2.0",/* */"id":1,"method":"ping","params":{%META%"a":1}}""" },
        { "half a surrogate", -32700, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":"calendar.free\ud800"}}""" },
        { "no object", -32700, "\"tools/call\"" },
        { "nothing", -32700, "" },
        { "jsonrpc 1.0", -32600, """{"jsonrpc":"1.0","id":1,"method":"ping","params":{%META%"a":1}}""" },
        { "no jsonrpc", -32600, """{"id":1,"method":"ping","params":{%META%"a":1}}""" },
        { "id null", -32600, """{"jsonrpc":"2.0","id":null,"method":"ping","params":{%META%"a":1}}""" },
        { "id a fraction", -32600, """{"jsonrpc":"2.0","id":1.5,"method":"ping","params":{%META%"a":1}}""" },
        { "id an object", -32600, """{"jsonrpc":"2.0","id":{},"method":"ping","params":{%META%"a":1}}""" },
        { "method a number", -32600, """{"jsonrpc":"2.0","id":1,"method":7,"params":{%META%"a":1}}""" },
        { "method with a blank", -32600, """{"jsonrpc":"2.0","id":1,"method":"tools/call ","params":{%META%"name":"calendar.free"}}""" },
        { "request and reply at once", -32600, """{"jsonrpc":"2.0","id":1,"method":"ping","result":{},"params":{%META%"a":1}}""" },
        { "params an array", -32602, """{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}""" },
        { "params a text", -32602, """{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}""" },
        { "name a number", -32602, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"name":7}}""" },
        { "name missing", -32602, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{%META%"arguments":{}}}""" },
        { "uri missing", -32602, """{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{%META%"x":1}}""" },
        { "ref of a kind nobody knows", -32602, """{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{%META%"ref":{"type":"ref/tool","name":"x"}}}""" },
        { "subscriptions that are no texts", -32602, """{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{%META%"notifications":{"resourceSubscriptions":[7]}}}""" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_message_that_can_be_read_in_two_ways_is_refused(string what, int code, string body)
    {
        foreach (var stateless in new[] { true, false })
        {
            var message = body.Replace("%META%", stateless ? McpWire.Meta + "," : string.Empty, StringComparison.Ordinal);
            var reply = await _mcp.PostAsync(message, headers: stateless ? [("MCP-Protocol-Version", McpWire.Stateless), .. Repeated(message)] : []);
            reply.Status.ShouldBe(400, what + ": " + reply.Text);
            reply.Code.ShouldBe(code, what + ": " + reply.Text);
            _mcp.Server.Arrived.ShouldBeEmpty(what);
        }
    }

    [Theory]
    [InlineData("utf-16", "application/json")]
    [InlineData("utf-16", "application/json; charset=utf-16")]
    [InlineData("utf-16BE", "application/json")]
    [InlineData("utf-32", "application/json")]
    [InlineData("bom", "application/json")]
    [InlineData("latin1", "application/json")]
    [InlineData("utf-8", "application/json; charset=iso-8859-1")]
    [InlineData("utf-8", "text/plain")]
    [InlineData("utf-8", "application/x-www-form-urlencoded")]
    public async Task Another_encoding_than_utf_8_is_refused(string encoding, string type)
    {
        var text = McpWire.Message("tools/call", Free.Replace("{}", "{\"a\":\"é\"}", StringComparison.Ordinal));
        var bytes = encoding == "bom" ? [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)] : Encoding.GetEncoding(encoding).GetBytes(text);
        var reply = await _mcp.PostAsync(bytes, type: type);
        reply.Status.ShouldBeOneOf(400, 415);
        _mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compressed_message_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(McpWire.Message("tools/call", Free)), TestContext.Current.CancellationToken);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp/calendar") { Content = new ByteArrayContent(packed.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + McpPeople.Alice);
        request.Headers.TryAddWithoutValidation("Accept", McpWire.Both);
        (await McpReply.ReadAsync(await _mcp.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken))).Status.ShouldBe(415);
        _mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(100, false)]
    [InlineData(10_000, false)]
    public async Task Deep_messages_are_refused(int depth, bool good)
    {
        var deep = string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
        var reply = await _mcp.CallAsync("calendar.free", "{\"a\":" + deep + "}", stateless: false);
        reply.Status.ShouldBe(good ? 200 : 400, reply.Text);
        _mcp.Server.Arrived.Count.ShouldBe(good ? 1 : 0);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_its_largest_brother_is_not()
    {
        var reply = await _mcp.CallAsync("calendar.free", "{\"a\":\"" + new string('x', 65_536) + "\"}");
        reply.Status.ShouldBe(413);
        reply.Code.ShouldNotBeNull();
        _mcp.Server.Arrived.ShouldBeEmpty();
        (await _mcp.CallAsync("calendar.free", "{\"a\":\"" + new string('x', 60_000) + "\"}")).Status.ShouldBe(200);
    }

    public static TheoryData<string, string[]> Disagreements() => new()
    {
        { "no Mcp-Method", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Name: calendar.free"] },
        { "another method", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/list", "Mcp-Name: calendar.free"] },
        { "method in another case", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: Tools/Call", "Mcp-Name: calendar.free"] },
        { "method twice", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Method: tools/list", "Mcp-Name: calendar.free"] },
        { "method twice, the same", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
        { "no Mcp-Name", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call"] },
        { "another name", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.list"] },
        { "name in another case", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: Calendar.Free"] },
        { "a name that only begins so", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.free2"] },
        { "half the name", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar"] },
        { "name twice", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.free", "Mcp-Name: calendar.wipe"] },
        { "two names in one", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.free, calendar.wipe"] },
        { "another name in base64", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: =?base64?Y2FsZW5kYXIud2lwZQ==?="] },
        { "base64 that is none", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: =?base64?###?="] },
        { "base64 without its end", ["MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: =?base64?Y2FsZW5kYXIuZnJlZQ=="] },
        { "no version", ["Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
        { "version of the other era", ["MCP-Protocol-Version: 2025-11-25", "Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
        { "a later version than the body's", ["MCP-Protocol-Version: 2027-01-01", "Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
        { "version twice", ["MCP-Protocol-Version: 2026-07-28", "MCP-Protocol-Version: 2025-11-25", "Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
        { "version twice, the same", ["MCP-Protocol-Version: 2026-07-28", "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.free"] },
    };

    [Theory]
    [MemberData(nameof(Disagreements))]
    public async Task A_header_that_says_something_else_than_the_body_is_a_mismatch(string what, string[] headers)
    {
        var answer = await _mcp.RawAsync(McpWire.Message("tools/call", Free, stateless: true), headers);
        answer.ShouldStartWith("HTTP/1.1 400", Case.Sensitive, what);
        answer.ShouldContain("\"id\":1,\"error\":{\"code\":-32020,", Case.Sensitive, what);
        _mcp.Server.Arrived.ShouldBeEmpty(what);
    }

    [Theory]
    [InlineData("Mcp-Name: calendar.free")]
    [InlineData("Mcp-Name:  calendar.free  ")]
    [InlineData("Mcp-Name: =?base64?Y2FsZW5kYXIuZnJlZQ==?=")]
    [InlineData("mcp-name: calendar.free")]
    public async Task A_header_that_says_the_same_goes_through(string name)
    {
        var split = name.Split(':', 2);
        var reply = await _mcp.PostAsync(McpWire.Message("tools/call", Free, stateless: true), headers: [("MCP-Protocol-Version", McpWire.Stateless), ("Mcp-Method", "tools/call"), (split[0], split[1].TrimStart())]);
        reply.Status.ShouldBe(200, reply.Text);
        _mcp.Server.Arrived.ShouldHaveSingleItem().Headers["Mcp-Method"].ShouldBe("tools/call");
    }

    [Fact]
    public async Task In_the_session_era_headers_that_lie_are_a_mismatch_too()
    {
        var reply = await _mcp.CallAsync("calendar.free", stateless: false, headers: [("Mcp-Method", "tools/list")]);
        (reply.Status, reply.Code).ShouldBe((400, -32020));
        reply = await _mcp.CallAsync("calendar.free", stateless: false, headers: [("Mcp-Method", "tools/call"), ("Mcp-Name", "calendar.list")]);
        (reply.Status, reply.Code).ShouldBe((400, -32020));
        _mcp.Server.Arrived.ShouldBeEmpty();
        (await _mcp.CallAsync("calendar.free", stateless: false, headers: [("Mcp-Method", "tools/call"), ("Mcp-Name", "calendar.free")])).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("\"mon\"", "mon", true)]
    [InlineData("\"mon\"", "=?base64?bW9u?=", true)]
    [InlineData("\"mon\"", null, false)]
    [InlineData("\"mon\"", "tue", false)]
    [InlineData("\"mon\"", "Mon", false)]
    [InlineData("\"mon\"", "=?base64?!?=", false)]
    [InlineData(null, "mon", false)]
    [InlineData(null, null, true)]
    public async Task A_header_repeats_the_argument_that_the_tool_says(string? argument, string? header, bool good)
    {
        (string, string)[] headers = header is null ? [] : [("Mcp-Param-Day", header)];
        var reply = await _mcp.CallAsync("calendar.list", argument is null ? "{}" : "{\"day\":" + argument + "}", headers: headers);
        reply.Status.ShouldBe(good ? 200 : 400, reply.Text);
        reply.Code.ShouldBe(good ? null : -32020);
        _mcp.Server.Arrived.Count.ShouldBe(good ? 1 : 0);
    }

    [Fact]
    public async Task A_parameter_header_that_no_tool_names_is_passed_on()
    {
        (await _mcp.CallAsync("calendar.free", headers: [("Mcp-Param-Region", "eu"), ("X-Other", "1")])).Status.ShouldBe(200);
        var seen = _mcp.Server.Arrived.ShouldHaveSingleItem();
        seen.Headers["Mcp-Param-Region"].ShouldBe("eu");
        seen.Headers.ContainsKey("X-Other").ShouldBeFalse();
    }

    [Theory]
    [InlineData("1999-01-01", false)]
    [InlineData("2024-11-05", false)]
    [InlineData("draft", false)]
    [InlineData("2099-01-01", true)]
    public async Task An_unknown_version_is_told_which_are_known(string version, bool inBody)
    {
        var message = McpWire.Message("ping", stateless: inBody).Replace(McpWire.Stateless, version, StringComparison.Ordinal);
        var reply = await _mcp.PostAsync(message, headers: [("MCP-Protocol-Version", version), ("Mcp-Method", "ping")]);
        reply.Status.ShouldBe(400, reply.Text);
        reply.Code.ShouldBe(-32022, reply.Text);
        reply.Json!["error"]!["data"]!["requested"]!.GetValue<string>().ShouldBe(version);
        reply.Json!["error"]!["data"]!["supported"]!.AsArray().Select(v => (string)v!).ShouldContain(inBody ? "2026-07-28" : "2025-11-25");
        _mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{}}}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}")]
    public async Task What_the_stateless_era_requires_in_meta_is_missed(string message)
    {
        var reply = await _mcp.PostAsync(message, headers: [("MCP-Protocol-Version", McpWire.Stateless), ("Mcp-Method", "ping")]);
        (reply.Status, reply.Code).ShouldBe((400, -32602), reply.Text);
        _mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tools/call", Free)]
    [InlineData("resources/read", "\"uri\":\"calendar://today\"")]
    [InlineData("initialize", "")]
    [InlineData("vendor/secret", "")]
    public async Task A_request_inside_a_notification_reaches_nobody(string method, string parameters)
    {
        _mcp.Rules.Methods.Add("vendor/secret");
        foreach (var stateless in new[] { true, false })
        {
            var reply = await _mcp.AskAsync(method, parameters, stateless: stateless, id: null);
            reply.Status.ShouldBe(400, reply.Text);
            _mcp.Server.Arrived.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("toString")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("valueOf")]
    [InlineData("toLocaleString")]
    [InlineData("hasOwnProperty")]
    [InlineData("Calendar.List")]
    [InlineData("calendar.lis")]
    [InlineData("calendar.list2")]
    [InlineData("calendar.list ")]
    [InlineData("calendar.*")]
    [InlineData("*")]
    [InlineData("calendar.l\\u0131st")]
    [InlineData("calendar\\u002ehidden")]
    public async Task D3_a_name_that_no_rule_has_is_an_unknown_tool(string name)
    {
        foreach (var stateless in new[] { true, false })
        {
            var reply = await _mcp.PostAsync(
                McpWire.Message("tools/call", McpWire.Call(name), stateless: stateless),
                headers: stateless ? McpWire.Repeating("tools/call", Base64((string)JsonNode.Parse("\"" + name + "\"")!)) : []);
            (reply.Status, reply.Code).ShouldBe((200, -32602), reply.Text);
            _mcp.Server.Arrived.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_tool_without_a_rule_answers_like_one_that_is_not_there()
    {
        var hidden = await _mcp.CallAsync("calendar.hidden");
        var invented = await _mcp.CallAsync("calendar.invent");
        Cleaned(hidden).ShouldBe(Cleaned(invented).Replace("calendar.invent", "calendar.hidden", StringComparison.Ordinal));

        static string Cleaned(McpReply reply)
        {
            var json = reply.Json!.DeepClone();
            json["error"]!["data"]!.AsObject().Remove("request_id");
            return json.ToJsonString();
        }
    }

    [Fact]
    public async Task Arguments_are_checked_against_the_tools_schema()
    {
        var reply = await _mcp.CallAsync("calendar.create", "{\"title\":7}");
        (reply.Status, reply.Code).ShouldBe((200, -32602), reply.Text);
        reply = await _mcp.CallAsync("calendar.create");
        (reply.Status, reply.Code).ShouldBe((200, -32602), reply.Text);
        _mcp.Server.Arrived.ShouldBeEmpty();
        (await _mcp.CallAsync("calendar.create", "{\"title\":\"standup\"}")).Status.ShouldBe(200);
        _mcp.Server.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_schema_that_needs_the_network_fetches_nothing()
    {
        await using var elsewhere = await StubServer.StartAsync();
        _mcp.Server.Tools = McpWire.Tools.Replace("http://127.0.0.1:1", elsewhere.Address, StringComparison.Ordinal);
        var reply = await _mcp.CallAsync("calendar.remote", "{\"a\":1}", token: McpPeople.Nora);
        (reply.Status, reply.IsToolError).ShouldBe((200, true), reply.Text);
        _mcp.Server.Arrived.ShouldBeEmpty();
        elsewhere.Requests.ShouldBeEmpty();
    }

    /// <summary>Whatever is sent: it is refused, or what arrived says to any parser what was decided on.</summary>
    [Property(MaxTest = 150)]
    public void What_arrives_is_what_was_decided_on(int seed)
    {
        _mcp.Server.Clear();
        _mcp.Gateway.Policy.Questions.Clear();
        var (body, headers) = Scramble(seed);
        using var deadline = new CancellationTokenSource(Waiting.Most);
        var reply = Task.Run(() => _mcp.PostAsync(body, headers: headers), deadline.Token).WaitAsync(deadline.Token).GetAwaiter().GetResult();
        reply.Status.ShouldNotBe(500, reply.Text);
        if (_mcp.Server.Arrived.Count == 0)
        {
            return;
        }

        var arrived = JsonNode.Parse(_mcp.Server.Arrived.ShouldHaveSingleItem().Body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!;
        var method = (string)arrived["method"]!;
        if (method == "tools/call")
        {
            var asked = _mcp.Gateway.Policy.Questions.ShouldHaveSingleItem();
            asked.Action.ShouldBe("tool.call");
            asked.Mcp!.Tool.ShouldBe((string)arrived["params"]!["name"]!);
            asked.Mcp.Method.ShouldBe("tools/call");
            _mcp.Rules.Tools.ShouldContainKey(asked.Mcp.Tool!);
        }
        else
        {
            method.ShouldBeOneOf("ping", "tools/list");
        }
    }

    private static (byte[] Body, (string, string)[] Headers) Scramble(int seed)
    {
        var random = new RandomJson(seed);
        string[] names = ["calendar.free", "calendar.wipe", "calendar.hidden", "calendar\\u002efree", "toString"];
        string[] methods = ["tools/call", "tools/list", "ping", "tools\\/call", "tools/c\\u0061ll", "vendor/secret"];
        string[] keys = ["method", "id", "params", "jsonrpc", "m\\u0065thod", "Method", "x", "result"];
        var stateless = random.Next(2) == 0;
        var parameters = new List<(string, string)> { ("name", $"\"{names[random.Next(names.Length)]}\""), ("arguments", random.Object([("a", random.Value())])) };
        if (stateless)
        {
            parameters.Add(("_meta", McpWire.Meta[8..]));
        }

        if (random.Next(4) == 0)
        {
            parameters.Add((random.Next(2) == 0 ? "name" : "n\\u0061me", $"\"{names[random.Next(names.Length)]}\""));
        }

        var members = new List<(string, string)>
        {
            ("jsonrpc", "\"2.0\""), ("id", random.Next(5) == 0 ? random.Value() : "1"), ("method", $"\"{methods[random.Next(methods.Length)]}\""),
            ("params", random.Object(random.Shuffle([.. parameters]))),
        };
        if (random.Next(4) == 0)
        {
            members.Add((keys[random.Next(keys.Length)], random.Next(2) == 0 ? $"\"{methods[random.Next(methods.Length)]}\"" : random.Value()));
        }

        var text = random.Object(random.Shuffle([.. members]));
        var body = Encoding.UTF8.GetBytes(random.Next(12) == 0 ? "[" + text + "]" : text);
        if (random.Next(3) == 0)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        string[] plain = ["tools/call", "tools/list", "ping"];
        return (body, stateless ? McpWire.Repeating(plain[random.Next(2)], random.Next(3) == 0 ? "calendar.wipe" : "calendar.free") : []);
    }

    private static string Base64(string name) => "=?base64?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(name)) + "?=";

    // The headers that an honest client would send with a message, as far as it can be read.
    private static IEnumerable<(string, string)> Repeated(string message)
    {
        foreach (var method in (string[])["tools/call", "resources/read", "completion/complete", "subscriptions/listen", "ping", "tools/list"])
        {
            if (message.Contains(string.Create(CultureInfo.InvariantCulture, $"\"method\":\"{method}\""), StringComparison.Ordinal))
            {
                yield return ("Mcp-Method", method);
                if (method == "tools/call" && message.Contains("calendar.free\"", StringComparison.Ordinal))
                {
                    yield return ("Mcp-Name", "calendar.free");
                }

                yield break;
            }
        }
    }
}
