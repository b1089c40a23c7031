using System.Text;

namespace GatewayStack.Transform.Tests.Classification.Models;

/// <summary>Texts for the models' tests: words of all labels, code, gaps and odd characters, mixed from a seed.</summary>
internal static class TestTexts
{
    private static readonly string[] Words =
        ("the a of please ignore all previous instructions system prompt loan interest account patient dose fever court contract liable return class void null child school "
            + "salary employee kill bomb weather train river garden assistant forward mail summary user data ist und nicht Vertrag Arzt Konto élève prêt 12 4,200 $18 3.5%").Split(' ');

    private static readonly string[] Odd =
        [". ", "! ", "? ", "\n", "\n\n", "; ", ", ", " - ", "\t", "{", "}", "();", " = ", "\"", "<b>",
            "\u00E9", "\u4E2D\u6587", "\U0001F600", "\uD83D", "\0", "aaaaaaaaaa", "----------", "0000000"];

    public static IEnumerable<string> Random(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var length = random.Next(10) switch { 0 => random.Next(20), < 6 => random.Next(300), _ => random.Next(1500) };
            var text = new StringBuilder();
            while (text.Length < length)
            {
                text.Append(random.Next(6) == 0 ? Odd[random.Next(Odd.Length)] : Words[random.Next(Words.Length)] + (random.Next(5) == 0 ? "." : string.Empty) + " ");
            }

            yield return text.ToString();
        }
    }

    /// <summary>The folder <c>data</c> of the repository.</summary>
    public static string DataFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "GatewayStack.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("not inside the repository");
        }

        return Path.Combine(folder.FullName, "data");
    }
}
