using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;

namespace GatewayStack.Platform.Tests.Events;

public sealed class EventFormatTests : IDisposable
{
    private static readonly EventPosition Position = new() { Producer = "p", Epoch = 3, Sequence = 17 };

    private readonly EventKeys _keys = new(new TestKeys());

    public EventFormatTests() => _keys.RefreshAsync(CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public void Is_frozen()
    {
        var bytes = EventWriter.Write(EventSamples.Outcome() with { Personal = null, Resources = [] }, Position);
        Encoding.UTF8.GetString(bytes).ShouldBe(
            """
            {"body":{"action":"model.call","attempts":[{"attempt":1,"cost_micros":5,"model":"gpt-4-medical","provider":"cloud","tokens":{"cached_input_tokens":0,"input_tokens":9,"output_tokens":12}}],
            "caller":{"client_id":"demo","client_name":"demo","issuer":"demo","kind":"person","person_id":"k3Jx","roles":["doctor"],"scopes":["chat:write","medical:write"]},
            "decision":{"effect":"allow","policy_revision":"abc","rule_ids":["model:gpt-4-medical"]},
            "limits":{"effect":"ok","hold":{"cost_micros":34,"lease_ends_at":1772626200000000,"reserved_at":1772625600000000,"tokens":1200},"price_table":"2026-03"},
            "model":"gpt-4-medical","operation":"POST /v1/chat/completions","outcome":"completed","retention":"standard","route":"chat.completions","status":200,
            "usage":{"cached_input_tokens":0,"input_tokens":9,"latency_micros":1234,"output_tokens":12,"price_table":"2026-03","total_cost_micros":5}},
            "epoch":3,"modes":{"limits":"enforce","policy":"enforce","transform":"enforce"},"producer":"p","request_id":"req_1","seq":17,"tenant":"mercy",
            "time":1772625600000000,"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","type":"outcome","v":1}
            """.ReplaceLineEndings(string.Empty));
    }

    [Fact]
    public void Is_frozen_for_tools()
    {
        var called = EventSamples.Outcome() with
        {
            Action = "tool.call",
            Personal = null,
            Resources = [],
            Attempts = [],
            Limits = null,
            Model = null,
            Usage = null,
            Mcp = new EventMcp
            {
                Server = "calendar",
                Method = "tools/call",
                Tool = "calendar.list",
                ProtocolVersion = "2026-07-28",
                IsError = false,
                ResultTypes = ["EMAIL"],
                ResultLabels = ["sensitive"],
            },
        };
        Encoding.UTF8.GetString(EventWriter.Write(called, Position)).ShouldContain(
            """
            "mcp":{"is_error":false,"method":"tools/call","protocol_version":"2026-07-28","result_labels":["sensitive"],"result_types":["EMAIL"],"server":"calendar","tool":"calendar.list"},
            """.Trim());
    }

    [Property(MaxTest = 500)]
    public void Is_canonical_whatever_is_in_it(int seed)
    {
        var bytes = EventWriter.Write(EventSamples.Hostile(seed), Position, _keys.Current);
        CanonicalJson.Of(bytes).ShouldBe(Encoding.UTF8.GetString(bytes));
    }

    [Property(MaxTest = 500)]
    public void Reads_back_what_was_written(int seed)
    {
        var written = EventSamples.Hostile(seed);
        var read = EventReader.Read(EventWriter.Write(written, Position, _keys.Current), _keys);

        read.Error.ShouldBeNull();
        read.Position.ShouldBe(Position);
        read.Truncated.ShouldBeFalse();
        Plain(read.Event!).ShouldBe(Plain(written));
    }

    [Property(MaxTest = 20)]
    public void Always_fits_64_KiB(int seed)
    {
        var hostile = EventSamples.Hostile(seed, size: 40);
        var huge = new string('\u0001', 200_000);
        var filled = hostile with
        {
            Reason = huge,
            Purpose = huge + "x",
            Degraded = [.. Enumerable.Repeat(huge, 20)],
            Personal = new EventPersonal { UserId = huge, Subject = huge, DisplayName = huge },
            Resources = [.. Enumerable.Repeat(new ResourceReference { Type = huge, Id = huge }, 30)],
        };
        var bytes = EventWriter.Write(filled, Position with { Sequence = (1L << 53) - 1 }, _keys.Current);

        bytes.Length.ShouldBeLessThanOrEqualTo(EventWriter.MaxBytes);
        CanonicalJson.Of(bytes).ShouldBe(Encoding.UTF8.GetString(bytes));
        var read = EventReader.Read(bytes, _keys);
        read.Truncated.ShouldBeTrue();
        read.Event!.Personal!.UserId.ShouldStartWith("\u0001");
        read.Event.Resources.ShouldAllBe(r => r.Id.StartsWith('\u0001'));
    }

    [Fact]
    public void Cuts_only_as_much_as_it_must_and_never_half_a_character()
    {
        var read = EventReader.Read(EventWriter.Write(EventSamples.Decision() with { Purpose = "x" + string.Concat(Enumerable.Repeat("😀", 40_000)) }, Position));

        read.Truncated.ShouldBeTrue();
        read.Event!.Purpose!.Length.ShouldBe(8191);
        read.Event.Purpose.ShouldNotContain('\ufffd');
        read.Event.Model.ShouldBe("gpt-4-medical");
    }

    [Fact]
    public void Personal_values_are_nowhere_in_the_clear()
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Decision(), Position, _keys.Current));

        text.ShouldNotContain("alice");
        text.ShouldNotContain("Alice");
        text.ShouldNotContain("patient-17");
        text.ShouldContain("\"key_id\":\"k1\"");
    }

    [Fact]
    public void Without_a_key_personal_values_are_left_out()
    {
        var bytes = EventWriter.Write(EventSamples.Decision(), Position);
        Encoding.UTF8.GetString(bytes).ShouldNotContain("alice");
        EventReader.Read(bytes, _keys).Event!.Personal.ShouldBeNull();
    }

    [Fact]
    public async Task A_reader_without_the_key_sees_the_rest()
    {
        var bytes = EventWriter.Write(EventSamples.Decision(), Position, _keys.Current);
        using var strangers = new EventKeys(new TestKeys());

        var closed = EventReader.Read(bytes, strangers);
        closed.KeyId.ShouldBe("k1");
        closed.Event!.Personal.ShouldBeNull();
        closed.Event.Resources.ShouldBe([new ResourceReference { Type = "record", Id = string.Empty }]);

        var opened = await EventReader.ReadAsync(bytes, strangers, TestContext.Current.CancellationToken);
        opened.Event!.Personal!.UserId.ShouldBe("alice");
        opened.Event.Resources[0].Id.ShouldBe("patient-17");
    }

    [Fact]
    public void A_sealed_person_is_good_in_their_own_events_only()
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Decision(), Position, _keys.Current));
        Read(text.Replace("k3Jx", "other", StringComparison.Ordinal)).Personal.ShouldBeNull();
        Read(text.Replace("\"mercy\"", "\"acme\"", StringComparison.Ordinal)).Personal.ShouldBeNull();
        Read(text).Personal!.UserId.ShouldBe("alice");
    }

    [Fact]
    public void Other_sealed_parts_cannot_be_moved_to_another_event()
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Decision("req_1") with { Caller = null }, Position, _keys.Current));
        var moved = Read(text.Replace("req_1", "req_2", StringComparison.Ordinal));
        moved.Personal.ShouldBeNull();
        moved.Resources[0].Id.ShouldBeEmpty();
        Read(text).Personal!.UserId.ShouldBe("alice");
    }

    [Fact]
    public async Task A_person_is_sealed_anew_after_two_refreshes()
    {
        string Sealed() => JsonElement.Parse(EventWriter.Write(EventSamples.Decision(), Position, _keys.Current)).GetProperty("body").GetProperty("personal").GetRawText();

        var first = Sealed();
        Sealed().ShouldBe(first);
        await _keys.RefreshAsync(TestContext.Current.CancellationToken);
        Sealed().ShouldBe(first);
        await _keys.RefreshAsync(TestContext.Current.CancellationToken);
        Sealed().ShouldNotBe(first);
    }

    [Fact]
    public void Changed_values_of_a_person_are_never_taken_from_memory()
    {
        _ = EventWriter.Write(EventSamples.Decision(), Position, _keys.Current);
        var renamed = EventSamples.Decision() with { Personal = new EventPersonal { UserId = "alice", Subject = "alice-sub", DisplayName = "Dr. Alice Jones" } };
        EventReader.Read(EventWriter.Write(renamed, Position, _keys.Current), _keys).Event!.Personal!.DisplayName.ShouldBe("Dr. Alice Jones");
    }

    [Fact]
    public void Members_it_does_not_know_are_passed_over()
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Outcome(), Position));
        var newer = text.Replace("{\"body\":{", "{\"aaa\":[{\"x\":1}],\"body\":{\"aaa\":{\"b\":[1,2]},", StringComparison.Ordinal);
        EventReader.Read(Encoding.UTF8.GetBytes(newer)).Event!.Model.ShouldBe("gpt-4-medical");
    }

    [Property(MaxTest = 300)]
    public void Members_may_come_in_any_order_and_be_written_with_escapes(int seed)
    {
        var written = EventSamples.Hostile(seed);
        var bytes = EventWriter.Write(written, Position, _keys.Current);
        var read = EventReader.Read(Encoding.UTF8.GetBytes(CanonicalJson.Shuffled(bytes, new Random(seed))), _keys);

        read.Error.ShouldBeNull();
        read.Position.ShouldBe(Position);
        Plain(read.Event!).ShouldBe(Plain(written));
    }

    [Theory]
    [InlineData("{\"body\":{", "{\"v\":1,\"body\":{")]
    [InlineData("{\"body\":{", "{\"body\":{\"action\":\"x\",")]
    [InlineData("{\"body\":{", "{\"body\":{},\"body\":{")]
    [InlineData("\"kind\":", "\"kind\":\"service\",\"kind\":")]
    [InlineData("\"kind\":", "\"k\\u0069nd\":\"service\",\"kind\":")]
    [InlineData("\"hold\":{", "\"hold\":{\"tokens\":1,")]
    [InlineData("\"modes\":{", "\"modes\":{\"limits\":\"off\",")]
    [InlineData("\"input_tokens\":9", "\"input_tokens\":9,\"input_tokens\":8")]
    [InlineData("\"personal\":{", "\"personal\":{\"sealed\":\"x\",")]
    public void A_second_member_of_one_name_is_refused(string here, string twice)
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Outcome(), Position, _keys.Current));
        text.ShouldContain(here);
        var read = EventReader.Read(Encoding.UTF8.GetBytes(text.Replace(here, twice, StringComparison.Ordinal)), _keys);
        read.Event.ShouldBeNull();
        read.Error.ShouldBe("not an event (JsonException)");
    }

    [Theory]
    [InlineData("{\"body\":[],\"v\":2}")]
    [InlineData("{\"v\":2,\"body\":{\"caller\":7}}")]
    [InlineData("{\"modes\":{},\"type\":null,\"v\":2}")]
    public void Another_version_is_named_whatever_its_members_are(string text) =>
        EventReader.Read(Encoding.UTF8.GetBytes(text)).Error.ShouldBe("version 2 of the format is not known");

    [Theory]
    [InlineData("\"outcome\":\"completed\"", "\"outcome\":7")]
    [InlineData("\"status\":200", "\"status\":\"x\"")]
    [InlineData("\"status\":200", "\"status\":99999999999")]
    [InlineData("\"issuer\":\"demo\",", "")]
    [InlineData("\"roles\":[\"doctor\"]", "\"roles\":[null]")]
    [InlineData("\"roles\":[\"doctor\"]", "\"roles\":{}")]
    [InlineData("\"v\":1}", "\"v\":1}{}")]
    [InlineData("\"seq\":17,", "")]
    public void A_member_that_is_missing_or_of_another_type_makes_it_no_event(string here, string broken)
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Outcome(), Position, _keys.Current));
        text.ShouldContain(here);
        EventReader.Read(Encoding.UTF8.GetBytes(text.Replace(here, broken, StringComparison.Ordinal)), _keys).Error.ShouldStartWith("not an event (");
    }

    [Theory]
    [InlineData("\"personal\":{", "\"personal\":{\"sealed\":7,")]
    [InlineData("\"resources\":[{", "\"resources\":[{\"sealed\":7,")]
    public void A_broken_sealed_part_is_an_error_only_to_who_has_the_key(string here, string broken)
    {
        var text = Encoding.UTF8.GetString(EventWriter.Write(EventSamples.Outcome(), Position, _keys.Current)).Replace("\"sealed\"", "\"was\"", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text.Replace(here, broken, StringComparison.Ordinal));
        EventReader.Read(bytes).Event!.RequestId.ShouldBe("req_1");
        EventReader.Read(bytes, _keys).Error.ShouldStartWith("not an event (");
    }

    [Fact]
    public void Common_words_are_read_as_the_one_string_there_is_of_each()
    {
        var read = EventReader.Read(EventWriter.Write(EventSamples.Outcome(), Position)).Event!;
        read.Type.ShouldBeSameAs(EventTypes.Outcome);
        read.Outcome.ShouldBeSameAs(EventOutcomes.Completed);
    }

    [Property(MaxTest = 300)]
    public void Damaged_bytes_are_an_error_and_never_an_exception(int seed)
    {
        var random = new Random(seed);
        var bytes = EventWriter.Write(EventSamples.Outcome(), Position, _keys.Current);
        for (var i = 0; i < 3; i++)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        var read = EventReader.Read(bytes, _keys);
        (read.Event is null).ShouldBe(read.Error is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"v\":2}")]
    [InlineData("{\"v\":1,\"v\":1}")]
    [InlineData("{\"v\":\"x\"}")]
    public void What_is_no_event_is_an_error(string text) => EventReader.Read(Encoding.UTF8.GetBytes(text)).Error.ShouldNotBeNull();

    private GatewayEvent Read(string text) => EventReader.Read(Encoding.UTF8.GetBytes(text), _keys).Event!;

    // Lone surrogates come back as U+FFFD, everything else as it went in.
    private static string Plain(GatewayEvent e) =>
        JsonSerializer.Serialize(e with { Resources = e.Resources.IsDefault ? [] : e.Resources }, JsonSerializerOptions.Web);
}
