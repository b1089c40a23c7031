using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Tests.Recognizers.Tables;

public sealed class MessageSegmentTests
{
    [Theory]
    [InlineData("MSH|^~\\&|LAB|X|EHR|X|20261119||ORU^R01|M1|P|2.5.1\nPID|1||300418827^^^MRH^MR||DOE^JANE^E||19790214|F|||81 ALDER ST^^YAKIMA^WA^98901||(509)555-0171|||M||4471802|533-84-1190",
        "MEDICAL_RECORD=300418827", "PERSON=DOE", "PERSON=JANE", "DATE_OF_BIRTH=19790214", "ADDRESS=81 ALDER ST", "LOCATION=YAKIMA", "ADDRESS=98901", "PHONE=(509)555-0171", "MEDICAL_RECORD=4471802",
        "US_SSN=533-84-1190")]
    [InlineData("NK1|1|DOE^OSCAR|SPO||(509)555-0139", "PERSON=DOE", "PERSON=OSCAR", "PHONE=(509)555-0139")]
    [InlineData("OBR|1|A26||80053^PANEL^CPT4|||20261118161500|||||||||1457481384^ROE^IRENE", "US_NPI=1457481384", "PERSON=ROE", "PERSON=IRENE")]
    [InlineData("PV1|1|I|4B^12^1||||7701^LÓPEZ^MARÍA", "PERSON=LÓPEZ", "PERSON=MARÍA")]
    [InlineData("UNH+1+ORDERS:D:96A:UN'NAD+BY+4471::9++Nordwind Handels GmbH+Hafenweg 4+Emden++26725+DE'CTA+IC+:Ulla Brix'COM+04921418770:TE'", "ORGANIZATION=Nordwind Handels GmbH",
        "ADDRESS=Hafenweg 4", "LOCATION=Emden", "ADDRESS=26725", "PERSON=Ulla Brix", "PHONE=04921418770")]
    [InlineData("NAD+CN+++Ulla Brix+Am Siel 9+Norden++26506+DE'", "PERSON=Ulla Brix", "ADDRESS=Am Siel 9", "LOCATION=Norden", "ADDRESS=26506")]
    [InlineData("NM1*IL*1*DOE*JANE*E***MI*W4471802~N3*81 ALDER ST~N4*YAKIMA*WA*98901~DMG*D8*19790214*F~PER*IC*OSCAR ROE*TE*5095550139~", "PERSON=DOE", "PERSON=JANE", "MEDICAL_RECORD=W4471802",
        "ADDRESS=81 ALDER ST", "LOCATION=YAKIMA", "ADDRESS=98901", "DATE_OF_BIRTH=19790214", "PERSON=OSCAR ROE", "PHONE=5095550139")]
    [InlineData("NM1*PR*2*UNION MUTUAL~", "ORGANIZATION=UNION MUTUAL")]
    [InlineData("BEGIN:VCARD\nADR;TYPE=HOME:;;12 Awolowo Road;Ikoyi;Lagos;101233;Nigeria\nEND:VCARD", "ADDRESS=12 Awolowo Road", "LOCATION=Ikoyi", "ADDRESS=101233")]
    [InlineData("item1.ADR:;;Am Siel 9;Norden;;26506;", "ADDRESS=Am Siel 9", "LOCATION=Norden", "ADDRESS=26506")]
    public void A_field_is_what_its_place_says(string text, params string[] found) => Rows.Find(MessageSegments.All, text).ShouldBe(found);

    [Theory]
    [InlineData("OBX|1|NM|2345-7^GLUCOSE^LN||187|mg/dL|70-99|H|||F")]
    [InlineData("OBR|1|A26||80053^PANEL^CPT4|||20261118161500||||||||BLD^Blood^HL7")]
    [InlineData("LIN+1++4471802:EN'QTY+21:48'PRI+AAA:12.50'")]
    [InlineData("CLM*4471802*125***11:B:1*Y*A~SV1*HC:99213*125*UN*1~")]
    [InlineData("N3*x is the third norm; REF*2")]
    [InlineData("PID | name | state\n1 | init | S")]
    [InlineData("PID|USER|COMMAND\n4471|root|sshd")]
    [InlineData("the PID|1||||| of nobody")]
    [InlineData("ADR;TYPE=HOME has a street; and a town")]
    [InlineData("ADR: we use Postgres; two nodes; see 0004")]
    public void Other_fields_and_tables_are_quiet(string text) => Rows.Find(MessageSegments.All, text).ShouldBeEmpty();
}
