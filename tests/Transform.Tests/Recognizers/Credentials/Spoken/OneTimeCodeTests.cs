using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Spoken;

// Codes that are sent to be typed in once, and those that help out in their place. «» marks them; each text gives the same as a stream.
public sealed class OneTimeCodeTests
{
    [Theory]
    [InlineData("Your verification code: «518 204»")]
    [InlineData("Your verification code is:\n\n«518204»\n\nThis code expires in 10 minutes.")]
    [InlineData("Code de validation : «518 204». Ne le partagez pas.")]
    [InlineData("«T-518204» é o seu código de verificação.")]
    [InlineData("Hasło jednorazowe: «518 204»")]
    [InlineData("seu codigo de verificacao: «518204»")]
    [InlineData("Il tuo codice di verifica è «518204»")]
    [InlineData("Je verificatiecode is «518204».")]
    [InlineData("Din engangskode er «518204»")]
    [InlineData("Vahvistuskoodisi on «518204»")]
    [InlineData("Twój kod autoryzacyjny to «518204»")]
    [InlineData("Ověřovací kód: «518204»")]
    [InlineData("Doğrulama kodunuz: «518204»")]
    [InlineData("Код подтверждения: «518204»")]
    [InlineData("«518204» — ваш код для входа")]
    [InlineData("您的验证码是«518204»,5分钟内有效。")]
    [InlineData("認証コードは«518204»です。")]
    [InlineData("인증번호 [«518204»]를 입력해주세요.")]
    [InlineData("رمز التحقق الخاص بك هو «518204»")]
    [InlineData("Mã xác thực của bạn là «518204»")]
    [InlineData("recovery code: «1738-5470-1791»")]
    [InlineData("il codice di emergenza è «1738-5470-1791» e basta")]
    public void By_its_name(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Your Tramhaus code is «518204». It expires in 5 minutes.")]
    [InlineData("«518204» is your Tramhaus code. Do not share it with anyone.")]
    [InlineData("Ihr Code lautet «518204». Geben Sie ihn an niemanden weiter.")]
    [InlineData("Votre code est le «518204», valable 5 minutes.")]
    [InlineData("Su código es «518204». No lo comparta con nadie.")]
    [InlineData("Din kod är «518204». Dela den inte med någon.")]
    [InlineData("Twój kod to «518204». Nie udostępniaj go nikomu.")]
    [InlineData("A kódod: «518204». Ne oszd meg senkivel.")]
    [InlineData("Ваш код: «518204». Никому не сообщайте.")]
    public void By_what_its_message_says(string text) => ShouldFind(text);

    [Theory]
    [InlineData("Your promo code is 518204. It expires in 10 days, valid for one order.")]
    [InlineData("Your membership code is 518204. Valid for 12 months.")]
    [InlineData("Your code is 518204.")]
    [InlineData("The verification code must have 6 digits and expires after 10 minutes.")]
    [InlineData("enum Failure { VerificationCodeExpired = 40301 }")]
    [InlineData("Your code has 2400 lines. It takes 10 minutes to build.")]
    [InlineData("Your source code is 51820 lines; do not share it.")]
    [InlineData("Your code is at line 1184, it expires in 10 minutes")]
    [InlineData("the validation code path costs 1184 ms")]
    [InlineData("emergency code 1184 was called at the clinic")]
    [InlineData("Validation code coverage 8812 lines")]
    [InlineData("Validation code: see 4.1182 or page 2210/7")]
    [InlineData("認証コードは2026年に変更しました")]
    public void Others_are_left_alone(string text) => Find(text).ShouldBeEmpty();

    private static string[] Find(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password, EntityTypes.Secret);

    private static void ShouldFind(string marked)
    {
        var parts = marked.Split('«', '»');
        Find(string.Concat(parts)).Select(f => f[(f.IndexOf('=') + 1)..]).ShouldBe(parts.Where((_, i) => i % 2 == 1));
    }
}
