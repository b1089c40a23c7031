using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Classification;

/// <summary>An answer says by which rules it was found: whoever keeps it must know what it adds up with.</summary>
public sealed class RuleSetTests
{
    private static readonly RecognizerOptions Row = new() { Name = "project", Words = ["falcon"], Label = "secret" };

    [Fact]
    public void The_same_rules_have_the_same_name()
    {
        Modules.Create(Row).Inspect("x").RuleSet.ShouldBe(Modules.Create(Row with { Words = ["falcon"] }).Inspect("a@example.com").RuleSet);
        Modules.Create(Row).Inspect("x").RuleSet.Length.ShouldBe(32);
        // How strictly findings are applied is the Router's business.
        Name(new TransformOptions { Mode = ModuleMode.Observe }).ShouldBe(Name(new TransformOptions()));
    }

    [Fact]
    public void Any_other_rules_have_another_one()
    {
        string[] names =
        [
            Name(new TransformOptions()),
            Name(new TransformOptions { MaxChars = 10 }),
            .. new RecognizerOptions[]
            {
                Row, Row with { Name = "projects" }, Row with { Words = ["falcon", "hawk"] }, Row with { Label = "other" }, Row with { Label = null }, Row with { Redact = true },
                Row with { Context = ["project"] }, Row with { Words = [], Pattern = "falcon" }, Row with { Words = [], Pattern = "falcon", Checksum = "luhn" },
            }.Select(r => Modules.Create(r).Inspect("x").RuleSet),
        ];
        names.ShouldBeUnique();
    }

    [Fact]
    public async Task Texts_that_were_not_sent_count_towards_the_bound()
    {
        var module = Modules.Create(new TransformOptions { MaxChars = 10 });
        (await StatusAsync(5, "12345")).ShouldBe(InspectionStatus.Inspected);
        (await StatusAsync(6, "12345")).ShouldBe(InspectionStatus.Refused);
        (await StatusAsync(11)).ShouldBe(InspectionStatus.Refused);
        (await StatusAsync(long.MaxValue, "12345")).ShouldBe(InspectionStatus.Refused);
        (await StatusAsync(-5, "12345678901")).ShouldBe(InspectionStatus.Refused);

        async Task<InspectionStatus> StatusAsync(long known, params string[] texts)
        {
            var request = new InspectionRequest { RequestId = "r", Tenant = "t", KnownChars = known, Segments = [.. texts.Select((t, i) => Modules.Segment(t, i))] };
            return (await module.InspectAsync(request, CancellationToken.None)).Status;
        }
    }

    private static string Name(TransformOptions options) => Modules.Create(options).Inspect("x").RuleSet;
}
