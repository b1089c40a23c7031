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
    [InlineData("my phone says 51.8824 and then minus 2.0931.", "51.8824", "2.0931")]
    [InlineData("moored at N52.6309 W001.2974 since", "N52.6309", "W001.2974")]
    [InlineData("anchored, 52 37.85 N 1 17.84 E, two metres", "52 37.85 N", "1 17.84 E")]
    [InlineData("about 54.46 N, 3.10 W, no more", "54.46", "3.10")]
    [InlineData("trk id=4 at=57.1497,-2.0943 spd=3", "57.1497", "-2.0943")]
    [InlineData("48.2082,16.3738", "48.2082", "16.3738")]
    [InlineData("We met near 48.2082,16.3738 at noon", "48.2082", "16.3738")]
    [InlineData("Treffpunkt:\n-33.8568,151.2153\n", "-33.8568", "151.2153")]
    [InlineData("Breite 48,2082, Länge 16,3738", "48,2082", "16,3738")]
    [InlineData("Breitengrad: 48,20820\nLängengrad: 16,37380", "48,20820", "16,37380")]
    [InlineData("latitud 40,4168; longitud -3,7038", "40,4168", "-3,7038")]
    [InlineData("Koordinaten 48,2082 / 16,3738 (Parkplatz)", "48,2082", "16,3738")]
    [InlineData("Szerokość 52,2297 N, długość 21,0122 E", "52,2297", "21,0122")]
    public void Each_is_one(string text, string latitude, string longitude) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Coordinates).ShouldBe([$"COORDINATES={latitude}", $"COORDINATES={longitude}"]);

    [Theory]
    [InlineData("values: 49.1234, 10.2345, -3.4017, -1.1948")]
    [InlineData("POINTS = [(57.0913, -3.6694), (57.1, -3.7)]")]
    [InlineData("it took 12 45.50 seconds and 13.25 W of power")]
    [InlineData("between 21.4471 and 19.5529 of it")]
    [InlineData("lerp(57.0913, -3.6694)")]
    [InlineData("ratio 0.4471, 0.5529 of the total")]
    [InlineData("temperature 21.4471 / 19.5529")]
    [InlineData("position = (1.234, 5.678)")]
    [InlineData("21.4471,19.5529,20.1187")]
    [InlineData("0.4471,0.5529")]
    [InlineData("21.4471,19.552")]
    [InlineData("values 21.4471,19.5529")]
    [InlineData("21.44,19.55")]
    [InlineData("f(21.4471,19.5529)")]
    [InlineData("Breite 48,2082 m, Länge 16,3738 m")]
    [InlineData("Breite 48,2082 cm, Höhe 16,3738 cm")]
    [InlineData("Breite 48,20, Länge 16,37")]
    [InlineData("Breite 2400, Länge 16,3738")]
    [InlineData("Latitude 98,2082, Longitude 16,3738")]
    [InlineData("Standort Wien, 48 Stellen, 16,3738 %")]
    [InlineData("GPS 48,2082,16,3738,17,0011")]
    public void No_place(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Coordinates).ShouldBeEmpty();

    /// <summary>What stands between the two numbers of a line, and between two lines.</summary>
    public static TheoryData<string, string> Lists => new MatrixTheoryData<string, string>([" ", ",", ", ", ";", "; ", "\t", " / "], ["\n", "\r\n", "\n\n", "\n  "]);

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lines_of_two_measurements_are_no_places(string between, string lines)
    {
        string[] readings = [$"52.52001{between}13.40501", $"21.44712{between}19.55291", $"-48.20821{between}16.37382", $"71.10234{between}-33.85682"];
        for (var count = 2; count <= readings.Length; count++)
        {
            Find(string.Join(lines, readings[..count])).ShouldBeEmpty();
            Find($"Force and length of each sample:\n{string.Join(lines, readings[..count])}\nAll of them within bounds.").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("52.52001 13.40501")]
    [InlineData("Meet me here:\n52.52001 13.40501\nat 9")]
    [InlineData("27.11.2026\n52.52001 13.40501\n27.11.2026")]
    [InlineData("Temperature there 21.447\n52.52001 13.40501\n21.447 at noon")]
    [InlineData("lat lon\n52.52001 13.40501\n48.20821 16.37382")]
    public void A_line_of_its_own_or_under_a_word_is_one(string text) => Find(text).Take(2).ShouldBe(["COORDINATES=52.52001", "COORDINATES=13.40501"]);

    private static string[] Find(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Coordinates);
}
