using System.Text;
using FsCheck.Xunit;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

[Properties(Arbitrary = [typeof(Texts)], MaxTest = 500)]
public sealed class InspectionProperties
{
    private static readonly TransformModule Module = Modules.Create(
        new RecognizerOptions { Name = "company", Words = ["acme corp", "acme"] },
        new RecognizerOptions { Name = "mrn", Pattern = @"\bMRN-\d{6}\b" });

    [Property]
    public void Findings_are_ordered_apart_and_inside_the_text(PlantedText planted)
    {
        var end = 0;
        foreach (var finding in Module.Inspect(planted.Text).Findings)
        {
            finding.Start.ShouldBeGreaterThanOrEqualTo(end);
            finding.End.ShouldBeGreaterThan(finding.Start);
            finding.End.ShouldBeLessThanOrEqualTo(planted.Text.Length);
            finding.Score.ShouldBeInRange(0, 1);
            end = finding.End;
        }
    }

    [Property]
    public void A_finding_begins_and_ends_with_what_is_seen(PlantedText planted)
    {
        foreach (var finding in Module.Inspect(planted.Text).Findings)
        {
            HiddenCharacters.Fold(planted.Text[finding.Start]).ShouldNotBe(HiddenCharacters.Nothing);
            HiddenCharacters.Fold(planted.Text[finding.End - 1]).ShouldNotBe(HiddenCharacters.Nothing);
        }
    }

    [Property]
    public void Folding_keeps_the_way_back(PlantedText planted)
    {
        using var folded = new FoldedText(json: false);
        folded.Append(planted.Text, final: true);
        for (var i = 0; i < folded.Chars.Length; i++)
        {
            HiddenCharacters.Fold(planted.Text[folded.StartOf(i)]).ShouldBe(folded.Chars[i]);
            folded.EndOf(i).ShouldBe(folded.StartOf(i) + 1);
        }
    }

    [Property]
    public void Hiding_changes_nothing(PlantedText planted)
    {
        var hidden = new StringBuilder();
        foreach (var c in planted.Text)
        {
            hidden.Append('\u200B').Append(c is >= '0' and <= '9' ? (char)(c - '0' + '０') : c);
        }

        Module.Inspect(hidden.ToString()).Findings.Select(f => (f.Type, f.Score)).ShouldBe(Module.Inspect(planted.Text).Findings.Select(f => (f.Type, f.Score)));
    }

    [Property]
    public void A_valid_card_is_found_and_leaves_no_digit(ValidCard card, PlantedText planted)
    {
        var text = $"{planted.Text}\nThe card is {card.Written}, yes\n{planted.Text}";
        var start = text.IndexOf(card.Written, planted.Text.Length, StringComparison.Ordinal);
        Module.Inspect(text).Findings.ShouldContain(f => f.Start <= start && f.End >= start + card.Written.Length);
        Module.Redact($"The card is {card.Written}, yes").ShouldBe("The card is [CREDIT_CARD], yes");
    }

    [Property]
    public void A_card_with_a_wrong_digit_is_no_card(ValidCard card) =>
        Module.Find($"It is {Texts.Spoil(card.Digits)}, yes").ShouldNotContain(f => f.StartsWith("CREDIT_CARD"));

    [Property]
    public void A_valid_iban_is_found_and_leaves_no_digit(ValidIban iban, PlantedText planted)
    {
        var text = $"{planted.Text}\nIt is {iban.Written}, yes\n{planted.Text}";
        var start = text.IndexOf(iban.Written, planted.Text.Length, StringComparison.Ordinal);
        Module.Inspect(text).Findings.ShouldContain(f => f.Start <= start && f.End >= start + iban.Written.Length);
        Module.Redact($"It is {iban.Written}, yes").ShouldNotContain(c => char.IsAsciiDigit(c));
    }

    [Property]
    public void An_iban_with_a_wrong_checksum_is_no_iban(ValidIban iban)
    {
        var check = (int.Parse(iban.Compact[2..4]) + 1) % 97;
        Module.Find($"It is {iban.Compact[..2]}{check:00}{iban.Compact[4..]}, yes").ShouldNotContain(f => f.StartsWith("IBAN"));
    }

    [Fact]
    public void Placeholders_are_no_findings()
    {
        var placeholders = string.Concat(RecognizerTable.BuiltIn.Select(r => Placeholder.For(r.Type)));
        Module.Redact(placeholders).ShouldBe(placeholders);
    }

    [Fact]
    public void Numbered_placeholders_are_no_findings()
    {
        var placeholders = string.Concat(RecognizerTable.BuiltIn.Select((r, i) => Placeholder.For(r.Type, 1 + (i * 997 % 99_999))));
        Module.Inspect(placeholders).Findings.ShouldBeEmpty();
    }

    [Property]
    public void A_number_in_a_placeholder_of_ones_own_is_found(ValidCard card) =>
        Module.Find($"It is [CREDIT_CARD_{card.Digits}], yes").ShouldBe(Module.Find($"It is {{CREDIT_CARD_{card.Digits}}}, yes"));
}
