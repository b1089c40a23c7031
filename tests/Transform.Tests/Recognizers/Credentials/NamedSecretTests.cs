using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

public sealed class NamedSecretTests
{
    private static readonly string[] Types = [EntityTypes.Password, EntityTypes.ApiKey, EntityTypes.Secret];

    [Theory]
    [InlineData("MOT_DE_PASSE=Merguez+Frites=6", "Merguez+Frites=6")]
    [InlineData("SYNC_USER=crop SYNC_PASSWORD=X4T7JJLZNplE-5499 SYNC_LEVEL=3", "X4T7JJLZNplE-5499")]
    [InlineData("\"clave\": \"Contraste-85/Yodo\"", "Contraste-85/Yodo")]
    [InlineData("inlog balie2, wachtwoord Pannenkoek=Dinsdag", "Pannenkoek=Dinsdag")]
    [InlineData("Das Kennwort für die Rechnung lautet 86551-2026. Danke", "86551-2026")]
    [InlineData("snmp_community: cnt-ro-ynjlsavl", "cnt-ro-ynjlsavl")]
    [InlineData("SNMP community, read only: basement-eyes", "basement-eyes")]
    [InlineData("SNMPv3 monitor: auth Sperling-im-Regen", "Sperling-im-Regen")]
    [InlineData("198.18.4.17 198.18.9.2 : PSK \"seven sisters never sail south\"", "seven sisters never sail south")]
    [InlineData("$pair = \"smoke-bot:Tin.Whistle_4_Monday\"", "Tin.Whistle_4_Monday")]
    [InlineData("grant_type=password&username=t.b%40q.example&password=Slate%26Chisel11&scope=openid", "Slate%26Chisel11")]
    [InlineData("the guest wifi? it's bluebottles, all lowercase", "bluebottles")]
    [InlineData("le wifi du gîte : c'est marjolaine tout en minuscules", "marjolaine")]
    [InlineData("Rui: senha figueira.quintal\nAna: obrigada", "figueira.quintal")]
    [InlineData("Larmet stängs av på dosan, 9981 + grön knapp", "9981")]
    [InlineData("# phrase du coffre restic : sept pommes dans le pressoir", "sept pommes dans le pressoir")]
    [InlineData("site | SSID | key\ndairy | parlour-net | hayrick-otter-59", "hayrick-otter-59")]
    public void A_password(string text, string value) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBe([$"PASSWORD={value}"]);

    /// <summary>A number in the sentence before is no part of the password's name, whatever its full stop is read as.</summary>
    [Theory]
    [InlineData("番号は123456789018です。パスワードはkX9!tr2026です。")]
    [InlineData("12345。パスワード：kX9!tr2026")]
    [InlineData("今天是2026年11月。我的密码是kX9!tr2026。")]
    [InlineData("パスワードは「kX9!tr2026」です。12文字以上です。")]
    public void A_password_behind_a_sentence_without_blanks(string text) =>
        Modules.Default.Inspect(text).Findings.Where(f => f.Type == EntityTypes.Password).ShouldHaveSingleItem().Start.ShouldBe(text.IndexOf("kX9", StringComparison.Ordinal));

    /// <summary>Languages without blanks end the sentence directly behind the value.</summary>
    [Theory]
    [InlineData("暗証番号は4711です", "4711")]
    [InlineData("暗証番号:4711", "4711")]
    [InlineData("カードのPIN番号は4711でした。", "4711")]
    [InlineData("ログインの確認コードは839201です", "839201")]
    [InlineData("暗証番号は4711に変更しました", "4711")]
    [InlineData("暗証番号：4711", "4711")]
    [InlineData("您的验证码是839201，5分钟内有效。", "839201")]
    [InlineData("인증번호는 839201입니다", "839201")]
    [InlineData("パスワードはHunter2Xqzです。", "Hunter2Xqz")]
    [InlineData("パスワード: Hunter2だいすき", "Hunter2だいすき")]
    [InlineData("パスワードはkX9!tr2026だよ", "kX9!tr2026")]
    [InlineData("비밀번호는 Hunter2Xqz입니다.", "Hunter2Xqz")]
    [InlineData("パスワード: さくらXq2026でした", "さくらXq2026")]
    [InlineData("パスワードはさくらXq2026でした", "さくらXq2026")]
    [InlineData("パスワードはサクラXq2026です。", "サクラXq2026")]
    [InlineData("パスワードは今日からkX9!tr2026です", "kX9!tr2026")]
    [InlineData("パスワードはきょうからkX9!tr2026になります", "kX9!tr2026")]
    [InlineData("パスワードは以下のkX9!tr2026です", "kX9!tr2026")]
    [InlineData("パスワードはこちらkX9!tr2026です", "kX9!tr2026")]
    public void A_sentence_ends_behind_a_value_and_not_in_it(string text, string value) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBe([$"PASSWORD={value}"]);

    [Theory]
    [InlineData("2FA: 4118", "4118")]
    [InlineData("login code 41882", "41882")]
    [InlineData("login code: 41882 of course", "41882")]
    [InlineData("2FA: 4118 for 5000 seconds", "4118")]
    [InlineData("PR is merged, login code 41882", "41882")]
    public void A_number_is_a_code_where_nothing_is_counted(string text, string value) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBe([$"PASSWORD={value}"]);

    [Theory]
    [InlineData("HMAC_KEY = HexFormat.of().parseHex(\"c9822040249d335769ec00aebe49e9fca84232a771b919dc8f4762208f97cb2f\");", "c9822040249d335769ec00aebe49e9fca84232a771b919dc8f4762208f97cb2f")]
    [InlineData("<add key=\"CookieValidationKey\" value=\"43D53ABA884BA1BEF8D11D4B63412F12867DC5CAC96DF3D5\" />", "43D53ABA884BA1BEF8D11D4B63412F12867DC5CAC96DF3D5")]
    [InlineData("PresharedKey = ty1X46jcncfWzRtU/jvS44ABnR4D16cL2Zxa8mh0JKE=", "ty1X46jcncfWzRtU/jvS44ABnR4D16cL2Zxa8mh0JKE=")]
    [InlineData("access_key_id = OQQVCC5G6YTZTTDU9SRU", "OQQVCC5G6YTZTTDU9SRU")]
    [InlineData("GET https://fields.agro.example/v4/export?season=2026&key=a8a0de5c607b22ba1280bdc3fe1e599b", "a8a0de5c607b22ba1280bdc3fe1e599b")]
    [InlineData("NwkKey CEE4F5CAEC64DF0195817790DA32AD4F", "CEE4F5CAEC64DF0195817790DA32AD4F")]
    public void A_key(string text, string value) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.ApiKey).ShouldBe([$"API_KEY={value}"]);

    [Theory]
    [InlineData("snmp community: public")]
    [InlineData("the SNMP community strings are in the vault; the community meets on Monday")]
    [InlineData("snmpv3 needs auth sha-256 and priv aes-128")]
    [InlineData("cacheKey: a8a0de5c607b22ba1280bdc3fe1e599b")]
    [InlineData("https://cdn.example/img?key=banner-2026-11")]
    [InlineData("DB_PASSWORD = os.getenv(\"DB_PASSWORD\")")]
    [InlineData("<credentials ref=\"vault:records/store#password\"/>")]
    [InlineData("MOT_DE_PASSE_ADMIN=à_demander")]
    [InlineData("2026年11月からパスワードは12文字以上です")]
    [InlineData("パスワードは90日ごとに変更してください")]
    [InlineData("暗証番号は4桁です")]
    [InlineData("login code reviewed in PR 41882")]
    [InlineData("Login code: see PR 41882")]
    [InlineData("verification code is tracked in MR 4188")]
    [InlineData("2FA: 4118 of 5000 users")]
    [InlineData("MFA: 4118 out of 5000 accounts")]
    [InlineData("2FA: 4118/5000 users")]
    [InlineData("2FA: 4118 von 5000 Konten")]
    [InlineData("2FA: 4118 users enrolled")]
    [InlineData("验证码已发送至13800138000，请在2026年内使用")]
    [InlineData("暗証番号は2026年に変更しました")]
    [InlineData("暗証番号は窓口でお確かめください。電話は0312345678です")]
    [InlineData("2026年11月起密码必须有12个字符")]
    [InlineData("2026年11月27日。密码由管理员发放。")]
    [InlineData("If Mid$(password, i, 1) Like \"#\" Then n = n + 1\nsub = Left$(password, 3)")]
    [InlineData("primer_pass: CGTTTCTCCGCCCTTCTGGTGTGC\nInChIKey: PCDGXFHUXHTGIP-QILDRVZGZI-N")]
    [InlineData("curl -H \"Authorization: Bearer $TOKEN\" \"$REGISTRY/v2/_catalog\"")]
    [InlineData("postgresql://[user[:password]@][host][:port][/dbname], mysql://(user):(password)@host")]
    [InlineData("jeton : ignorés, empreintes ac429fb661130c99ebcca77db1277985700201f2 et 6ac32521549013a7633ddb94755193a197517119")]
    [InlineData("el código postal es 28013 (era 28014)")]
    [InlineData("  encryptedData:\n    password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq9xZAjR2TAgCk9dh27HGDbyS5jv1aQwPoTnM2b4jY8qL0eXzR7uVtKs")]
    [InlineData("secret: AQICAHhY5Cm1q7nZr0w3m8bU2v6b1Tq7xG3kP0sJ5dLwYcVnEwG4pQ2rT6yU8iO0pA1sD3fG")]
    [InlineData("\"password\": \"EJ[1:WGj2t4znULHT1IRveMEdvvNXqZzNBNMsJ5iZVy6Dvxs=:kA6ekF8ViYR5ZLeSmMXWsdLfWr7wn9qS:fcHQtdt6nqcNOXa97w==]\"")]
    [InlineData("publishableKey: \"pk_live_51H8x2yKZvKYlo2CpQ7rT9wXyZaBcDeFgHiJkLmNoPqRsTuVwX\", did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")]
    [InlineData("auth_user \"md53175bce1d3201d16594cebf9d7eb3f9d\"\nuserPassword:: e1NTSEF9VzZwaDVNbTVQejhHZ2lVTGJQZ3pHMzdtajlnM1Z3PT0=")]
    [InlineData("PASSWORD=`openssl rand -base64 24`")]
    [InlineData("राहुल: पासवर्ड क्या है?\nसीमा: रिसेप्शन पर लिखा है")]
    [InlineData("Ana: what's the wifi password?\nBen: it's on the fridge, all lowercase")]
    [InlineData("PublicKey = DzV0svJ6CDJ5xlgYgwm1L9PB6OqofKvBfKef0gKEcks=\nPresharedKeyFile = /etc/wg/peer")]
    public void None(string text) => Rows.Find(RecognizerTable.BuiltIn, text, Types).ShouldBeEmpty();
}
