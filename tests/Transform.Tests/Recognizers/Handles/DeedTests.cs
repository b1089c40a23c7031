using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Handles;

public sealed class DeedTests
{
    [Theory]
    [InlineData("INFO  deploy started by mkovalenko from 203.0.113.88", "mkovalenko")]
    [InlineData("badge-srv Konfiguration geladen durch srapp von 192.168.40.17", "srapp")]
    [InlineData("SZLABAN 1 otwarty przez ochrona3", "ochrona3")]
    [InlineData("BMS laptop: windows login bmsnight / Chiller2!Chiller2!", "bmsnight")]
    [InlineData("SSH: pi-cold / Haddock&Peas_19", "pi-cold")]
    [InlineData("cd C:\\Users\\mkowal32\\Desktop", "mkowal32")]
    [InlineData("-rw-r-----  1 hfitzroy research 88121 Feb  3 16:24 cohort_b.dta", "hfitzroy")]
    public void The_account_of_whoever_did_it(string text, string name) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBe([$"USERNAME={name}"]);

    [Theory]
    [InlineData("backup started by cron, mirror updated by rsync")]
    [InlineData("created by node-3, reviewed by platform-team")]
    [InlineData("changed by hand, found by chance, approved by both")]
    [InlineData("either / or, before / after, read / write")]
    [InlineData("drwxr-xr-x  4 root wheel 4096 Feb  3 16:20 etc\n-rw-r--r--  1 www-data www-data 12 Feb  3 16:20 index.html")]
    public void Nobodys(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBeEmpty();
}
