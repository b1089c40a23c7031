namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

// What has no format is found by the words beside it. «» marks the secret.
public sealed class ContextTests
{
    [Theory]
    [InlineData("the password for the staging box is «hunter2!» and the user is deploy")]
    [InlineData("hey, what's the wifi password?\nsure, it's «Sunflower-2291»")]
    [InlineData("[10:02] maria: whats the pw for the nas\n[10:03] jo: «blueOtter77»")]
    [InlineData("we set the root password to «Xk9#mm2L» yesterday")]
    [InlineData("i changed the pass on the server, it's now «moviesNight_88»")]
    [InlineData("to log in use the username demo and password «demo!Pass1»")]
    [InlineData("The password is \"«sunshine»\".")]
    [InlineData("Das Passwort für den Zugang lautet «Winter2025#Muc» - bitte nicht weitergeben.")]
    [InlineData("Le mot de passe du compte est «Soleil!48».")]
    [InlineData("La contraseña del servidor es «Gato_azul99».")]
    [InlineData("A senha do admin é «Mudar@1234» ok?")]
    [InlineData("Hasło do bazy to «Zima2024!x»")]
    [InlineData("Пароль от почты: «Zima2023!»")]
    [InlineData("パスワードは «Sakura!2024» です。")]
    [InlineData("密码是«Qwer1234»，别外传")]
    [InlineData("Your verification code is «482913». Do not share it.")]
    [InlineData("The PIN for the door is «4821».")]
    [InlineData("The API key is «3b1f0c9e-7a52-4f6e-9d11-8a2b5c7e9f10», keep it safe.")]
    [InlineData("api key for the weather service: «b6907d289e10d714a6e88b30761fae22»")]
    [InlineData("The seed phrase is: «ribbon castle oxygen mammal harvest fiscal velvet trumpet orbit canyon lunar pencil»")]
    [InlineData("login for the demo: admin / «Passw0rd!23»")]
    [InlineData("creds: admin:«Letme1n!»", true)]
    public void A_secret_in_a_sentence_is_found(string text, bool withUser = false) => ShouldBeFound(text, withUser);

    [Theory]
    [InlineData("DB_USER=app\nDB_PASSWORD=«s3cr3t-P4ss»\nPORT=80")]
    [InlineData("POSTGRES_PASSWORD: «Kf92!xmPq»")]
    [InlineData("PGPASSWORD=«Xy7!pgpass» pg_dump orders")]
    [InlineData("const client = new Client({ apiKey: \"«d8f7a6b5c4e3d2f1a0b9c8d7»\", secret: process.env.X });")]
    [InlineData("private static final String API_KEY = \"«7f9c24e8b1a04d3f»\";")]
    [InlineData("conn = connect(host=\"db\", user=\"app\", password=\"«Ppx!8821»\", dbname=\"prod\")")]
    [InlineData("password: str = \"«p4ss-Word!»\"")]
    [InlineData("{\"username\":\"bob\",\"password\":\"«Qwerty!2024»\",\"remember\":true}")]
    [InlineData("{\\\"password\\\":\\\"«Qwerty!2024»\\\"}")]
    [InlineData("<password>«xml-Secret9»</password>")]
    [InlineData("<add key=\"SmtpPassword\" value=\"«mailPw!77»\" />")]
    [InlineData("variable \"db_password\" {\n  type    = string\n  default = \"«tf-Passw0rd»\"\n}")]
    [InlineData("- name: DB_PASSWORD\n  value: \"«k8s-Pa55»\"")]
    [InlineData("{\"env\":[{\"name\":\"MAILER_TOKEN\",\"value\":\"«pm_8Kd02mLzQ7vTx4Yc»\"},{\"name\":\"LOG\",\"value\":\"debug\"}]}")]
    [InlineData("api:\n  key: «f3a9c1d47b2e8056af19c3d2»")]
    [InlineData("ENV REDIS_PASSWORD «r3dis-pw-1»")]
    [InlineData("tool --token «abc123DEF456ghi789» --region eu")]
    [InlineData("POST /login?user=bob&password=«hunter42»&next=/home")]
    [InlineData("| service | user | password |\n|---|---|---|\n| grafana | admin | «Gr4fana!» |\n| jenkins | root | «j3nkinsPW» |")]
    [InlineData("user,password,role\nalice,«Gq7!mmzz»,admin\nbob,«p0stgr3s!»,dev")]
    [InlineData("INSERT INTO users (name, password) VALUES ('bob', '«Hunter#9»'), ('ann', '«Tiger$44»');")]
    [InlineData("ALTER USER app WITH PASSWORD '«n3w-Passw»';")]
    [InlineData("CREATE USER bob IDENTIFIED BY '«S3cret99»';")]
    [InlineData("smtp.login(\"mailer@acme.test\", \"«Sm7p-s3nd!»\")")]
    [InlineData("mysql -h db01 -u root -p«Pa55w0rd!» shop")]
    [InlineData("sshpass -p '«Zebra!900»' ssh host")]
    [InlineData("curl -u «admin:S3cure!pw» https://api.test/v1")]
    public void A_secret_in_a_format_is_found(string text) => ShouldBeFound(text, withUser: false);

    [Theory]
    [InlineData("«postgres://shop:uW7d2kPq@db:5432/shop»")]
    [InlineData("use «mongodb+srv://app:Q7!kz9Lm@cluster0.ab1cd.mongodb.net/shop?retryWrites=true».")]
    [InlineData("«redis://default:p4ssw0rd@cache:6379/0»")]
    [InlineData("\"«Server=tcp:sql;Initial Catalog=Orders;User ID=svc;Password=N0tForYou!22;Encrypt=True;»\"")]
    public void A_connection_is_found_whole(string text) => ShouldBeFound(text, withUser: false);

    [Fact]
    public void Of_a_web_address_user_and_password_are_found() =>
        Modules.Default.Find("git clone https://oauth2:x7Kq2mZv9LsRt4YpWuB3@git.test/app.git").ShouldContain(f => f.Contains("oauth2:x7Kq2mZv9LsRt4YpWuB3"));

    // Placeholders and what a program fills in.
    [Theory]
    [InlineData("api_key = \"YOUR_API_KEY\"")]
    [InlineData("password: <password>")]
    [InlineData("password=xxxxxxxx")]
    [InlineData("password: ********")]
    [InlineData("DB_PASSWORD=changeme")]
    [InlineData("PASSWORD=${DB_PASSWORD}")]
    [InlineData("password: {{ db_password }}")]
    [InlineData("token: ${{ secrets.DEPLOY_TOKEN }}")]
    [InlineData("password = os.environ[\"DB_PASSWORD\"]")]
    [InlineData("secret: process.env.CLIENT_SECRET,")]
    [InlineData("config.get(\"password\")")]
    [InlineData("password = getpass(\"Password: \")")]
    [InlineData("password = get_password(user)")]
    [InlineData("login(user, password=password)")]
    [InlineData("api_key: [REDACTED]")]
    [InlineData("mysql://user:password@localhost/db")]
    [InlineData("postgres://${USER}:${PASSWORD}@db/app")]
    [InlineData("Host=db;Username=...;Password=...")]
    [InlineData("secretKeyRef:\n  name: app-secrets\n  key: secret-key")]
    [InlineData("DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/DBNAME\nAPI_KEY=<your-api-key>")]
    [InlineData("\"password.required\": \"Password is required\", \"password.min\": \"At least {0} characters\"")]
    [InlineData("password: !vault |\n")]
    [InlineData("token: !env API_TOKEN")]
    [InlineData("\"sifre_degistir\" = \"Şifreyi değiştir\";")]
    public void A_stand_in_is_quiet(string text) => Credentials(text).ShouldBeEmpty();

    // Names, types, values that are none.
    [Theory]
    [InlineData("function validatePassword(password: string): boolean { return password.length > 8; }")]
    [InlineData("public string Password { get; set; }")]
    [InlineData("{\"password\": null, \"token\": true, \"resetPasswordUrl\": \"https://acme.test/reset\"}")]
    [InlineData("const field = document.getElementById(\"password\");")]
    [InlineData("SELECT id, password, token FROM users WHERE password IS NOT NULL;")]
    [InlineData("fields = ['username', 'password', 'repository']")]
    [InlineData("<input type=\"password\" name=\"password\" placeholder=\"Password\" required minlength=\"8\">")]
    [InlineData("| `password` | string | `null` | Password used to connect |")]
    [InlineData("max_tokens: 4096, total_tokens=1550, next_page_token: CAUQAA")]
    [InlineData("tokens=tokenizer.encode(text); pad_token=\"<pad>\"")]
    [InlineData("We use SHA-256 for password hashing and RS256 for tokens.")]
    [InlineData("password.algorithm = HMAC-SHA-512")]
    [InlineData("pip install token-bucket==0.3.0 secretstorage==3.3.3")]
    [InlineData("keys.Add(reader.GetString(0))")]
    public void Code_is_quiet(string text) => Credentials(text).ShouldBeEmpty();

    [Theory]
    [InlineData("Your password must have 8 characters, one digit and one symbol. Forgot your password? Click here.")]
    [InlineData("The token expires in 24h. The password is required! Passwords expire after 90 days.")]
    [InlineData("Secret Santa is on Friday! The secret is to keep it cheap.")]
    [InlineData("The password is case-sensitive. Your password has been changed.")]
    [InlineData("Please rotate your access key every 90 days.")]
    [InlineData("The PIN must have 4 digits. Enter your PIN below. Your OTP will be valid for 10 minutes.")]
    [InlineData("The bearer of this letter is entitled to access. The key to success is persistence.")]
    [InlineData("Le mot de passe doit contenir 12 caractères.")]
    [InlineData("could someone reset my password? I can't log in since Monday and the link has expired.")]
    public void Talk_about_secrets_is_quiet(string text) => Credentials(text).ShouldBeEmpty();

    // What was drawn, but is no secret.
    [Theory]
    [InlineData("commit 3f5e8d9a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e\n\n    Rotate the token secret name")]
    [InlineData("digest sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("uuid 123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("ISBN 978-3-16-148410-0, order no. 4711-2024-998, version 4.17.21")]
    [InlineData("\"integrity\": \"sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==\"")]
    [InlineData("<img src=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4\">")]
    [InlineData("cache key: user:1234, sort key 2024-05, primary key: 8f7d6e5c4b3a")]
    [InlineData(".a{color:#ABB2BF}.token{color:#98c379;margin:0 1px}")]
    public void What_is_only_drawn_is_quiet(string text) => Credentials(text).ShouldBeEmpty();

    private static void ShouldBeFound(string marked, bool withUser)
    {
        var parts = marked.Split('«', '»');
        var text = string.Concat(parts);
        var secrets = parts.Where((_, i) => i % 2 == 1).ToArray();
        var found = Credentials(text);
        found.Length.ShouldBe(secrets.Length, string.Join(" , ", found));
        foreach (var (secret, value) in secrets.Zip(found))
        {
            if (withUser)
            {
                value.ShouldContain(secret);
            }
            else
            {
                value.ShouldBe(secret);
            }
        }
    }

    private static string[] Credentials(string text) =>
        [.. Modules.Default.Inspect(text).Findings.Where(f => f.Type is "API_KEY" or "JWT" or "PRIVATE_KEY" or "CONNECTION_STRING" or "PASSWORD"
            or "SECRET").Select(f => text[f.Start..f.End])];
}
