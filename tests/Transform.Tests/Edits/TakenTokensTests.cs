using FsCheck.Xunit;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

public sealed class TakenTokensTests
{
    [Theory]
    [InlineData("see email_qmkxdwztrplb!", true)]
    [InlineData("EMAIL_QMKXDWZTRPLBX", true)]
    [InlineData("EMAIL_QMKXDWZTRPL", false)]
    [InlineData("nothing", false)]
    [InlineData("", false)]
    public void A_token_of_a_text_is_taken(string text, bool taken) => new TakenTokens(["other", text]).Contains("EMAIL_QMKXDWZTRPLB").ShouldBe(taken);

    [Property]
    public void What_stands_in_a_text_is_never_missed(string? before, string? after) =>
        new TakenTokens([before + "+41 44 668 18 00" + after]).Contains("+41 44 668 18 00").ShouldBeTrue();

    [Fact]
    public void There_are_no_more_pseudonyms_than_an_answer_can_be_looked_through_for()
    {
        Status(ContentTokens.MaxPseudonyms).ShouldBe((EditStatus.Applied, null));
        Status(ContentTokens.MaxPseudonyms + 1).ShouldBe((EditStatus.NotEditable, EditReasons.TooManyPseudonyms));

        static (EditStatus, string?) Status(int count)
        {
            var result = Compute(count, CancellationToken.None);
            return (result.Status, result.Reason);
        }
    }

    [Fact]
    public void Applying_ends_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => Compute(10, stop.Token));
    }

    [Fact]
    public void No_reason_has_anything_of_a_text()
    {
        var segment = Modules.Segment("alice@example.com", editable: false) with { Part = "alice@example.com" };
        var result = Modules.Default.Apply([segment]);
        result.Status.ShouldBe(EditStatus.NotEditable);
        result.Reason!.ShouldBe(EditReasons.NotEditablePlace);
    }

    private static EditResult Compute(int count, CancellationToken cancellationToken)
    {
        var text = string.Concat(Enumerable.Range(0, count).Select(i => $"{i:D6} "));
        var request = new EditRequest
        {
            RequestId = "r",
            Tenant = "t",
            PersonId = "p",
            Segments = [Modules.Segment(text)],
            Findings = [.. Enumerable.Range(0, count).Select(i => new Finding { SegmentId = 0, Type = "ID", Start = i * 7, End = (i * 7) + 6, Score = 1 })],
        };
        var key = new DataKey { KeyId = "k", Purpose = DataKeyPurposes.ContentToken, Secret = [.. Enumerable.Repeat((byte)7, 32)] };
        return EditComputer.Compute(request, ContentActions.Of([new TypeAction { Type = "*", Action = ContentAction.Pseudonymise }]), key, cancellationToken);
    }
}
