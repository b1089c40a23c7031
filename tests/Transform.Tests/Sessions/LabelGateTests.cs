using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Sessions;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>Answers that a label blocks.</summary>
public sealed class LabelGateTests
{
    private static readonly TransformModule Module = Modules.Create(new RecognizerOptions { Name = "topic", Words = ["quick fox"], Label = "animals" });

    private static readonly string Harmless = string.Concat(Enumerable.Repeat("The meeting of the gardening club is moved to the small hall, and tea will be served. ", 12));

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300, EndSize = 60)]
    public void Any_cutting_gives_what_the_whole_gives(Cuts cuts, int place)
    {
        var text = Harmless.Insert(Math.Abs(place % Harmless.Length), " a quick fox ") + "😀" + Harmless;
        var whole = Run([Block("animals")], text);
        whole.Last().Blocked.ShouldBeTrue();
        var pieces = Run([Block("animals")], [.. cuts.Of(text)]);
        Text(pieces).ShouldBe(Text(whole));
        pieces.Last().Blocked.ShouldBeTrue();
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300, EndSize = 60)]
    public void What_has_no_such_label_passes_as_it_is(PlantedText planted, Cuts cuts)
    {
        var deltas = Run([Block("animals")], [.. cuts.Of(planted.Text)]);
        Text(deltas).ShouldBe(planted.Text);
        deltas.ShouldAllBe(d => !d.Blocked);
    }

    [Fact]
    public void Nothing_of_the_stretch_leaves()
    {
        var deltas = Run([Block("animals")], [Harmless[..300], "and then a quick ", "fox came", Harmless]);
        Text(deltas).ShouldBe(Harmless[..LabelGate.Stretch]);
        deltas.Count(d => d.Blocked).ShouldBeGreaterThan(0);
        deltas.SkipWhile(d => !d.Blocked).ShouldAllBe(d => d.Blocked && d.Text.Length == 0);
    }

    [Fact]
    public void One_delta_comes_out_for_each_that_goes_in()
    {
        // One of them has the label, the one after it is held back for good, and the last is the channel's end.
        string[] pieces = [Harmless, " a quick fox " + Harmless, Harmless];
        var deltas = Run([Block("animals")], pieces);
        deltas.Count.ShouldBe(pieces.Length + 1);
        deltas[^1].End.ShouldBeTrue();
    }

    [Fact]
    public void A_label_across_a_cut_is_seen()
    {
        var before = Harmless[..(LabelGate.Stretch - 8)];
        Run([Block("animals")], before + "a quick fox jumps. " + Harmless).Last().Blocked.ShouldBeTrue();
    }

    [Fact]
    public void What_the_models_call_harmful_ends_and_what_they_do_not_passes()
    {
        const string Harmful = "We will shoot everyone who comes out of that school, and then we burn it down with a petrol bomb. Kill them all, they are vermin.";
        var bad = Collect(Modules.Shipped, [Block("harmful")], [Harmless[..250] + Harmful]);
        bad.Last().Blocked.ShouldBeTrue();
        Text(bad).ShouldNotContain("shoot");
        var good = Collect(Modules.Shipped, [Block("harmful")], [Harmless]);
        Text(good).ShouldBe(Harmless);
        good.Last().Blocked.ShouldBeFalse();
    }

    [Fact]
    public void A_label_that_nothing_can_give_blocks_everything()
    {
        var misspelt = Run([Block("harmfull")], "hello");
        Text(misspelt).ShouldBeEmpty();
        misspelt.Last().Blocked.ShouldBeTrue();
        var module = Modules.Create(new TransformOptions { Labels = false });
        var off = Collect(module, [Block("harmful")], ["hello"]);
        Text(off).ShouldBeEmpty();
        off.Last().Blocked.ShouldBeTrue();
    }

    /// <summary>A head that is not asked about answers never gives its label there.</summary>
    [Theory]
    [InlineData("data_request")]
    public void A_label_that_is_not_asked_of_answers_blocks_everything(string label)
    {
        var output = Collect(Modules.Shipped, [Block(label)], ["hello"]);
        Text(output).ShouldBeEmpty();
        output.Last().Blocked.ShouldBeTrue();
    }

    [Fact]
    public void Arguments_of_a_tool_are_judged_as_they_are_read()
    {
        var hidden = string.Concat("quick fox".Select(c => $"\\u{(int)c:x4}"));
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Actions = [Block("animals")] };
        var deltas = new[] { new ResponseDelta { Channel = "0/tool/0", Text = $$"""{"a":"{{hidden}}"}""", End = true } };
        Module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable(CancellationToken.None).Last().Blocked.ShouldBeTrue();
    }

    [Fact]
    public void Findings_are_masked_and_labels_judged_in_one_answer()
    {
        TypeAction[] actions = [Block("animals"), new() { Type = "EMAIL", Action = ContentAction.Redact }];
        Text(Run(actions, "write to alice@example.com today")).ShouldBe("write to [EMAIL] today");
        Text(Run(actions, "write to alice@example.com of the quick fox")).ShouldBeEmpty();
    }

    [Fact]
    public void Allowing_a_label_and_any_type_say_nothing_of_it()
    {
        var everything = new TypeAction { Type = TypeAction.AnyType, Action = ContentAction.Block };
        ContentActions.Of([everything]).BlockedLabels.ShouldBeEmpty();
        ContentActions.Of([Block("animals")]).ChangesNothing.ShouldBeFalse();
        ContentActions.Of([Block("animals")]).WithoutLabels().ChangesNothing.ShouldBeTrue();
        var allowed = ContentActions.Of([new TypeAction { Type = "label:animals", Action = ContentAction.Allow }]);
        allowed.Over(ContentActions.Of([Block("animals")])).BlockedLabels.ShouldBeEmpty();
        allowed.With(ContentActions.Of([everything])).BlockedLabels.ShouldBeEmpty();
        allowed.With(ContentActions.Of([Block("animals")])).BlockedLabels.ShouldBe(["animals"]);
    }

    private static TypeAction Block(string label) => new() { Type = TypeAction.LabelPrefix + label, Action = ContentAction.Block };

    private static string Text(IEnumerable<ResponseDelta> deltas) => string.Concat(deltas.Select(d => d.Text));

    private static List<ResponseDelta> Run(TypeAction[] actions, params string[] pieces) => Collect(Module, actions, pieces);

    private static List<ResponseDelta> Collect(TransformModule module, TypeAction[] actions, string[] pieces)
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Actions = [.. actions] };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = "0", Text = p }).Append(new ResponseDelta { Channel = "0", Text = string.Empty, End = true });
        return module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable().ToList();
    }
}
