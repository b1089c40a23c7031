using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Spoken;

// Secrets as people write them to each other. «» marks them; each text gives the same as a stream.
public sealed class SpokenTests
{
    private static readonly string[] Types = [EntityTypes.Password, EntityTypes.Secret, EntityTypes.ApiKey];

    [Theory]
    [InlineData("«Kestrel-77b» is the wifi password, ask Jo for the rest")]
    [InlineData("log on as demo with «Kestrel77!» as the password")]
    [InlineData("«Kestrel77» (guest wifi password)")]
    [InlineData("nimm «Kestrel77x» als Passwort")]
    [InlineData("avec «Soleil48!» comme mot de passe")]
    [InlineData("usa «Gato_azul99» como contraseña")]
    [InlineData("usa «Gatto99!x» come password")]
    [InlineData("met «Fiets2041» als wachtwoord")]
    [InlineData("använd «Cykel2041» som lösenord")]
    [InlineData("«Zima2041!» to hasło do bazy")]
    [InlineData("«4711» is the door code")]
    [InlineData("«9f3ac01be77d4f1e8a2c» is the api key")]
    [InlineData("type \"«moonfish»\" as the password")]
    public void Before_its_word(string text) => ShouldFind(text);

    [Theory]
    [InlineData("I reset your password. It's «Blue-Otter77» until Monday.")]
    [InlineData("the password is «marmalade».")]
    [InlineData("la clave es «tortillaconqueso».")]
    [InlineData("das Passwort lautet «Kartoffel».")]
    [InlineData("password «tin-whistle-tin»")]
    [InlineData("contraseña «Menorca_en_barco», ok?")]
    [InlineData("pass «Dock4#labels»")]
    [InlineData("Das Gerätekennwort ist «KoDKm7T2».")]
    [InlineData("Startlösenord «Skog2041»")]
    [InlineData("Password\n«Xk9mmL22q»\nThanks")]
    [InlineData("Password ........ «Xk9mmL22q»")]
    [InlineData("whats the pw for the drive\nDuda 22:15\n«formandos2041nao»\nthx")]
    [InlineData("Passphrase: «seven herons standing».")]
    [InlineData("new one is «q7R;vAHtXK%1Hx», old one is void")]
    [InlineData("the pin is «0000», never changed it")]
    [InlineData("a gép jelszava «teliBicikli77»")]
    [InlineData("wifi şifresi «kisBisiklet77»")]
    [InlineData("parool on «talveRatas77»")]
    [InlineData("הסיסמה היא «horefOfnaim77»")]
    [InlineData("mật khẩu wifi là «muaDong77»")]
    [InlineData("와이파이 비번: «gyeoul77»")]
    [InlineData("lykilorðið er «veturHjol77»")]
    [InlineData("暗証番号は«4418»です")]
    public void Behind_its_word(string text) => ShouldFind(text);

    [Theory]
    [InlineData("the code for the back door is «4711»")]
    [InlineData("Türcode: «4711#»")]
    [InlineData("le digicode, c'est «48B61»")]
    [InlineData("codice del cancello «3381»")]
    [InlineData("kod do drzwi: «2244»")]
    [InlineData("portkod «2244»")]
    [InlineData("gate code?\nme: «1984#»")]
    [InlineData("If the gate is shut the code is «3381*» and then green")]
    [InlineData("Alarm: «6630»\nbins on Monday")]
    [InlineData("iPad code «112358» but only after tea")]
    [InlineData("the fridge wants the new code: «4 1 8 0», then the key")]
    [InlineData("Kluisje naast de deur: «2-7-7-3», daarna omlaag")]
    [InlineData("passcode «46 04 19»")]
    [InlineData("Alarmkoden på lageret er stadig «6613», men husk at trykke")]
    [InlineData("Koden til døren er «6613».")]
    [InlineData("ovikoodi on «6613»")]
    [InlineData("Kód k alarmu je «6613»")]
    [InlineData("Codul de la alarmă este «6613»")]
    [InlineData("код от сигнализации «6613»")]
    [InlineData("alarm uit binnen 45 s met «90417»")]
    [InlineData("Alarm aus mit «90417» innerhalb von 30 s")]
    [InlineData("alarme : désactiver avec «90417» en moins de 30 s")]
    [InlineData("kapının kodu «4418»")]
    [InlineData("codul de la poartă e «4418»")]
    [InlineData("kassakaapin koodi on «4418»")]
    [InlineData("kode til printeren: «4418»")]
    [InlineData("trezor «22-08-41»")]
    public void What_opens_a_door(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Login to the portal with my mail and «liverpool1892!», then wait")]
    [InlineData("jane@example.org / «Br0ccoli4ever»")]
    [InlineData("jane@example.org:«Br0ccoli4ever»")]
    [InlineData("WLAN heißt Moewe, Schlüssel «strandkorb2041»")]
    [InlineData("Wifi: \"Hall of Fibre\", «two-kids-one-dog»")]
    [InlineData("the guest wifi is Mokka / «einespresso99»")]
    [InlineData("recovery codes: «a7fk-22mx» «b9qp-71ht»\n«c3zz-90kd»")]
    [InlineData("set up 2FA with «JBSWY3DPEHPK3PXP» on the new phone")]
    [InlineData("authenticator seed: «kzq2 m3xa 7yhb 4ttw»")]
    [InlineData("une clé : «26Z2G-RUCHY-48EAM-NTTX3».")]
    [InlineData("$p = ConvertTo-SecureString \"«Stroop'Wafel9»\" -AsPlainText -Force")]
    public void Beside_something_else(string text) => ShouldFind(text);

    [Theory]
    [InlineData("The password must have 8 characters and one digit. Reset your password here.")]
    [InlineData("The password is required. Das Passwort ist abgelaufen. Le mot de passe est obligatoire.")]
    [InlineData("A passphrase of five unrelated words is welcome, but make up your own.")]
    [InlineData("Office365 is the password manager we use; Python3 is used for password hashing")]
    [InlineData("Argon2id is the password hash; SHA-256 as password digest is weak")]
    [InlineData("error code 4040, exit code 1370, zip code 12345, promo code SAVE2041")]
    [InlineData("the code in line 4711 opens a socket; code review on 12 March 2041")]
    [InlineData("ALARM 6630: pump stopped. Gate 1408 boards at 10:15, door 1203 on the left")]
    [InlineData("1 2 3 4 5 6 are the columns of the table")]
    [InlineData("log in with your browser and a second factor; sign in with Google and continue")]
    [InlineData("alice@example.org, bob@example.org / Sales; carol@example.org: please look at PR 1182")]
    [InlineData("git@github.com:group/project2.git and user@host:/var/log2/app.log")]
    [InlineData("recovery codes are in the safe, generated on 2041-03-02 by version 1.22.3")]
    [InlineData("2FA is on for all of us, since the seed round of 2041")]
    [InlineData("Wifi is down on floor 3, 802.11ac and WPA2 only; wifi: disabled")]
    [InlineData("Username\nPassword\nRemember me\nForgot password?")]
    [InlineData("Password:\nWARNING! Your password will be stored unencrypted.")]
    [InlineData("token expired after 3600s; next token in 15min; session timeout 30min")]
    [InlineData("return Config.parse(open(path).read(), secret=password or getpass())")]
    [InlineData("level=info user=app session=c51bf974-d37f-4a76-b486-ac6505217b2a login ok")]
    [InlineData("alarm off within 30 s, with 4 sensors; the alarm went off with 1200 guests inside. Ask for 4711")]
    [InlineData("Gültiges Kennwort → Bestätigung, Abmeldung")]
    [InlineData("Чтобы сменить пароль, откройте «Профиль» → «Защита»")]
    [InlineData("to change the password open “Profile” → “Security”")]
    [InlineData("パスワードが切れました\nポータルの「更新」から直せます")]
    [InlineData("la parola chiave è personale, dura 180 giorni")]
    [InlineData("Testfall: Kennwort ändern\nVorbedingung: Konto ist angemeldet\nSchritt 1: Altes Kennwort leer lassen")]
    [InlineData("Alarm 4711: Druck zu hoch, Alarm 4712: Filter")]
    [InlineData("alan kodu 4418, kapı numarası 12")]
    public void Talk_about_them_is_quiet(string text) => Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty();

    private static void ShouldFind(string marked)
    {
        var parts = marked.Split('«', '»');
        Rows.Find(RecognizerTable.BuiltIn, string.Concat(parts), Types).Select(f => f[(f.IndexOf('=') + 1)..]).ShouldBe(parts.Where((_, i) => i % 2 == 1));
    }
}
