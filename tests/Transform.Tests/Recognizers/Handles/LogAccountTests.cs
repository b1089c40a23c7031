using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Handles;

public sealed class LogAccountTests
{
    [Theory]
    [InlineData("2026-11-02 10:14:03 order 4417 released by=tmarchetti", "tmarchetti")]
    [InlineData("{\"unit\":\"17\",\"driver\":\"eoin.b\"}", "eoin.b")]
    [InlineData("host=db2\nprimary.login = hvandrie\n", "hvandrie")]
    [InlineData("sudo:   rkowal3 : TTY=pts/0 ; PWD=/srv", "rkowal3")]
    [InlineData("// TODO(mkreuzer): retry here", "mkreuzer")]
    [InlineData("$c = New-Object PSCredential(\"lpetrov4\", $p)", "lpetrov4")]
    [InlineData("ssh -p 2222 jdupont@build.example", "jdupont")]
    [InlineData("[olav@build3 ~]$ cat notes", "olav")]
    [InlineData("mkowal@web1:/srv/app$ ls", "mkowal")]
    [InlineData("Mar 03 08:30:00 gate3 CRON[2301]: (wxfetch) CMD (/opt/wx/fetch)", "wxfetch")]
    [InlineData("Host build\n  HostName 10.0.0.4\n  User dkowalczyk\n", "dkowalczyk")]
    public void An_account_where_the_form_says_so(string text, string name) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBe([$"USERNAME={name}"]);

    [Theory]
    [InlineData("GROUP BY i.number ORDER BY i.created_at")]
    [InlineData("released by=scheduler at 10:14")]
    [InlineData("{\"driver\":\"postgres\",\"backup\":\"nightly\"}")]
    [InlineData("sudo: root : TTY=pts/0")]
    [InlineData("// TODO(perf): retry here")]
    [InlineData("rsync -a build/ deploy@host:/srv/www")]
    [InlineData("ssh git@github.com")]
    [InlineData("root@web1:~# ls")]
    [InlineData("Mar 03 08:30:00 gate3 CRON[2301]: (root) CMD (/opt/wx/fetch)")]
    [InlineData("registry@sha256:~9f")]
    [InlineData("User stories of the sprint\nUser Guide\n")]
    [InlineData("user: current_user\nowner: firstname.lastname")]
    public void Posts_things_and_placeholders_are_none(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBeEmpty();
}
