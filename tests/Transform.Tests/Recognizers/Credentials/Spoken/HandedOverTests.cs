using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Spoken;

// How a secret is handed over without the word for it beside it. «» marks it; each text gives the same as a stream.
public sealed class HandedOverTests
{
    private static readonly string[] Types = [EntityTypes.Password, EntityTypes.Secret, EntityTypes.ApiKey];

    [Theory]
    [InlineData("use «Milkfloat9» to get in")]
    [InlineData("You can use «Milkfloat9!» to log in.")]
    [InlineData("«Sommer2041!» gets you in")]
    [InlineData("mit «Regen.Wolke7» kommst du rein")]
    [InlineData("Das Archiv ist mit «Regen.Wolke7» verschlüsselt.")]
    [InlineData("The file is locked with «Sommer2041!».")]
    [InlineData("puedes entrar con «Nube-Gris-7»")]
    [InlineData("«Sommer2041!» - that's the wifi")]
    [InlineData("«Nuage-Gris-7», c'est le wifi")]
    [InlineData("«Sommer2041!» should work as the password")]
    [InlineData("put «AbC9xYz81QwErTy22PlmOkn7» in the Authorization header")]
    public void What_opens_something(string text) => ShouldFind(text);

    [Theory]
    [InlineData("password is «sommer2041»\nsorry, capital S: «Sommer2041»")]
    [InlineData("Passwort geändert auf «Regen.Wolke7»")]
    [InlineData("le mot de passe a été changé en «Nuage-Gris-7»")]
    [InlineData("passwort Kreisliga!\n> probier «Aufstieg2025»")]
    [InlineData("das Passwort hat sie geändert auf «GartenzwergMitHut» und notiert")]
    [InlineData("Old: «Autumn2041» New: «Winter2041!» (passwords for the till)")]
    public void What_takes_the_place_of_another(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Logins:\n- reception / «Milkfloat9»\n- office / «Teacup_81»\n- archive / «Ledger#07»")]
    [InlineData("Log in as admin_2 with «Milkfloat9»")]
    [InlineData("connecte-toi avec jmorel et «Nuage-Gris-7»")]
    [InlineData("Zugangsdaten: kbauer / «Regen.Wolke7»")]
    [InlineData("identifiants : jmorel / «Nuage-Gris-7»")]
    [InlineData("kiosk: stall14@pickles.example / «gherkinGherkin9»")]
    [InlineData("staff page: jetty2@cruises.example with «Guillemot-Razor3»")]
    [InlineData("| Where | User | Password |\n|---|---|---|\n| Till | - | «8642» |\n| Printer | maker | «filament-rouge» |")]
    public void Beside_a_login(string text) => ShouldFind(text);

    [Theory]
    [InlineData("lotte: what's the wifi in there?\nravi: «heron-legs-17-grey»")]
    [InlineData("jo: whats the password again\nmia: its in the notes\nmia: «Winter2041!»")]
    [InlineData("IMAP_PASS=«xnny dfpb yzcq hwrx»")]
    [InlineData("memorable word «marzipan»")]
    [InlineData("password «123456»")]
    [InlineData("pw «letmein»")]
    [InlineData("PGP passphrase for the test key: «inky fingers on a tuesday»")]
    [InlineData("Das Kennwort ist «Regen.Wolke7».")]
    [InlineData("licence key for the drawing program «8KQ2M-PXW4R-77TDN-LLC3A-V9H2E»")]
    [InlineData("activation code: «8KQ2M-PXW4R-77TDN-LLC3A»")]
    [InlineData("use this key for the weather API: «9f8a7d6c5b4e3f2a1b0c9d8e7f6a5b4c»")]
    [InlineData("WLAN-Netzwerkschlüssel (WPA2): «2833 8642 6650 9405 2604»\nFRITZ!Box-Kennwort: «atlas6023»")]
    [InlineData("Clé WPA : «8374 6152 0983 7461 5209»")]
    [InlineData("вайфай: Lipa5 / «zimaVelo77»")]
    [InlineData("Wi-Fi key: «28338642665094052604»")]
    public void In_other_words(string text) => ShouldFind(text);

    [Theory]
    [InlineData("gas locker? «4471» then the hash")]
    [InlineData("e l'allarme? «558203» poi cancelletto")]
    [InlineData("4 Stellen, «7719», dann die Raute")]
    [InlineData("der Tresor geht mit «4482» auf")]
    [InlineData("l'alarme c'est «5583»")]
    [InlineData("gate is «2291#»")]
    [InlineData("cadenas : «558»")]
    [InlineData("portkoden är «5583»")]
    [InlineData("SIM PIN «0420» / PUK «39485716»")]
    [InlineData("Tresor im Schrank: «0815»")]
    [InlineData("Photocopier code: «2290»")]
    [InlineData("Ihr Paket 0034 0434 1234 5678 wird an die Ablage \"Garage\" (Code «2580») geliefert.")]
    public void What_is_keyed_in(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Never use names like Summer2041 as a password.")]
    [InlineData("e.g. password: P@ssw0rd!")]
    [InlineData("An example of a weak password is Summer2024!")]
    [InlineData("Passwörter wie Sommer2041! sind schlecht")]
    [InlineData("por ejemplo «contraseña», «123456» o «qwerty»")]
    [InlineData("use Office365 to log in; use Python3.11 to get in shape")]
    [InlineData("The file is locked with advisory lock LK_4711. The archive is encrypted with AES-256-GCM.")]
    [InlineData("the museum opens with 1200 paintings; the padlock model 4711 needs two keys")]
    [InlineData("GPIO pin 4711 does not exist; leather Old English Tan, 4.5 hides\nJob 2301 is next")]
    [InlineData("Alarm: 0630\npoort: 8080")]
    [InlineData("It was changed to v2.14.3 last week. The new one: ThinkPad-X1")]
    [InlineData("Password policy: ISO-27001; no separate password\nLaptop: asset LT-0733, serial 5CG21904TQ")]
    [InlineData("the host key fingerprint is SHA256:uYz4l2mCwN0xGq8kTt1aV7Jm3c5e9h2b4d6f8g0i1k3")]
    [InlineData("known_hosts: git.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIhPVpi2pm08Czuekw4GoUG0c78pjzC13J8yiItskU54P")]
    [InlineData("{\"msg\": \"choose another password.\"},\n{\"msg\": \"E1003\", \"text\": \"Enter your PIN\"}")]
    [InlineData("clave_api = \"PON_AQUI_TU_CLAVE\"\n[hardware]\nplaca = \"RG-8\"")]
    [InlineData("ssid = Barn_Outer")]
    [InlineData("serial or an asset tag? 7158859b-0a3a-74fa-7b63-c6ec7605f0fc is the SMBIOS uuid")]
    [InlineData("mot de passe oublié : erreur 0x80072EE7")]
    [InlineData("Order 4471, then the next step; 2041, dann der Rest; 4711 and enter 3")]
    [InlineData("Words in order: alpha bravo charlie delta")]
    [InlineData("the following words have to be translated: abandon ability able about above absent absorb abstract absurd abuse access accidental")]
    [InlineData("WLAN-Funknetz (SSID): FRITZ!Box 7530 QF")]
    [InlineData("Serial key: 2833 8642 6650 9405 2604")]
    public void What_only_looks_like_it_is_quiet(string text) => Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty();

    private static void ShouldFind(string marked)
    {
        var parts = marked.Split('«', '»');
        Rows.Find(RecognizerTable.BuiltIn, string.Concat(parts), Types).Select(f => f[(f.IndexOf('=') + 1)..]).ShouldBe(parts.Where((_, i) => i % 2 == 1));
    }
}
