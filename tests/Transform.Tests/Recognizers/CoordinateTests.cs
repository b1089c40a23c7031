using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class CoordinateTests
{
    [Theory]
    [InlineData("position 54.5189 N, 18.5512 E, berth 14", "54.5189", "18.5512")]
    [InlineData("Take-off at 46°31'12.4\"N 6°37'55.1\"E, behind", "46°31'12.4\"N", "6°37'55.1\"E")]
    [InlineData("camera 6 (57.0913, -3.6694) shows a man", "57.0913", "-3.6694")]
    [InlineData("las coordenadas 39.2703, -0.3961, junto", "39.2703", "-0.3961")]
    [InlineData("parcheggio: 46.28350 / 12.03587. Andare", "46.28350", "12.03587")]
    [InlineData("\"lat\": 50.2131, \"lon\": -5.2974", "50.2131", "-5.2974")]
    [InlineData("position given 57°41.6'N 2°00.2'W, that", "57°41.6'N", "2°00.2'W")]
    public void Each_is_one(string text, string latitude, string longitude) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Coordinates).ShouldBe([$"COORDINATES={latitude}", $"COORDINATES={longitude}"]);

    [Theory]
    [InlineData("values: 49.1234, 10.2345, -3.4017, -1.1948")]
    [InlineData("POINTS = [(57.0913, -3.6694), (57.1, -3.7)]")]
    [InlineData("lerp(57.0913, -3.6694)")]
    [InlineData("ratio 0.4471, 0.5529 of the total")]
    [InlineData("temperature 21.4471 / 19.5529")]
    [InlineData("position = (1.234, 5.678)")]
    public void No_place(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Coordinates).ShouldBeEmpty();
}
