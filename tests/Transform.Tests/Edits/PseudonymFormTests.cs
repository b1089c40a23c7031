using GatewayStack.Contracts.Keys;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

/// <summary>A pseudonym of its value's form has nothing of the value but marks that everybody writes.</summary>
public sealed class PseudonymFormTests
{
    [Theory]
    [InlineData("4111 1111 1111 \u2460\u2461\u2462\u2463")] // circled digits
    [InlineData("\u0930\u093E\u091C\u0947\u0936 \u0915\u0941\u092E\u093E\u0930 \u0936\u0930\u094D\u092E\u093E")] // signs of vowels
    [InlineData("alice%40example.com")]
    [InlineData("Jo\u0308rg Mu\u0308llermann")] // accents that stand apart
    public void What_could_show_through_has_no_form(string value) => Of(value).ShouldStartWith("PERSON_");

    [Theory]
    [InlineData("+49 (30) 901820-17", "+## (##) ######-##")]
    [InlineData("J\u00F6rg M\u00FCllermann", "J### M###########")]
    public void What_people_write_keeps_its_form(string value, string form)
    {
        var token = Of(value);
        token.Length.ShouldBe(form.Length);
        for (var i = 0; i < form.Length; i++)
        {
            if (!char.IsLetterOrDigit(value[i]))
            {
                token[i].ShouldBe(value[i]);
            }
        }
    }

    private static string Of(string value)
    {
        var key = new DataKey { KeyId = "k", Purpose = DataKeyPurposes.ContentToken, Secret = [.. Enumerable.Repeat((byte)7, 32)] };
        return new ContentTokens(key, "t", "p", []).Pseudonymise("PERSON", value, keepForm: true);
    }
}
