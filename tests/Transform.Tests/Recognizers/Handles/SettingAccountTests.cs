namespace GatewayStack.Transform.Tests.Recognizers.Handles;

/// <summary>Accounts beside a secret, which may be any word there.</summary>
public sealed class SettingAccountTests
{
    [Theory]
    [InlineData("smtp:\n  user: noreply\n  pass: Lark&Spur-2", "noreply")]
    [InlineData("{\"user\":\"newsletter\",\"pwd\":\"Corn&crake/2021\"}", "newsletter")]
    [InlineData("pw: Dragon6470!\nuser: macdonnchagri", "macdonnchagri")]
    [InlineData("<username>deploy-nx</username>\n<password>Gantry.Steel.7</password>", "deploy-nx")]
    [InlineData("secret=Mint.Tea.4\nusername=6001", "6001")]
    [InlineData("Benutzername........: lager02\nKennwort............: Amsel.Nest.4", "lager02")]
    [InlineData("smtp.utilisateur=notif-preprod\nsmtp.motdepasse=Ljk39xBqFAXGu", "notif-preprod")]
    [InlineData("docker login -u ci -p Keel-Haul-19 registry.example", "ci")]
    [InlineData("mysqldump -h db1 -ubackup -pPewter.Jug3 shop", "backup")]
    [InlineData("wget --http-user=mirror --http-password=Loam&Clay7 https://x.example", "mirror")]
    [InlineData("$db = new PDO('mysql:host=localhost', 'web_site', 'custard&crumble&7');", "web_site")]
    [InlineData("s.login(\"robot\", \"Sedge.Reed.9\")", "robot")]
    [InlineData("CREATE USER 'report'@'%' IDENTIFIED BY 'Juniper,Gin7';", "report")]
    [InlineData("ALTER ROLE etl LOGIN PASSWORD 'Rye&Barley7';", "etl")]
    [InlineData("username netadmin privilege 15 secret 0 Basalt#9north", "netadmin")]
    public void Beside_a_secret_any_word_is_an_account(string text, string account) => Modules.Default.Find(text).ShouldContain($"USERNAME={account}");

    [Theory]
    [InlineData("{\"user\":\"newsletter\",\"role\":\"editor\"}")]
    [InlineData("user: admin\npassword: Gantry.Steel.7")]
    [InlineData("<username>{name}</username>\n<password>{word}</password>")]
    [InlineData("docker login -u $CI_USER -p $CI_TOKEN registry.example")]
    [InlineData("useradd -u 1001 builder")]
    [InlineData("s.login(\"robot\", token)")]
    [InlineData("CREATE USER report FOR LOGIN report;")]
    [InlineData("username must be set before privilege levels are")]
    public void Without_one_it_is_a_word(string text) => Modules.Default.Find(text).ShouldNotContain(f => f.StartsWith("USERNAME", StringComparison.Ordinal));
}
