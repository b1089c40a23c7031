namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class CardTests
{
    [Theory]
    [InlineData("4111111111111111", "4111111111111111")]
    [InlineData("4111 1111 1111 1111", "4111 1111 1111 1111")]
    [InlineData("4111-1111-1111-1111", "4111-1111-1111-1111")]
    [InlineData("card 4012888888881881, exp 12/27", "4012888888881881")]
    [InlineData("card 4222222222222", "4222222222222")]
    [InlineData("5555555555554444", "5555555555554444")]
    [InlineData("2223003122003222", "2223003122003222")]
    [InlineData("378282246310005", "378282246310005")]
    [InlineData("3782 822463 10005", "3782 822463 10005")]
    [InlineData("6011111111111117", "6011111111111117")]
    [InlineData("3530111333300000", "3530111333300000")]
    [InlineData("30569309025904", "30569309025904")]
    [InlineData("38520000023237", "38520000023237")]
    [InlineData("6200000000000005", "6200000000000005")]
    [InlineData("6759649826438453", "6759649826438453")]
    [InlineData("4111 1111 1111 1111 123", "4111 1111 1111 1111")]
    [InlineData("12 4111 1111 1111 1111", "4111 1111 1111 1111")]
    [InlineData("card=4111111111111111;", "4111111111111111")]
    [InlineData("{\"pan\":4111111111111111}", "4111111111111111")]
    [InlineData("4\u200B111 1111\u200D 1111 1111", "4\u200B111 1111\u200D 1111 1111")]
    [InlineData("４１１１１１１１１１１１１１１１", "４１１１１１１１１１１１１１１１")]
    [InlineData("٤١١١١١١١١١١١١١١١", "٤١١١١١١١١١١١١١١١")]
    [InlineData("4111\u20131111\u20131111\u20131111", "4111\u20131111\u20131111\u20131111")]
    [InlineData("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
    [InlineData("Karte 40 10 00 00 00 00 00 00", "40 10 00 00 00 00 00 00")]
    public void Found(string text, string expected) => Modules.Default.Find(text).ShouldBe([$"CREDIT_CARD={expected}"]);

    [Fact]
    public void Two_in_a_row_are_two() =>
        Modules.Default.Find("4111 1111 1111 1111 5555 5555 5555 4444").ShouldBe(["CREDIT_CARD=4111 1111 1111 1111", "CREDIT_CARD=5555 5555 5555 4444"]);

    [Theory]
    [InlineData("4111111111111112")]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("41111111111111111111111111")]
    [InlineData("x4111111111111111")]
    [InlineData("4111111111111111x")]
    [InlineData("0.4111111111111111")]
    [InlineData("0000000000000000")]
    [InlineData("1700000000000000000")]
    [InlineData("9999999999999995")]
    [InlineData("411111111111111")]
    [InlineData("the number 12345678901234567")]
    [InlineData("00000010  03 00 3e 00 01 00 00 00  40 10 00 00 00 00 00 00  |..>.|")]
    [InlineData("d8 36 40 10 00 00 00 00 00 00")]
    public void Not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
