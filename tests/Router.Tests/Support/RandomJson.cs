using System.Globalization;
using System.Text;

namespace GatewayStack.Router.Tests.Support;

/// <summary>JSON of every kind from a seed: nested, escaped, spaced, with numbers that no double holds.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Numbers = ["0", "-1", "1.10", "9007199254740993", "123456789012345678901234567890", "1e5", "-0.00", "1E-7"];
    private static readonly string[] Pieces = ["a", "usage", "\\\"", "\\\\", "\\u00e9", "é", "\\n", "{", "}", "[", "]", ",", ":", "\\ud83d\\ude00", " ", "0"];

    // A seed must give the same case on every run; nothing here is a secret.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public string Space() => Next(4) == 0 ? new string(" \n\t\r"[Next(4)], Next(3)) : string.Empty;

    public string Number() => Next(2) == 0 ? Numbers[Next(Numbers.Length)] : Next(1_000_000).ToString(CultureInfo.InvariantCulture);

    public string String()
    {
        var text = new StringBuilder("\"");
        for (var i = Next(5); i > 0; i--)
        {
            text.Append(Pieces[Next(Pieces.Length)]);
        }

        return text.Append('"').ToString();
    }

    public string Value(int depth = 3) => Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => "true",
        2 => "false",
        3 => Number(),
        4 => String(),
        5 => "[" + Space() + string.Join(Space() + "," + Space(), Enumerable.Range(0, Next(4)).Select(_ => Value(depth - 1))) + Space() + "]",
        _ => Object(Enumerable.Range(0, Next(4)).Select(i => ("m" + i.ToString(CultureInfo.InvariantCulture), Value(depth - 1)))),
    };

    /// <summary>An object of members whose names need no escape.</summary>
    public string Object(IEnumerable<(string Name, string Value)> members) =>
        "{" + Space() + string.Join(Space() + "," + Space(), members.Select(m => $"\"{m.Name}\"{Space()}:{Space()}{m.Value}")) + Space() + "}";

    public T[] Shuffle<T>(T[] items)
    {
        _random.Shuffle(items);
        return items;
    }
#pragma warning restore CA5394
}
