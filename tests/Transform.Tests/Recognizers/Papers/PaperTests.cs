using GatewayStack.Transform.Recognizers.Papers;

namespace GatewayStack.Transform.Tests.Recognizers.Papers;

public sealed class PaperTests
{
    [Theory]
    [InlineData("passport is ZX4410927.", "PASSPORT=ZX4410927")]
    [InlineData("her residence permit, as printed on the back, reads UT 5518204 and ends in May", "PASSPORT=UT 5518204")]
    [InlineData("numret på uppehållstillståndet är UT 5518204, det går ut i februari", "PASSPORT=UT 5518204")]
    [InlineData("Her permit runs out in August: C7T3019JP, check who must file", "PASSPORT=C7T3019JP")]
    [InlineData("ann: passport number?\nbo: upstairs, one sec\nbo: ok got it\nbo: XN3101027", "PASSPORT=XN3101027")]
    [InlineData("Passport\nXN3101027\n", "PASSPORT=XN3101027")]
    [InlineData("ann: identity card ok?\nbo: yes\nann: mine: X4RTBPFW4", "PASSPORT=X4RTBPFW4")]
    [InlineData("Patente della signora Assunta: U1B77204K0, rilasciata", "DRIVER_LICENSE=U1B77204K0")]
    [InlineData("Two drivers need a check of the licence: Bronwen, SZABO 756203 B99GH, and Ole", "DRIVER_LICENSE=SZABO 756203 B99GH")]
    [InlineData("Presenta permiso de conducir 20593716-T y una factura", "DRIVER_LICENSE=20593716-T")]
    [InlineData("he is diabetic, his insurer's number is NK-929-0482-3", "MEDICAL_RECORD=NK-929-0482-3")]
    [InlineData("la póliza que consta en el informe del hospital es la SA-7730-1148-02;", "MEDICAL_RECORD=SA-7730-1148-02")]
    [InlineData("treated at Malvern Priory Hospice under the number PH/26/0593 until May", "MEDICAL_RECORD=PH/26/0593")]
    [InlineData("clinic: and the chart you had?\nwanda: the sticker says FB-29651", "MEDICAL_RECORD=FB-29651")]
    [InlineData("pode debitar do Banco do Norte, conta 38.417-9, por favor", "BANK_ACCOUNT=38.417-9")]
    [InlineData("पेंशन की खाता संख्या 0412000187654321 है", "BANK_ACCOUNT=0412000187654321")]
    [InlineData("chuyển vào tài khoản 0071 0048 21936 nhé", "BANK_ACCOUNT=0071 0048 21936")]
    [InlineData("رقم اللوحة والحساب: رقم الحساب 0412000187654", "BANK_ACCOUNT=0412000187654")]
    [InlineData("lönen betalas till konto 994 118 203-4, om du vill", "BANK_ACCOUNT=994 118 203-4")]
    [InlineData("he changed banks, new account 9365 22 70581.", "BANK_ACCOUNT=9365 22 70581")]
    [InlineData("a: the rent bounced. and the routing\nb: 061067804", "ABA_ROUTING=061067804")]
    [InlineData("a: and the car\nb: GDA 83PK6", "LICENSE_PLATE=GDA 83PK6")]
    [InlineData("drives ahead in the white pickup, VD 418 207, so tell them", "LICENSE_PLATE=VD 418 207")]
    [InlineData("passport number is X four four one nine double two seven", "PASSPORT=X four four one nine double two seven")]
    [InlineData("Patient P-20817 moved to bed 4", "MEDICAL_RECORD=P-20817")]
    [InlineData("MRN four four one seven two nine", "MEDICAL_RECORD=four four one seven two nine")]
    [InlineData("insurance card: ABX 771 204 9", "MEDICAL_RECORD=ABX 771 204 9")]
    [InlineData("Kto. 447 190 23, BLZ folgt", "BANK_ACCOUNT=447 190 23")]
    [InlineData("bankgiro 505-105544", "BANK_ACCOUNT=505-105544")]
    [InlineData("mac 3C22FB10AA7E on port 4", "MAC=3C22FB10AA7E")]
    [InlineData("Position five four decimal four six one eight north, three", "COORDINATES=five four decimal four six one eight north")]
    public void Said(string text, string expected) => Rows.Find(PaperRows.All, text).ShouldContain(expected);

    [Fact]
    public void Old_and_new() =>
        Rows.Find(PaperRows.All, "field=passport_no old=\"FN593627\" new=\"589976451\"").ShouldBe(["PASSPORT=FN593627", "PASSPORT=589976451"]);

    [Fact]
    public void Another_that_is_written_alike() =>
        Rows.Find(PaperRows.All, "His member ID is WLF-3360-2259-7; mine is WLF-3360-2295-7, so").ShouldBe(["MEDICAL_RECORD=WLF-3360-2259-7", "MEDICAL_RECORD=WLF-3360-2295-7"]);

    [Theory]
    [InlineData("the passport office moved; see order no. AB-4471902")]
    [InlineData("passport checks: ticket AB4471902 is open, invoice 20240119")]
    [InlineData("passport valid until 2031-04-12, issued 12.04.2021 at 10:30")]
    [InlineData("she has a passport. The parcel is AB4471902 now")]
    [InlineData("software licence: key data in AB-4471902")]
    [InlineData("the insurance covers part HO 4988 220 4 of the roof")]
    [InlineData("<fee vat=\"0\" account=\"650900\"/> payment")]
    [InlineData("account: user 20240119 has no bank data")]
    [InlineData("the van is a BMW X5 with 4x4")]
    [InlineData("a patient waits, ISO 27001 and RFC 7519 apply to the chart: RFC 75191")]
    [InlineData("the chart of the hospital shows 4.2 % in 2024 and 5,300 cases")]
    [InlineData("identity card\nBOOKING REF\nOrder QX44 7120")]
    [InlineData("passport number: AXXXXXX01")]
    [InlineData("the position of point four is five or six of seven")]
    [InlineData("two or three patients, four beds, five nurses and one passport for six of them")]
    [InlineData("patient 2 of 10, ward 4, in 2026")]
    [InlineData("the forwarded number 3SQLW0549817209 of the parts list")]
    public void Nobodys(string text) => Rows.Find(PaperRows.All, text).ShouldBeEmpty();
}
