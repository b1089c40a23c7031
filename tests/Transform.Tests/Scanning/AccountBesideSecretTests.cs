namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Accounts that a sure secret beside them gives away.</summary>
public sealed class AccountBesideSecretTests
{
    [Theory]
    [InlineData("Driver = FreeTDS\nUID = mill_ro\nPWD = Barley+Malt_58\n", "mill_ro")]
    [InlineData("eap=PEAP\nidentity=\"qx3\"\npassword=\"pjbXwD73by48s\"\n", "qx3")]
    [InlineData("define( 'DB_USER', 'wp_moss_u' );\ndefine( 'DB_PASSWORD', 'Xanthoria?parietina1' );\n", "wp_moss_u")]
    [InlineData("$user  = 'farm_brook';\n$senha = 'Mortar&Pilao_33';\n", "farm_brook")]
    [InlineData("<param name=\"username\" value=\"trunk-30117\"/>\n<param name=\"password\" value=\"cwzkLqqz2RP11fBy\"/>\n", "trunk-30117")]
    [InlineData("compte = regie_quais\nmdp = Purée+Jambon=Mardi\n", "regie_quais")]
    public void The_field_beside_a_secret_holds_an_account(string text, string account) => Modules.Shipped.Find(text).ShouldContain($"USERNAME={account}");

    [Theory]
    [InlineData("UID = mill_ro\nDriver = FreeTDS\n")]
    [InlineData("operator: {users: \"control room\", password: \"Quill_and_Ink_37\"}\n")]
    [InlineData("Your account: please keep it safe.\npassword: Quill_and_Ink_37\n")]
    [InlineData("user: ${DB_USER}\npassword: Quill_and_Ink_37\n")]
    [InlineData("user: admin\npassword: Quill_and_Ink_37\n")]
    [InlineData("account_type: premium\npassword: Quill_and_Ink_37\n")]
    [InlineData("uid=mill_ro\na: 1\nb: 2\nc: 3\npassword: Quill_and_Ink_37\n")]
    [InlineData("The user forgot it again. password: Quill_and_Ink_37\n")]
    public void Others_are_left_alone(string text) => Modules.Shipped.Find(text).ShouldNotContain(f => f.StartsWith("USERNAME", StringComparison.Ordinal));
}
