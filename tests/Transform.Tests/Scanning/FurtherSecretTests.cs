namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Passwords that only another one gives away.</summary>
public sealed class FurtherSecretTests
{
    /// <summary>The other one, and so much work between both that no word of it is near.</summary>
    private const string Other = """
        mail password: Quillon!4021

        The pump on line two was stripped on Monday, the seal is worn on one side only and the shaft runs true, so the bearing stays in. We have ordered two seals,
            one for the shelf.
        Please leave the guard off until the second shift has seen it, write the hours on the sheet by the door, and do not run the mixer dry again, whatever the display may say.

        """;

    [Theory]
    [InlineData("The drive is mapped with soil-share and loam_Loess_2019.", "loam_Loess_2019")]
    [InlineData("And the desk: frontdesk with Pillowmenu-6, says the manager.", "Pillowmenu-6")]
    public void It_is_one_beside_another_and_none_alone(string sentence, string expected)
    {
        Modules.Shipped.Find(Other + sentence).ShouldContain($"PASSWORD={expected}");
        Modules.Shipped.Find(sentence).ShouldNotContain($"PASSWORD={expected}");
    }

    [Theory]
    [InlineData("Pool-07 and the rest are upstairs.")]
    [InlineData("Jump through bastion-2 and read report_2026_final.pdf first.")]
    [InlineData("SNMPv3 monitor is off.")]
    [InlineData("using Amazon.S3;")]
    [InlineData("Of the file:\n[auth-201]\ntype=auth")]
    [InlineData("See https://x.example/a-B3 and C:/Temp/Logs-2026, then 90-day rules.")]
    public void Things_stay(string sentence) => Modules.Shipped.Find(Other + sentence).ShouldBe(["PASSWORD=Quillon!4021"]);
}
