namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>Numbers and names that are written like a person's and are a thing's, each beside the one that is a person's.</summary>
public sealed class HarmlessTests
{
    [Theory]
    [InlineData("raised with the courier under 0800-4417-2290-B")]
    [InlineData("\"examples\": [\"+00 0000 000000\"]")]
    [InlineData("assigned 0441-720-001 to 0441-720-634")]
    [InlineData("E-1001    EmptyBasket    no")]
    [InlineData("FW-1180 Watchdog bite, HD-40716 Till")]
    [InlineData("foo==1.2.3.4, tag 1.4.2.1-beta, libfoo (1.2.3.4), see 3.4.5.6, Kapitel 3.2.1.4")]
    [InlineData("tls_fingerprint = 7A:0C:91:5E:22:F8")]
    [InlineData("SHA-1 5e:91:0a:7c:44:d0:12:fe")]
    [InlineData("Message-ID: <94ec9188761e9ccf@mx3.example>")]
    [InlineData("your.name@company.com, vorname.nachname@firma.example")]
    [InlineData("[14:20] segreteria: chi ha preso il faldone?\n[14:21] archivio: sta in sala, grazie")]
    [InlineData("MARIADB_DATABASE: thistle")]
    [InlineData("docker login registry.looms.example")]
    [InlineData("compte 411000 soldé")]
    [InlineData("Danish pastry, Swiss cheese, French windows")]
    [InlineData("user = current_user")]
    [InlineData("part 338-204-7719 of the crate")]
    [InlineData("the archive had 123 456 782 bytes")]
    [InlineData("Amsler grid: look at the dot and say whether the lines bend")]
    public void Stays_as_it_is(string text) => Modules.Default.Find(text).Where(f => !f.StartsWith("ORGANIZATION", StringComparison.Ordinal) && !f.StartsWith("LOCATION", StringComparison.Ordinal) && !f.StartsWith("PERSON", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("Requested by: ________  Cost Centre: ________")]
    [InlineData("Ort: Halle Nord   Melder: ________")]
    public void The_label_of_the_next_field_is_no_value(string text) => Modules.Default.Find(text).ShouldNotContain(f => f.Contains("Cost Centre", StringComparison.Ordinal) || f.Contains("Melder", StringComparison.Ordinal));

    [Theory]
    [InlineData("call 0800-4417-2290 please", "PHONE=0800-4417-2290")]
    [InlineData("Recapiti: 333 555 0172", "PHONE=333 555 0172")]
    [InlineData("Hauptstr. 5, D-10115 Berlin", "ADDRESS=Hauptstr. 5, D-10115 Berlin")]
    [InlineData("host 1.2.3.4 is down", "IP=1.2.3.4")]
    [InlineData("gateway: 10.40.17.1", "IP=10.40.17.1")]
    [InlineData("firmware: 3.7.1\nip: 192.168.40.12", "IP=192.168.40.12")]
    [InlineData("mac 7A:0C:91:5E:22:F8", "MAC=7A:0C:91:5E:22:F8")]
    [InlineData("From: <jane@mx3.example>", "EMAIL=jane@mx3.example")]
    [InlineData("write to user@example.com", "EMAIL=user@example.com")]
    [InlineData("LAB_USER=wd7-results", "USERNAME=wd7-results")]
    [InlineData("    database__connection__user: \"ghost_tap\"", "USERNAME=ghost_tap")]
    [InlineData("[smb]\nuser = svc-copier\n", "USERNAME=svc-copier")]
    [InlineData("pg_restore -h 127.0.0.1 -U inn -d bookings", "USERNAME=inn")]
    [InlineData("Login issued: ciredale\n", "USERNAME=ciredale")]
    [InlineData("the Norwegian physicist supplied it", "NATIONALITY=Norwegian")]
    [InlineData("Der Bruder ist dänischer Staatsangehöriger", "NATIONALITY=dänischer")]
    [InlineData("somos 7 adultos y 2 niños (5 y 8 años)", "AGE=5")]
    [InlineData("left at 51.9921,-2.1583 today", "COORDINATES=51.9921,-2.1583")]
    [InlineData("reach us at 415-204-7719", "PHONE=415-204-7719")]
    [InlineData("tax file number 123 456 782", "AU_TFN=123 456 782")]
    [InlineData("write to jane at example dot com", "EMAIL=jane at example dot com")]
    [InlineData("Name: __Marta Kowalska__", "PERSON=Marta Kowalska")]
    public void The_persons_is_found(string text, string expected) => Modules.Default.Find(text).ShouldContain(expected);
}
