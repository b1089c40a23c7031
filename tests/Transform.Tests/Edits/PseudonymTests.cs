using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Edits;

public sealed class PseudonymTests
{
    private static readonly TransformModule Module = Modules.Create(new RecognizerOptions { Name = "company", Words = ["acme corp", "acme", "globex", "piotr żak"] });

    [Theory]
    [InlineData(ContentAction.Mask, "card 4111 1111 1111 1111 ok", "card **** **** **** 1111 ok")]
    [InlineData(ContentAction.Mask, "see Piotr Żak now", "see ***** *ak now")]
    [InlineData(ContentAction.Mask, "write to alice@example.com", "write to *****@*******.com")]
    [InlineData(ContentAction.Redact, "write to alice@example.com", "write to [EMAIL_1]")]
    [InlineData(ContentAction.Allow, "write to alice@example.com", "write to alice@example.com")]
    [InlineData(ContentAction.Detect, "write to alice@example.com", "write to alice@example.com")]
    public void An_action_decides_what_stands_there(ContentAction action, string text, string expected) => text.With(Apply(text, action)).ShouldBe(expected);

    [Fact]
    public void What_blocks_says_of_which_type_and_nothing_else()
    {
        var result = Apply("alice@example.com", ContentAction.Block);
        result.Status.ShouldBe(EditStatus.Blocked);
        result.BlockedTypes.ShouldBe(["EMAIL"]);
        result.Edits.ShouldBeEmpty();
        result.Reason!.ShouldNotContain("alice");
        Apply("nothing here", ContentAction.Block).Status.ShouldBe(EditStatus.Applied);
    }

    [Fact]
    public void What_was_blocked_once_does_not_close_a_conversation_for_ever()
    {
        var old = Modules.Segment("alice@example.com") with { Earlier = true };
        var result = Apply([old, Modules.Segment("and now?", id: 1)], [Do("*", ContentAction.Block)], "t", "p");
        result.Status.ShouldBe(EditStatus.Applied);
        old.Text.With(result).ShouldBe("[EMAIL_1]");
        Apply([old, Modules.Segment("bob@example.com", id: 1)], [Do("*", ContentAction.Block)], "t", "p").Status.ShouldBe(EditStatus.Blocked);
    }

    [Fact]
    public void An_action_that_is_not_known_refuses_where_something_is_found()
    {
        Apply("alice@example.com", ContentAction.Unspecified).Status.ShouldBe(EditStatus.NotEditable);
        Apply("nothing here", ContentAction.Unspecified).Status.ShouldBe(EditStatus.Applied);
    }

    [Fact]
    public void A_named_type_goes_before_all_others()
    {
        const string Text = "alice@example.com 536-90-4399";
        var result = Apply(Text, [Do("*", ContentAction.Redact), Do("EMAIL", ContentAction.Mask)]);
        Text.With(result).ShouldBe("*****@*******.com [US_SSN_1]");
    }

    [Fact]
    public void A_hash_is_the_tenants_and_the_same_in_all_its_requests()
    {
        var hash = Hash("alice@example.com", "t", "p");
        hash.ShouldMatch(@"\A\[EMAIL#[b-z]{12}\]\z");
        Hash("alice@example.com", "t", "somebody else").ShouldBe(hash);
        Hash("alice@example.com", "other", "p").ShouldNotBe(hash);
        Hash("bob@example.com", "t", "p").ShouldNotBe(hash);

        static string Hash(string text, string tenant, string person) => text.With(Apply(text, [Do("*", ContentAction.Hash)], tenant, person));
    }

    [Fact]
    public void A_pseudonym_is_the_persons_and_the_same_in_all_their_requests()
    {
        var token = Token("alice@example.com", "t", "p");
        token.ShouldMatch(@"\AEMAIL_[B-Z]{12}\z");
        Token("alice@example.com", "t", "p").ShouldBe(token);
        Token("alice@example.com", "t", "q").ShouldNotBe(token);
        Token("alice@example.com", "u", "p").ShouldNotBe(token);

        static string Token(string text, string tenant, string person) => text.With(Apply(text, [Do("*", ContentAction.Pseudonymise)], tenant, person));
    }

    /// <summary>What stands round a value may make another type of it: it stays one value for whoever reads the texts.</summary>
    [Theory]
    [InlineData(ContentAction.Redact)]
    [InlineData(ContentAction.Pseudonymise)]
    [InlineData(ContentAction.PseudonymiseFormat)]
    public async Task One_value_has_one_token_whatever_its_types(ContentAction action)
    {
        ContentSegment[] segments = [Modules.Segment("see Globex Hallway"), Modules.Segment("and Globex Hallway", id: 1)];
        var first = new Finding { SegmentId = 0, Type = "ORGANIZATION", Start = 4, End = 18, Score = 1 };
        var second = new Finding { SegmentId = 1, Type = "PERSON", Start = 4, End = 18, Score = 1 };
        var both = await EditAsync([first, second], [Do("*", action)]);
        both.Edits.Select(e => e.Replacement).Distinct().Count().ShouldBe(1);

        // A later turn adds to the end: what went before stays what it was.
        var before = await EditAsync([first], [Do("*", action)]);
        before.Edits[0].Replacement.ShouldBe(both.Edits[0].Replacement);

        // Where something else is done with each, each has its own.
        var apart = await EditAsync([first, second], [Do("ORGANIZATION", action), Do("PERSON", ContentAction.Hash)]);
        apart.Edits.Select(e => e.Replacement).Distinct().Count().ShouldBe(2);

        Task<EditResult> EditAsync(Finding[] findings, TypeAction[] actions) => Modules.Default.ApplyAsync(
            new EditRequest { RequestId = "r", Tenant = "t", PersonId = "p", Segments = [.. segments], Findings = [.. findings], Actions = [.. actions] }, CancellationToken.None);
    }

    [Fact]
    public void Without_a_person_there_is_no_pseudonym() =>
        Apply("alice@example.com", [Do("*", ContentAction.Pseudonymise)], "t", null).Status.ShouldBe(EditStatus.NotEditable);

    [Fact]
    public async Task Without_a_key_there_is_no_pseudonym_and_everything_else_goes_on()
    {
        var keyless = Modules.CreateWithoutKeys();
        (await keyless.ApplyAsync(Request(Module, [Modules.Segment("alice@example.com")], [Do("*", ContentAction.Pseudonymise)]), CancellationToken.None)).Status.ShouldBe(EditStatus.NotEditable);
        (await keyless.ApplyAsync(Request(Module, [Modules.Segment("alice@example.com")], [Do("*", ContentAction.Redact)]), CancellationToken.None)).Status.ShouldBe(EditStatus.Applied);
        (await keyless.ApplyAsync(Request(Module, [Modules.Segment("nothing")], [Do("*", ContentAction.Pseudonymise)]), CancellationToken.None)).Status.ShouldBe(EditStatus.Applied);
    }

    [Theory]
    [InlineData("alice@example.com", @"\A[b-z]{12}@pseudonym\.invalid\z")]
    [InlineData("4111 1111 1111 1111", @"\A\d{4} \d{4} \d{4} \d{4}\z")]
    [InlineData("acme corp", @"\ACOMPANY_[B-Z]{12}\z")]
    public void A_pseudonym_keeps_its_form_where_that_is_asked_and_safe(string text, string form)
    {
        var pseudonym = text.With(Apply(text, ContentAction.PseudonymiseFormat));
        pseudonym.ShouldNotBe(text);
        pseudonym.ShouldMatch(form);
    }

    [Fact]
    public void A_pseudonym_never_looks_like_what_stands_there_already()
    {
        var token = "alice@example.com".With(Apply("alice@example.com", ContentAction.Pseudonymise));
        var text = $"alice@example.com wrote {token.ToLowerInvariant()}";
        var result = Apply(text, ContentAction.Pseudonymise);
        result.Pseudonyms.Single().Token.ShouldNotBe(token);
        Restore(result, [text.With(result)]).ShouldBe(text);
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 1000, EndSize = 60)]
    public void What_is_put_back_is_what_was_written(PlantedText planted, Cuts cuts)
    {
        foreach (var action in (ContentAction[])[ContentAction.Pseudonymise, ContentAction.PseudonymiseFormat])
        {
            var result = Apply(planted.Text, action);
            var changed = planted.Text.With(result);
            result.Pseudonyms.Select(p => p.Token).ShouldBeUnique();
            var restored = Restore(result, [.. cuts.Of(changed)]);
            restored.ShouldBe(HasLink(changed) || HasLink(planted.Text) ? restored : planted.Text);
        }
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300, EndSize = 60)]
    public void What_is_put_back_in_json_is_what_was_written(PlantedText planted, Cuts cuts)
    {
        var text = new System.Text.UTF8Encoding().GetString(System.Text.Encoding.UTF8.GetBytes(planted.Text));
        var json = JsonSerializer.Serialize(new { a = text, n = 250 });
        var result = Apply([Modules.Segment(json, mediaType: "application/json")], [Do("*", ContentAction.Pseudonymise)], "t", "p");
        result.Status.ShouldBe(EditStatus.Applied);
        using var document = JsonDocument.Parse(Restore(result, [.. cuts.Of(json.With(result))], "0/tool/0"));
        var restored = document.RootElement.GetProperty("a").GetString();
        restored.ShouldBe(HasLink(text) ? restored : text);
        document.RootElement.GetProperty("n").GetInt32().ShouldBe(250);
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300, EndSize = 60)]
    public void What_stands_in_place_of_a_value_is_never_found_itself(PlantedText planted)
    {
        foreach (var action in (ContentAction[])[ContentAction.Redact, ContentAction.Hash, ContentAction.Pseudonymise])
        {
            var edits = Apply(planted.Text, action).Edits;
            var alone = string.Join(" , ", edits.Select(e => e.Replacement));
            alone.With(Apply(alone, action)).ShouldBe(alone);
        }
    }

    [Fact]
    public void Changing_twice_changes_once()
    {
        const string Text = "alice@example.com, bob@example.com; 536-90-4399 or 4111 1111 1111 1111. Call +1 415 555 2671, mail alice@example.com";
        foreach (var action in (ContentAction[])[ContentAction.Redact, ContentAction.Mask, ContentAction.Hash, ContentAction.Pseudonymise])
        {
            var once = Text.With(Apply(Text, action));
            once.ShouldNotBe(Text);
            once.With(Apply(once, action)).ShouldBe(once);
        }
    }

    [Theory]
    [InlineData("{0}'s", "alice@example.com's")]
    [InlineData("**{0}**", "**alice@example.com**")]
    [InlineData("<{0}>", "<alice@example.com>")]
    [InlineData("\"{0}\"", "\"alice@example.com\"")]
    public void Models_put_things_round_a_pseudonym(string form, string expected)
    {
        var result = Apply("alice@example.com", ContentAction.Pseudonymise);
        Restore(result, [string.Format(null, form, result.Pseudonyms.Single().Token)]).ShouldBe(expected);
    }

    [Fact]
    public void Models_write_a_pseudonym_in_their_own_way()
    {
        var result = Apply("alice@example.com", ContentAction.Pseudonymise);
        var token = result.Pseudonyms.Single().Token;
        string[] ways =
        [
            token.ToLowerInvariant(), token.Replace("_", "\\_", StringComparison.Ordinal), token.Replace("_", " ", StringComparison.Ordinal), token.Insert(8, "\n"), token.Insert(8, "\u200B"),
            token.Insert(6, "**"), token.Replace("_", "-", StringComparison.Ordinal), token.Insert(9, "\r\n  "),
        ];
        foreach (var way in ways)
        {
            Restore(result, [.. way.Select(c => c.ToString())]).ShouldBe("alice@example.com", way);
            Restore(result, [$"x {way}, y"]).ShouldBe("x alice@example.com, y", way);
        }
    }

    /// <summary>A mark belongs to the letter before it, whether it comes with that or in a piece of its own.</summary>
    [Theory]
    [InlineData("{0}\u0301x")]
    [InlineData("{0}\u0307\u0307")]
    [InlineData("{0}\u0336 and {0}\u0336")]
    public void A_mark_behind_a_pseudonym_makes_no_difference(string form)
    {
        var result = Apply("alice@example.com", ContentAction.Pseudonymise);
        var text = string.Format(null, form, result.Pseudonyms.Single().Token);
        Restore(result, [.. text.Select(c => c.ToString())]).ShouldBe(Restore(result, [text]));
    }

    [Theory]
    [InlineData("a\\n{0}", true)]
    [InlineData("a\\t{0}\\n", true)]
    [InlineData("\n{0}", true)]
    [InlineData("an{0}", false)]
    public void An_escape_before_a_pseudonym_of_the_same_form_is_not_its_word(string form, bool restored)
    {
        var result = Apply("4111 1111 1111 1111", ContentAction.PseudonymiseFormat);
        var text = string.Format(null, form, result.Pseudonyms.Single().Token);
        Restore(result, [text]).ShouldBe(restored ? string.Format(null, form, "4111 1111 1111 1111") : text);
    }

    /// <summary>Values may touch, and so do pseudonyms of their form; where letters of a word stand between them, they are parts of a word.</summary>
    [Theory]
    [InlineData("{0}{1}", true)]
    [InlineData("{0}{1}{0}{2}", true)]
    [InlineData("{2}{1}{2}{0}", true)]
    [InlineData("{0}\u200B{1}", true)]
    [InlineData("{0}{1}, {2}{0}{1}.", true)]
    [InlineData("{0}x{1}", false)]
    [InlineData("{0}1", false)]
    [InlineData("x{0}", false)]
    public void Pseudonyms_of_a_form_may_touch(string form, bool restored)
    {
        string[] values = ["4111 1111 1111 1111", "536-90-4399", "alice@example.com"];
        var result = Apply(string.Join(" ; ", values), ContentAction.PseudonymiseFormat);
        object[] tokens = [.. values.Select(v => result.Pseudonyms.Single(p => p.Value == v).Token)];
        var text = string.Format(null, form, tokens);
        var expected = restored ? string.Format(null, form, [.. values]) : text;
        Restore(result, [text]).ShouldBe(expected);
        Restore(result, [.. text.Select(c => c.ToString())]).ShouldBe(expected);
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 1000)]
    public void Where_pseudonyms_touch_any_cutting_gives_what_the_whole_gives(byte[] order, Cuts cuts)
    {
        string[] values = ["4111 1111 1111 1111", "536-90-4399", "alice@example.com", "bob@example.com"];
        var forms = Apply(string.Join(" ; ", values), ContentAction.PseudonymiseFormat);
        var plain = Apply(string.Join(" ; ", values), ContentAction.Pseudonymise);
        string[] pieces =
        [
            .. forms.Pseudonyms.Select(p => p.Token), .. plain.Pseudonyms.Select(p => p.Token), "x", "7", " ", "-", "\u200B", "\u0301", "//",
            .. forms.Pseudonyms.Select(p => p.Token[..^1]),
        ];
        var text = string.Concat(order.Select(o => pieces[o % pieces.Length]));
        var all = forms with { Pseudonyms = [.. forms.Pseudonyms, .. plain.Pseudonyms] };
        Restore(all, [.. cuts.Of(text)]).ShouldBe(Restore(all, [text]));
    }

    [Fact]
    public void What_only_resembles_a_pseudonym_stays()
    {
        var result = Apply("alice@example.com", ContentAction.Pseudonymise);
        var token = result.Pseudonyms.Single().Token;
        string[] others = [token[..^1], "EMAIL_BBBBBBBBBBBB", token[1..], token.Insert(8, "x"), token.Insert(8, "       "), "EMAIL", token[..8] + "\n\n\n\n\n\n\n\n" + token[8..]];
        foreach (var other in others)
        {
            Restore(result, [.. other.Select(c => c.ToString())]).ShouldBe(other);
        }
    }

    [Fact]
    public void Somebody_elses_pseudonym_stays()
    {
        var mine = Apply("alice@example.com", ContentAction.Pseudonymise);
        var theirs = Apply([Modules.Segment("alice@example.com")], [Do("*", ContentAction.Pseudonymise)], "t", "somebody else").Pseudonyms.Single().Token;
        Restore(mine, [theirs]).ShouldBe(theirs);
    }

    [Fact]
    public void What_is_put_back_is_not_masked_and_what_is_new_is()
    {
        var result = Apply("alice@example.com", ContentAction.Pseudonymise);
        var token = result.Pseudonyms.Single().Token;
        var deltas = $"To {token} and bob@example.com".Select(c => Delta(c.ToString())).ToArray();
        Run(Module, new ResponseSession { RequestId = "r", Tenant = "t", Actions = [Do("*", ContentAction.Redact)], Pseudonyms = result.Pseudonyms }, deltas)
            .Text.ShouldBe("To alice@example.com and [EMAIL]");
    }

    [Fact]
    public void An_answer_that_is_blocked_ends_before_what_blocks_it()
    {
        var output = Run(
            Module,
            new ResponseSession { RequestId = "r", Tenant = "t", Actions = [Do("EMAIL", ContentAction.Block)] },
            [Delta("ok 536-90-4399 "), Delta("bob@exam"), Delta("ple.com and"), Delta(" more")]);
        output.Text.ShouldBe("ok 536-90-4399 ");
        output.Deltas.Select(d => d.Blocked).ShouldBe(output.Deltas.Select(d => d.Blocked).Order());
        output.Deltas[^1].Blocked.ShouldBeTrue();
    }

    /// <summary>In links pseudonyms stay.</summary>
    private static bool HasLink(string text) => text.Contains("//", StringComparison.Ordinal) || text.Contains("](", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase);

    private static TypeAction Do(string type, ContentAction action) => new() { Type = type, Action = action };

    private static ResponseDelta Delta(string text) => new() { Channel = "0", Text = text };

    private static EditResult Apply(string text, ContentAction action) => Apply(text, [Do("*", action)]);

    private static EditResult Apply(string text, TypeAction[] actions, string tenant = "t", string? person = "p") => Apply([Modules.Segment(text)], actions, tenant, person);

    private static EditResult Apply(ContentSegment[] segments, TypeAction[] actions, string tenant, string? person) =>
        Module.ApplyAsync(Request(Module, segments, actions) with { Tenant = tenant, PersonId = person }, CancellationToken.None).GetAwaiter().GetResult();

    private static EditRequest Request(ITransformModule module, ContentSegment[] segments, TypeAction[] actions) => new()
    {
        RequestId = "r",
        Tenant = "t",
        PersonId = "p",
        Segments = [.. segments],
        Findings = module.Inspect(segments).Findings,
        Actions = [.. actions],
    };

    /// <summary>The answer, where nothing is masked and everything is put back.</summary>
    private static string Restore(EditResult edits, string[] pieces, string channel = "0")
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Actions = [Do("*", ContentAction.Allow)], Pseudonyms = edits.Pseudonyms };
        return Run(Module, session, [.. pieces.Select(p => Delta(p) with { Channel = channel })]).Text;
    }

    private static (string Text, List<ResponseDelta> Deltas) Run(TransformModule module, ResponseSession session, ResponseDelta[] deltas)
    {
        var all = module.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToListAsync().AsTask().GetAwaiter().GetResult();
        return (string.Concat(all.Select(d => d.Text)), all);
    }
}
