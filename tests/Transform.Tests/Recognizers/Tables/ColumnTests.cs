using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Tests.Recognizers.Tables;

public sealed class ColumnTests
{
    [Theory]
    [InlineData("player;born;club\nS. G.;1999-11-30;W\nA. K.;2001-04-17;F", "DATE_OF_BIRTH=1999-11-30", "DATE_OF_BIRTH=2001-04-17")]
    [InlineData("name,age,town\nann,34,x\nbob,35,y", "AGE=34", "AGE=35")]
    [InlineData("| system | login |\n|---|---|\n| wiki | kadirk |\n| vpn | mfrost |", "USERNAME=kadirk", "USERNAME=mfrost")]
    [InlineData("employee\tlogin\tlicense\tlocker_code\nA\tjabernat\tTX 31948725\tL-09-33-17\nB\tdwoz\tnone\tlost", "USERNAME=jabernat", "DRIVER_LICENSE=TX 31948725", "PASSWORD=L-09-33-17", "USERNAME=dwoz")]
    [InlineData("| PIN | holder |\n| 7741 | E |\n| 0093 | J |", "PASSWORD=7741", "PASSWORD=0093")]
    [InlineData("Room | Keypad\nA | A1937\nB | key only\nC | 5520", "PASSWORD=A1937", "PASSWORD=5520")]
    public void Below_its_head_a_value_needs_no_word(string text, params string[] found) => Rows.Find(ColumnRows.All, text).ShouldBe(found);

    [Theory]
    [InlineData("license,name\nMIT,left-pad\nApache-2.0,foo")]
    [InlineData("user,count\n12,4\n13,5")]
    [InlineData("The login, the age and the license are in the form;\nplease look there;\nthanks;")]
    [InlineData("born,released\nunknown,2041-01-01")]
    [InlineData("code | meaning\n404 | not found\n500 | broken")]
    public void Other_tables_are_quiet(string text) => Rows.Find(ColumnRows.All, text).ShouldBeEmpty();
}
