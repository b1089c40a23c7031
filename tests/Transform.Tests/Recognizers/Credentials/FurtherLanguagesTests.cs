using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

/// <summary>What is said of passwords where one might stand, and what is one, in many languages.</summary>
public sealed class FurtherLanguagesTests
{
    private static readonly string[] Types = [EntityTypes.Password, EntityTypes.ApiKey, EntityTypes.Secret, EntityTypes.ConnectionString];

    [Theory]
    [InlineData("Das alte Passwort ist seit heute früh ungültig. Passwort: „falsche Angaben“")]
    [InlineData("Le mot de passe est périmé depuis hier soir. Mot de passe : « identifiants incorrects »")]
    [InlineData("La contraseña es distinta desde ayer. contraseña: «datos incorrectos»")]
    [InlineData("La password è scaduta da ieri sera\npassword: «credenziali errate»\npassword: errata")]
    [InlineData("A senha está vencida desde ontem\nsenha: incorreta\nsenha: “dados incorretos”")]
    [InlineData("Het wachtwoord is sinds vanochtend ongeldig\nwachtwoord: onjuist\nwachtwoord: \"onjuiste gegevens\"")]
    [InlineData("Hasło: ustawiasz sama przy pierwszym logowaniu\nhasło: nieprawidłowe\nhasło: „nieprawidłowe dane”")]
    [InlineData("Lösenordet är sedan igår ogiltigt\nlösenord: saknas\nlösenord: ”felaktiga uppgifter”")]
    [InlineData("adgangskode: forkert\nAdgangskode: mindst 12 tegn")]
    [InlineData("salasana: väärä\nSalasana: vähintään 12 merkkiä")]
    [InlineData("heslo: neplatné\nHeslo: zvolte si sami při prvním přihlášení")]
    [InlineData("jelszó: hibás\nJelszó: első belépéskor kell megadni")]
    [InlineData("parola: greșită\nParola: o alegeți singuri la prima conectare")]
    [InlineData("parola: yanlış\nŞifre: ilk girişte kendiniz belirlersiniz\nŞifre: büyük ve küçük harf içermeli")]
    [InlineData("Пароль: не менее двенадцати символов\nпароль: неверный\nПароль: «неверные данные»")]
    [InlineData("Пароль: не менше дванадцяти знаків, без дня народження\nпароль: невірний\nПароль: придумайте самі")]
    [InlineData("Κωδικός: τουλάχιστον δώδεκα χαρακτήρες\nκωδικός: λάθος")]
    [InlineData("סיסמה: לפחות 12 תווים\nסיסמה: תבחר לבד בכניסה הראשונה")]
    [InlineData("كلمة المرور: اثنا عشر حرفا على الأقل")]
    [InlineData("รหัสผ่าน: อย่างน้อย 12 ตัวอักษร\nรหัสผ่านไม่ถูกต้อง")]
    [InlineData("Mật khẩu: tự đặt khi đăng nhập lần đầu\nMật khẩu: tối thiểu 12 ký tự")]
    [InlineData("'パスワード：12文字以上で入力してください'\nパスワード：英数字を混ぜて12文字以上\nパスワード：半角英数字のみ")]
    [InlineData("密码：至少12位，包含字母和数字\n密码：不能与用户名相同\n密码：请向管理员索取")]
    [InlineData("비밀번호: 12자 이상 입력하세요\n비밀번호: 영문과 숫자 조합")]
    [InlineData("пароль root лежит в сейфе, пароль от windows потерян")]
    public void What_is_said_of_a_password_is_none(string text) => Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty();

    [Theory]
    [InlineData("סיסמה kalanitgan.", "kalanitgan")]
    [InlineData("दुकान का पासवर्ड gulabjamun है", "gulabjamun")]
    [InlineData("wifi ชั้นสองใช้ khaoniao-mamuang ค่ะ", "khaoniao-mamuang")]
    [InlineData("解凍パスはnattou3packです", "nattou3pack")]
    [InlineData("Слово-подсказка, которое вы указали: одуванчик.", "одуванчик")]
    [InlineData("Кодове слово: смерека", "смерека")]
    [InlineData("Merkwort: Kirschkern", "Kirschkern")]
    [InlineData("הקוד של הדלת 4406#", "4406#")]
    [InlineData("וקוד כניסה: 2218", "2218")]
    [InlineData("रोकड़ का पिन 5521।", "5521")]
    [InlineData("รหัสประตูหลัง 1190 ค่ะ", "1190")]
    [InlineData("رمز الباب 4471", "4471")]
    [InlineData("пін 4471", "4471")]
    [InlineData("mã cửa: 4471", "4471")]
    [InlineData("도어락 번호 4471", "4471")]
    [InlineData("Пароль: Snegir-77", "Snegir-77")]
    [InlineData("hasło: „niebieski słoń tańczy”", "niebieski słoń tańczy")]
    public void What_is_one_is_found(string text, string value) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBe([$"PASSWORD={value}"]);
}
