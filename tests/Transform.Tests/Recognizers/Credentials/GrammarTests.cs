namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

/// <summary>Secrets of which only the grammar of a command, a file of settings or a program says what they are; words among them that would be none in a sentence.</summary>
public sealed class GrammarTests
{
    private const string Word = "Flagstone";
    private const string Joined = "pelican.brief";

    [Theory]
    [InlineData("tacacs-server key 0 {0}")]
    [InlineData("radius-server host 192.168.1.1 key {0}")]
    [InlineData("crypto isakmp key {0} address 192.168.0.9")]
    [InlineData("set security ike policy p pre-shared-key ascii-text \"{0}\"")]
    [InlineData("enable secret 0 {0}")]
    [InlineData("ntp authentication-key 1 md5 {0}")]
    [InlineData("bindpw {0}")]
    [InlineData("rootpw {0}")]
    [InlineData("masterauth {0}")]
    [InlineData("option key '{0}'")]
    [InlineData("%any gw.example : PSK \"{0}\"")]
    [InlineData("carol : EAP \"{0}\"")]
    [InlineData("\"jsmit\" * \"{0}\" *")]
    public void What_a_grammar_gives_is_a_secret_whatever_it_looks_like(string line)
    {
        foreach (var secret in (string[])[Word, Joined, "7-stone-walls"])
        {
            Modules.Default.Find(line.Replace("{0}", secret, StringComparison.Ordinal)).ShouldContain($"PASSWORD={secret}");
        }
    }

    [Theory]
    [InlineData("tacacs-server key 0 <removed>")]
    [InlineData("radius-server host 192.168.1.1 key ${RADIUS_KEY}")]
    [InlineData("enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0")]
    [InlineData("bindpw ********")]
    [InlineData("option key '1'")]
    [InlineData(": PSK \"changeme\"")]
    [InlineData("* \"see below\" and more")]
    [InlineData("The enable password is required for that.")]
    [InlineData("Set the pre-shared-key on both sides.")]
    public void What_stands_for_one_is_none(string line) => Modules.Default.Find(line).ShouldNotContain(f => f.StartsWith("PASSWORD", StringComparison.Ordinal));

    [Theory]
    [InlineData("sqlplus hr_app/Tiger7Lily@PRODDB", "PASSWORD=hr_app/Tiger7Lily")]
    [InlineData(@"net use Z: \\nas\scans Rook-Pie-9 /user:OFFICE\scanner", "PASSWORD=Rook-Pie-9")]
    [InlineData(@"psexec \\pc4 -u OFFICE\adm_local -p Flint&Steel2 cmd", "PASSWORD=Flint&Steel2")]
    [InlineData("openssl enc -aes-256-cbc -k Wren.Nest.6 -in a", "PASSWORD=Wren.Nest.6")]
    [InlineData("10.1.2.3:3306:shop:shop:Cinder!44x", "PASSWORD=Cinder!44x")]
    [InlineData("db1.example:15432:sales:sales_ro:Plum&Stone8", "PASSWORD=Plum&Stone8")]
    [InlineData("conn = pymssql.connect('db', 'shop', 'Zimni_kolo77', 'orders')", "PASSWORD=Zimni_kolo77")]
    [InlineData("oracledb.connect(\"shop\", \"Zimni_kolo77\", \"db/ORD\")", "PASSWORD=Zimni_kolo77")]
    [InlineData("ansible-vault encrypt_string 'Zimni_kolo77' --name 'db_pw'", "PASSWORD=Zimni_kolo77")]
    [InlineData("hmac.new(b'Qm4LtPw92RvK7bNdZx81', msg, sha256)", "SECRET=Qm4LtPw92RvK7bNdZx81")]
    [InlineData("createHmac('sha256', 'Qm4LtPw92RvK7bNdZx81')", "SECRET=Qm4LtPw92RvK7bNdZx81")]
    [InlineData("rocommunity lipa_ro2 10.0.0.0/8", "PASSWORD=lipa_ro2")]
    [InlineData("mysqli_connect(\"localhost\", \"shop_w\", \"Sedge&Reed7\", \"shop\");", "PASSWORD=Sedge&Reed7")]
    [InlineData("EXEC sp_addlinkedsrvlogin 'LS1', 'false', NULL, 'etl_r', 'Kiln-Fire-8';", "PASSWORD=Kiln-Fire-8")]
    [InlineData("\"Password\": { \"value\": \"Sedge.Reed.9\" }", "PASSWORD=Sedge.Reed.9")]
    [InlineData("let api_key = String::from(\"zX81kLq0PvT5rWm2\");", "API_KEY=zX81kLq0PvT5rWm2")]
    [InlineData("REDIS_AUTH=kX9vTq2LmPz8", "SECRET=kX9vTq2LmPz8")]
    [InlineData("lftp -u offsite9,kittiwake-ledge sftp://h", "PASSWORD=kittiwake-ledge")]
    [InlineData("net user kiosk Fuchsbau.9 /add", "PASSWORD=Fuchsbau.9")]
    [InlineData("rabbitmqctl change_password shop kittiwake-ledge", "PASSWORD=kittiwake-ledge")]
    [InlineData("rar a -hpFuchsbau.9 x.rar d", "PASSWORD=Fuchsbau.9")]
    [InlineData("qpdf --encrypt Fuchsbau.9 Dachsbau.8 256 -- a.pdf b.pdf", "PASSWORD=Dachsbau.8")]
    [InlineData("nmcli dev wifi connect Werkstatt password fuchsbau-neun", "PASSWORD=fuchsbau-neun")]
    [InlineData("snmpwalk -v2c -c fuchsbau-ro 10.0.0.5", "PASSWORD=fuchsbau-ro")]
    [InlineData("echo -n 'Fuchsbau.9' | cryptsetup luksOpen /dev/sdb1 data -", "PASSWORD=Fuchsbau.9")]
    [InlineData("usermod -p 'Fuchsbau.9' lena", "PASSWORD=Fuchsbau.9")]
    [InlineData("password manager user-name admin plaintext fuchsbau", "PASSWORD=fuchsbau")]
    [InlineData("/ppp secret add name=lena password=fuchsbau service=l2tp", "PASSWORD=fuchsbau")]
    [InlineData("WiFi.begin(\"Werkstatt\", \"fuchsbau\");", "PASSWORD=fuchsbau")]
    [InlineData("GraphDatabase.driver(uri, auth=(\"neo4j\", \"fuchsbau\"))", "PASSWORD=fuchsbau")]
    [InlineData("AT+CGAUTH=1,1,\"s1mplegrid\",\"meter630\"", "PASSWORD=s1mplegrid")]
    [InlineData("#define WIFI_PASS \"fuchsbau\"", "PASSWORD=fuchsbau")]
    [InlineData("CREATE LOGIN lena WITH PASSWORD = N'fuchsbau';", "PASSWORD=fuchsbau")]
    [InlineData("sql.Open(\"mysql\", \"lena:Fuchsbau9@tcp(db:3306)/shop\")", "CONNECTION_STRING=lena:Fuchsbau9@tcp(db:3306)/shop")]
    [InlineData("WIFI:T:WPA;S:Saltworks Guest;P:brine;pan;rake;05;;", "PASSWORD=brine;pan;rake;05")]
    [InlineData("Matter pairing code 3497-011-2332", "PASSWORD=3497-011-2332")]
    [InlineData("<Pass encoding=\"base64\">RnVjaHNiYXUuOQ==</Pass>", "PASSWORD=RnVjaHNiYXUuOQ==")]
    [InlineData(@"net use Z: \\files\kiosk /user:WEX\adm K1osk.Umbrella.Stand", "PASSWORD=K1osk.Umbrella.Stand")]
    [InlineData("live_view: [signing_salt: \"wXQQTEAK\"]", "SECRET=wXQQTEAK")]
    [InlineData("set secret \"$9$7AtU5XmpJzWuUO.rNdR0Ch1\"", "SECRET=$9$7AtU5XmpJzWuUO.rNdR0Ch1")]
    [InlineData("{\"auths\": {\"r.example\": {\"auth\": \"cHVsbGVyOlNwaGFnbnVtLU1vc3MtNjE=\"}}}", "SECRET=cHVsbGVyOlNwaGFnbnVtLU1vc3MtNjE=")]
    [InlineData("https://api.telegram.org/bot7318937567:AA8gat2qEMPAzRJ8sSB5J4KclswLGwY6Ymg/sendMessage", "API_KEY=7318937567:AA8gat2qEMPAzRJ8sSB5J4KclswLGwY6Ymg")]
    [InlineData("GET /crm/v3?hapikey=43b2c525-a986-382b-6641-3e221c29c314", "API_KEY=43b2c525-a986-382b-6641-3e221c29c314")]
    [InlineData("| Postmark | receipts | 959d5649-4a55-78d7-8d01-d2fcdd12e36f |", "API_KEY=959d5649-4a55-78d7-8d01-d2fcdd12e36f")]
    [InlineData("Pulumi none, Codecov upload 3ac6547b-9eb7-a9df-f9f7-3ea1de06cb75.", "API_KEY=3ac6547b-9eb7-a9df-f9f7-3ea1de06cb75")]
    [InlineData("Türcode jetzt 5518 statt 4402", "PASSWORD=4402")]
    [InlineData("door code is 5518 (was 4402)", "PASSWORD=4402")]
    [InlineData("password = \"Willow/Creek/31\"", "PASSWORD=Willow/Creek/31")]
    [InlineData("le mot de passe Rideau-Rouge/88.", "PASSWORD=Rideau-Rouge/88")]
    public void A_command_and_a_program_hold_theirs(string text, string expected) => Modules.Default.Find(text).ShouldContain(expected);

    [Theory]
    [InlineData("sqlplus hr_app@PRODDB")]
    [InlineData("sqlplus / as sysdba")]
    [InlineData(@"net use Z: \\nas\scans /persistent:yes")]
    [InlineData("net user growth slowed down; net user kiosk * /add; net user kiosk /delete")]
    [InlineData("snmpwalk -v2c -c public 10.0.0.5; $USER1$=/usr/lib/nagios/plugins")]
    [InlineData("httpBasicAuth(\"user\", \"password\"); app.login(\"alice\", \"wrong\"); auth=(user, token)")]
    [InlineData("the error says password 'expired', setup code: see the label, pairing code 2026")]
    [InlineData("WIFI:T:nopass;S:Saltworks Guest;;")]
    [InlineData("\"auth\": \"YWJjZGVmZ2hpamts\", signing_salt: \"\"")]
    [InlineData("Postmark says that request 959d5649-4a55-78d7-8d01-d2fcdd12e36f failed; Snyk org 624d9ef2-61af-6e08-2597-9bdc6deb80d5")]
    [InlineData("sshpass -p \"$SFTP_PASS\" sftp -P 2022 host")]
    [InlineData("openssl req -new -key server.key -out server.csr")]
    [InlineData("createHmac('sha256', secret); hmac.new(key, msg, hashlib.sha256)")]
    [InlineData("pymssql.connect(server, user, password, database)")]
    [InlineData("rocommunity public default")]
    [InlineData("mysqli_connect($host, $user, $password, $name);")]
    [InlineData("\"password\": { \"type\": \"string\", \"minLength\": 12 }")]
    [InlineData("password = \"Settings/Security/Passwords\"")]
    [InlineData("smtp_auth = login")]
    public void And_those_that_hold_none_hold_none(string text) => Modules.Default.Find(text).ShouldNotContain(f => f.StartsWith("PASSWORD", StringComparison.Ordinal)
        || f.StartsWith("SECRET", StringComparison.Ordinal));

    [Theory]
    [InlineData("The press room door: C2580Y.", true)]
    [InlineData("the drug cupboard has a new code from tonight, C2580Y", true)]
    [InlineData("Street door C4471Y, then the lift", true)]
    [InlineData("Seal C2580Y is for pump C4471Y.", false)]
    [InlineData("Part C2580Y: 4 pieces", false)]
    public void The_code_of_a_lock_is_written_as_its_keys_are(string text, bool expected) =>
        Modules.Default.Find(text).Any(f => f.StartsWith("PASSWORD=C", StringComparison.Ordinal)).ShouldBe(expected);

    [Theory]
    [InlineData("{\"name\":\"Cookie\",\"value\":\"lampsid=VybwP-DupCcGCvyt09Jt6UnYPSmA10oy; theme=dark\"}", true)]
    [InlineData("{\"name\":\"Cookie\",\"value\":\"theme=solarized-dark-contrast\"}", false)]
    public void The_session_in_a_cookie_is_one_in_json_too(string text, bool expected) =>
        Modules.Default.Find(text).Any(f => f.StartsWith("SECRET=Vybw", StringComparison.Ordinal) || f.StartsWith("SECRET=solar", StringComparison.Ordinal)).ShouldBe(expected);
}
