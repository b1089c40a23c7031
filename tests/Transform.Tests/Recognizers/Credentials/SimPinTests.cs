using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

public sealed class SimPinTests
{
    [Theory]
    [InlineData("> AT+CPIN=\"4417\"\nOK", "4417")]
    [InlineData("send at+cpin=4417 first", "4417")]
    public void A_modem_is_given_one(string text, string pin) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBe([$"PASSWORD={pin}"]);

    [Theory]
    [InlineData("> AT+CPIN?\n+CPIN: SIM PIN")]
    [InlineData("AT+CPIN=?\nOK")]
    [InlineData("AT+CPIN=\"<pin>\"")]
    [InlineData("AT+CREG=4417")]
    public void Others_are_left_alone(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Password).ShouldBeEmpty();
}
