using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Sessions;

public sealed class ResponseSessionTests
{
    private static readonly TransformModule Module = Modules.Create(
        new RecognizerOptions { Name = "company", Words = ["acme corp", "acme"] },
        new RecognizerOptions { Name = "topic", Words = ["fox"], Label = "animals" },
        new RecognizerOptions { Name = "mrn", Pattern = @"\bMRN-\d{6}\b" });

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 3000, EndSize = 60)]
    public void Any_cutting_gives_what_the_whole_gives(PlantedText planted, Cuts cuts)
    {
        var whole = Module.Redact(planted.Text);
        string.Concat(Run(Module, "0", [.. cuts.Of(planted.Text)])).ShouldBe(whole);
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 1000, EndSize = 60)]
    public void Any_cutting_gives_what_the_whole_gives_without_patterns(PlantedText planted, Cuts cuts)
    {
        var whole = Modules.Default.Redact(planted.Text);
        string.Concat(Run(Modules.Default, "0", [.. cuts.Of(planted.Text)])).ShouldBe(whole);
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300)]
    public void A_pair_of_surrogates_leaves_whole(PlantedText planted, Cuts cuts)
    {
        var well = new System.Text.UTF8Encoding().GetString(System.Text.Encoding.UTF8.GetBytes(planted.Text)) + "😀😀😀" + new string('x', 100) + "😀";
        foreach (var piece in Run(Module, "0", [.. cuts.Of(well)]))
        {
            (piece.Length > 0 && (char.IsHighSurrogate(piece[^1]) || char.IsLowSurrogate(piece[0]))).ShouldBeFalse();
        }
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300)]
    public void A_pair_of_surrogates_leaves_whole_where_things_are_only_put_back(PlantedText planted, Cuts cuts)
    {
        var well = new System.Text.UTF8Encoding().GetString(System.Text.Encoding.UTF8.GetBytes(planted.Text)) + "😀😀EMAIL_QMKXDWZTRPLB😀 😀";
        var session = Session() with
        {
            Pseudonyms = [new Pseudonym { Token = "EMAIL_QMKXDWZTRPLB", Value = "😀@example.com" }],
            Actions = [new TypeAction { Type = TypeAction.AnyType, Action = ContentAction.Allow }],
        };
        var deltas = cuts.Of(well).Select(p => Delta("0", p)).Append(Delta("0", "", end: true));
        var answer = Collect(Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None));
        var pieces = answer.Select(d => d.Text).Where(t => t.Length > 0).ToArray();
        pieces.ShouldNotContain(p => char.IsHighSurrogate(p.Last()) || char.IsLowSurrogate(p[0]));
        string.Concat(pieces).ShouldBe(well.Replace("EMAIL_QMKXDWZTRPLB", "😀@example.com"));
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 500)]
    public void Arguments_of_a_tool_stay_json(PlantedText planted, Cuts cuts)
    {
        var json = JsonSerializer.Serialize(new { a = planted.Text, pan = 4111111111111111, n = 250 });
        var masked = string.Concat(Run(Modules.Default, "0/tool/0", [.. cuts.Of(json)]));
        using var document = JsonDocument.Parse(masked);
        document.RootElement.GetProperty("n").GetInt32().ShouldBe(250);
        document.RootElement.GetProperty("pan").GetString().ShouldBe("[CREDIT_CARD]");
    }

    [Fact]
    public void Plain_words_are_not_held_longer_than_a_word()
    {
        var pieces = Run(Modules.Default, "0", ["The ", "quick ", "brown fo", "x jumps", " over."]);
        pieces.ShouldBe(["The ", "quick brown ", "fox ", "jumps ", "over."]);
    }

    [Fact]
    public void A_finding_never_leaves_in_part()
    {
        const string Text = "card 4111 1111 1111 1111, mail alice@example.com; ok";
        Run(Modules.Default, "0", [.. Text.Select(c => c.ToString())]).ShouldAllBe(p => !p.Contains("4111") && !p.Contains("ali") && !p.Contains("11 "));
    }

    [Fact]
    public void What_is_held_is_bounded()
    {
        var held = 0;
        var longest = 0;
        var deltas = Enumerable.Range(0, 20_000).Select(i => "abc def, ghi: 12 "[i % 17].ToString()).ToArray();
        var source = Counted(deltas, () => longest = Math.Max(longest, ++held));
        foreach (var delta in Collect(Modules.Default.TransformResponseAsync(Session(), source, CancellationToken.None), d => held -= d.Text.Length))
        {
            delta.Channel.ShouldBe("0");
        }

        longest.ShouldBeLessThanOrEqualTo(64);
    }

    [Fact]
    public void Channels_are_apart()
    {
        ResponseDelta[] deltas =
        [
            Delta("0", "alice@"), Delta("1", "4111 1111 "), Delta("0", "example"), Delta("1", "1111 1111"), Delta("0", ".com", end: true), Delta("1", "", end: true),
        ];
        var output = Collect(Modules.Default.TransformResponseAsync(Session(), deltas.ToAsyncEnumerable(), CancellationToken.None));
        output.Select(d => (d.Channel, d.Text, d.Masked)).ShouldBe(
            [("0", "", 0), ("1", "", 0), ("0", "", 0), ("1", "", 0), ("0", "[EMAIL]", 1), ("1", "[CREDIT_CARD]", 1)]);
    }

    [Fact]
    public void An_end_is_passed_on_even_when_nothing_is_left() =>
        Collect(Modules.Default.TransformResponseAsync(Session(), new[] { Delta("0", "hello\n"), Delta("0", "", end: true) }.ToAsyncEnumerable(), CancellationToken.None))
            .ShouldBe([Delta("0", "hello\n"), Delta("0", "", end: true)]);

    [Fact]
    public void An_answer_that_breaks_off_is_flushed_and_masked() =>
        Collect(Modules.Default.TransformResponseAsync(Session(), new[] { Delta("0", "to alice@example.com") }.ToAsyncEnumerable(), CancellationToken.None))
            .Select(d => d.Text).ShouldBe(["to ", "[EMAIL]"]);

    [Fact]
    public void Only_the_types_of_the_session_are_masked()
    {
        var session = Session() with { Types = ["US_SSN"] };
        ResponseDelta[] deltas = [Delta("0", "alice@example.com 536-90-4399", end: true)];
        Collect(Module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None)).Single().Text.ShouldBe("alice@example.com [US_SSN]");
    }

    [Fact]
    public void A_key_that_never_ends_is_masked_and_bounded()
    {
        var deltas = Enumerable.Repeat("abcdefghijklmnop", 4000).Prepend("-----BEGIN " + "PRIVATE KEY-----\n").Select(t => Delta("0", t)).Append(Delta("0", "", end: true));
        var text = string.Concat(Collect(Modules.Default.TransformResponseAsync(Session(), deltas.ToAsyncEnumerable(), CancellationToken.None)).Select(d => d.Text));
        text.ShouldStartWith("[PRIVATE_KEY]");
    }

    private static ResponseSession Session() => new() { RequestId = "r", Tenant = "t" };

    private static ResponseDelta Delta(string channel, string text, bool end = false) => new() { Channel = channel, Text = text, End = end };

    private static string[] Run(TransformModule module, string channel, string[] pieces) => Run((ITransformModule)module, channel, pieces);

    private static string[] Run(ITransformModule module, string channel, string[] pieces)
    {
        var deltas = pieces.Select(p => Delta(channel, p)).Append(Delta(channel, "", end: true));
        return [.. Collect(module.TransformResponseAsync(Session(), deltas.ToAsyncEnumerable(), CancellationToken.None)).Select(d => d.Text).Where(t => t.Length > 0)];
    }

    private static async IAsyncEnumerable<ResponseDelta> Counted(string[] texts, Action given)
    {
        foreach (var text in texts)
        {
            given();
            yield return Delta("0", text);
        }

        await Task.CompletedTask;
    }

    private static ResponseDelta[] Collect(IAsyncEnumerable<ResponseDelta> deltas, Action<ResponseDelta>? seen = null)
    {
        var all = new List<ResponseDelta>();
        var reader = deltas.GetAsyncEnumerator();
        while (reader.MoveNextAsync().AsTask().GetAwaiter().GetResult())
        {
            seen?.Invoke(reader.Current);
            all.Add(reader.Current);
        }

        return [.. all];
    }
}
