using System.CommandLine;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Transform;

/// <summary>The options that say what offsets count.</summary>
internal static class UnitOptions
{
    /// <summary>Adds the options for the units other than <paramref name="usual"/> to a command.</summary>
    /// <returns>Reads them.</returns>
    public static Func<ParseResult, OffsetUnit> AddTo(Command command, OffsetUnit usual)
    {
        List<(OffsetUnit Unit, Option<bool> Option)> options =
        [
            (OffsetUnit.Utf16, new Option<bool>("--utf16") { Description = "Offsets count UTF-16 units, as .NET, Java and JavaScript do." }),
            (OffsetUnit.CodePoints, new Option<bool>("--codepoints") { Description = "Offsets count Unicode code points, as Python does." }),
            (OffsetUnit.Utf8, new Option<bool>("--utf8") { Description = "Offsets count bytes of UTF-8, as Go and Rust do." }),
        ];
        options.RemoveAll(o => o.Unit == usual);
        foreach (var (_, option) in options)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (options.Count(o => result.GetValue(o.Option)) > 1)
            {
                result.AddError($"Use one of {string.Join(" and ", options.Select(o => o.Option.Name))}.");
            }
        });
        return parsed => options.FirstOrDefault(o => parsed.GetValue(o.Option), (usual, null!)).Unit;
    }
}
