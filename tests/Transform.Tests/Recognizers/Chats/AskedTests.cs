using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Chats;

/// <summary>What somebody answers who was asked for a paper, some lines before.</summary>
public sealed class AskedTests
{
    private const string Between = "Ilse: ugh, upstairs. one sec\nWren: and the day it was issued\nIlse: ok got it\n";

    [Theory]
    [InlineData("Wren: the form wants your passport number", "Ilse: XN3101027", "PASSPORT=XN3101027")]
    [InlineData("Nadia: podaj numer paszportu", "Gleb: RR 7052936", "PASSPORT=RR 7052936")]
    [InlineData("Wren: identity card or passport?", "Ilse: mine: X4RTBPFW4", "PASSPORT=X4RTBPFW4")]
    [InlineData("Desk: and the licence number of the driver?", "Driver: HOLLO 752148 M9TK", "DRIVER_LICENSE=HOLLO 752148 M9TK")]
    [InlineData("desk: and the chart you had with us?", "Wanda: the sticker says FB-2965", "MEDICAL_RECORD=FB-2965")]
    [InlineData("Wren: what nationality is in it", "Ilse: still Danish!", "NATIONALITY=Danish")]
    [InlineData("Nadia: obywatelstwo?", "Gleb: białoruskie", "NATIONALITY=białoruskie")]
    public void It_is_what_was_asked_for(string question, string answer, string expected)
    {
        Find($"{question}\n{answer}\nok").ShouldContain(expected);
        Find($"{question}\n{Between}{answer}").ShouldContain(expected);
    }

    [Theory]
    [InlineData("Wren: what is the order number", "Ilse: XN3101027")]
    [InlineData("Wren: when does the passport expire?", "Ilse: 04/2028")]
    [InlineData("Passport: EK0520711\nLicence: class II", "Expires: 2031117")]
    [InlineData("Wren: got your passport number. order number?", "Ilse: we have that one, 3 of 4 boxes")]
    [InlineData("Wren: what do we order", "Ilse: Danish")]
    [InlineData("Wren: passport number, and then?\nIlse: sent\nWren: the invoice number?", "Ilse: 20269917")]
    public void Other_answers_are_none(string question, string answer) =>
        Find($"{question}\n{answer}\nok").ShouldNotContain(f => !f.Contains("EK0520711", StringComparison.Ordinal));

    private static string[] Find(string text) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Passport, EntityTypes.DriverLicense, EntityTypes.MedicalRecord, EntityTypes.Nationality);
}
