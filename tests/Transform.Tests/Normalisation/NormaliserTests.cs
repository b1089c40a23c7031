using System.Collections.Concurrent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Normalisation;
using GatewayStack.Transform.Tests.Scanning;

namespace GatewayStack.Transform.Tests.Normalisation;

public sealed class NormaliserTests
{
    private static readonly ConcurrentDictionary<string, TransformModule> WithActions = new(StringComparer.Ordinal);

    private const string Hidden = "Hello wor\u200Bld";

    [Fact]
    public void Hidden_characters_are_reported()
    {
        var result = With("report").Inspect(Hidden);
        result.Metadata.Labels.ShouldHaveSingleItem().ShouldBe(new ContentLabel { Name = "hidden_characters", Confidence = 0.8 });
        result.Segments.ShouldHaveSingleItem().MustEdit.ShouldBeFalse();
        Apply(With("report"), Hidden).ShouldBe(Hidden);
        With("report").Inspect("Hello wor\u00ADld").Metadata.Labels.ShouldBeEmpty();
    }

    [Fact]
    public void They_are_removed_and_nothing_else_is()
    {
        var module = With("remove");
        module.Inspect(Hidden).Segments.ShouldHaveSingleItem().MustEdit.ShouldBeTrue();
        module.Inspect("Hello world").Segments.ShouldNotContain(s => s.MustEdit);
        Apply(module, Hidden).ShouldBe("Hello world");
        Apply(module, "soft\u00ADly 👩\u200D💻").ShouldBe("softly 👩\u200D💻");
    }

    [Fact]
    public void They_are_refused()
    {
        With("refuse").Inspect(Hidden).Status.ShouldBe(InspectionStatus.Refused);
        With("refuse").Inspect("Hello 👩\u200D💻").Status.ShouldBe(InspectionStatus.Inspected);
    }

    [Fact]
    public void Inside_what_is_redacted_they_go_with_it()
    {
        var module = With("remove");
        Apply(module, "Mail al\u200Bice@example.com\u200B now", ContentAction.Redact).ShouldBe("Mail [EMAIL_1] now");
        Apply(module, "Mail al\u200Bice@example.com now", ContentAction.Detect).ShouldBe("Mail alice@example.com now");
    }

    [Fact]
    public void Removing_among_many_edits_grows_no_faster_than_the_text()
    {
        var module = With("remove");
        Apply(module, Effort.Repeat("\u200Ba0@b.de ", 90), ContentAction.Redact).ShouldBe(string.Concat(Enumerable.Repeat("[EMAIL_1] ", 10)));
        Effort.Growth("\u200Ba0@b.de ", Prepare).ShouldBeLessThan(4);

        Action Prepare(string given)
        {
            var segment = Modules.Segment(given);
            var request = Request(segment, module.Inspect(segment), ContentAction.Redact);
            return () => module.ApplyAsync(request, TestContext.Current.CancellationToken).GetAwaiter().GetResult().Edits.Length.ShouldBeGreaterThan(given.Length / 10);
        }
    }

    [Fact]
    public void Of_json_only_string_values_are_changed()
    {
        var module = With("remove");
        Apply(module, """{"a":"x\u200by","n":1}""", ContentAction.Detect, "application/json").ShouldBe("""{"a":"xy","n":1}""");
        module.Inspect(Modules.Segment("""{"a\u200bb":1}""", mediaType: "application/json")).Status.ShouldBe(InspectionStatus.Refused);
        module.Inspect(Modules.Segment(Hidden, editable: false)).Status.ShouldBe(InspectionStatus.Refused);
        module.Inspect(Modules.Segment("soft\u00ADly", editable: false)).Status.ShouldBe(InspectionStatus.Inspected);
    }

    [Fact]
    public void A_long_part_is_reported_or_refused()
    {
        var report = Create(new NormaliseOptions { MaxPartChars = 10 });
        report.Inspect("0123456789").Metadata.Labels.ShouldBeEmpty();
        report.Inspect("0123456789a").Metadata.Labels.ShouldHaveSingleItem().Name.ShouldBe("over_long");
        Create(new NormaliseOptions { MaxPartChars = 10, LongParts = "refuse" }).Inspect("0123456789a").Status.ShouldBe(InspectionStatus.Refused);
    }

    [Fact]
    public async Task A_tenant_may_have_its_own_rules()
    {
        var options = new NormaliseOptions
        {
            HiddenCharacters = "refuse",
            Tenants = new Dictionary<string, NormaliseTenantOptions>(StringComparer.Ordinal) { ["t"] = new() { HiddenCharacters = "report" } },
        };
        var module = Create(options);
        module.Inspect(Hidden).Status.ShouldBe(InspectionStatus.Inspected);
        var other = new InspectionRequest { RequestId = "r", Tenant = "other", Segments = [Modules.Segment(Hidden)] };
        (await module.InspectAsync(other, TestContext.Current.CancellationToken)).Status.ShouldBe(InspectionStatus.Refused);
    }

    [Property(MaxTest = 300)]
    public void What_was_removed_is_gone(PlantedText planted, int seed)
    {
        var random = new Random(seed);
        string[] hidden = ["\u200B", "\u200D", "\u2060", "\u202E", "\uFE0F", "\u00AD", "\U000E0041", "\u3164"];
        var text = planted.Text;
        for (var i = random.Next(6); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            if (at == 0 || at == text.Length || !char.IsLowSurrogate(text[at]))
            {
                text = text.Insert(at, hidden[random.Next(hidden.Length)]);
            }
        }

        var cleaned = Apply(With("remove"), text);
        foreach (var kind in (char[])['\u2060', '\u202E', '\u00AD', '\u3164'])
        {
            cleaned.ShouldNotContain(kind.ToString());
        }

        HiddenText.Find(text, json: false).Sum(r => r.End - r.Start).ShouldBe(text.Length - cleaned.Length);
    }

    private static TransformModule With(string hidden) => WithActions.GetOrAdd(hidden, h => Create(new NormaliseOptions { HiddenCharacters = h }));

    /// <summary>Without what learned models find: that is no matter here.</summary>
    private static TransformModule Create(NormaliseOptions options) => Modules.Create(new TransformOptions { Names = false, Labels = false, Normalise = options });

    private static string Apply(TransformModule module, string text, ContentAction action = ContentAction.Allow, string mediaType = "text/plain")
    {
        var segment = Modules.Segment(text, mediaType: mediaType);
        var result = module.ApplyAsync(Request(segment, module.Inspect(segment), action), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        result.Status.ShouldBe(EditStatus.Applied);
        return text.With(result);
    }

    private static EditRequest Request(ContentSegment segment, InspectionResult inspected, ContentAction action) =>
        new() { RequestId = "r", Tenant = "t", Segments = [segment], Findings = inspected.Findings, Actions = [new TypeAction { Type = "*", Action = action }] };
}
