using System.Text;

namespace GatewayStack.TransformBench;

/// <summary>Prompts of a given length: prose, chat, code, logs and JSON in turn.</summary>
internal static class Texts
{
    private static readonly string[] Clean =
    [
        "Could you go over the second paragraph again? The tone is fine, but the argument about costs comes too late, and the table of last year's figures belongs in an appendix. ",
        "for (var i = 0; i < rows.Count; i++)\n{\n    total += rows[i].Amount * (1 - rows[i].Discount);\n}\nreturn Math.Round(total, 2);\n",
        "2026-03-04T11:20:04.118Z INFO http: GET /api/items?page=2 200 14ms trace=5f0c2b7e9a1d4c33\n",
        "{\"sku\":\"KTL-4417\",\"qty\":12,\"price\":18.90,\"tags\":[\"garden\",\"oak\"],\"updated\":\"2026-01-09\"}\n",
        "Summarise the discussion below in five bullet points, and say for each of them what was decided, what is open and by when an answer is needed. ",
    ];

    private static readonly string[] Personal =
    [
        "Please send the contract to Marta Olsen, marta.olsen@example.org, or call her at +49 30 901820. ",
        "She lives at 14 Elmfield Road, Leeds LS6 2AB, and pays from DE89 3704 0044 0532 0130 00. ",
        "The password for the test system is Blue.Otter-42 until Friday. ",
    ];

    /// <summary>What the texts are made of, by kind.</summary>
    public static IEnumerable<(string Name, string Text)> Kinds => [("prose", Clean[0]), ("code", Clean[1]), ("log", Clean[2]), ("json", Clean[3]), ("request", Clean[4])];

    /// <summary>A text of a length; one sentence in six has something in it where <paramref name="personal"/> says so.</summary>
    public static string Of(int length, bool personal)
    {
        var text = new StringBuilder(length + 256);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append(personal && i % 6 == 3 ? Personal[i / 6 % Personal.Length] : Clean[i % Clean.Length]);
        }

        return text.ToString(0, length);
    }
}
