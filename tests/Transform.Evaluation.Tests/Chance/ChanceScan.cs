using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GatewayStack.Transform.Evaluation.Tests.Cli;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>Something that was found in a text.</summary>
/// <param name="Text">Which text, from 0.</param>
/// <param name="Type">Its type.</param>
/// <param name="Score">How sure it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScannedFinding(int Text, string Type, double Score, int Start, int End);

/// <summary>What the command line finds in many texts.</summary>
internal static class ChanceScan
{
    /// <summary>Scans them in one run.</summary>
    public static async Task<ImmutableArray<ScannedFinding>> OfAsync(IReadOnlyList<string> texts)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < texts.Count; i++)
        {
            lines.Append("{\"id\":").Append(i).Append(",\"text\":").Append(JsonSerializer.Serialize(texts[i])).Append("}\n");
        }

        var run = await CliRun.Of(lines.ToString(), "transform", "scan", "--jsonl");
        run.Error.ShouldBeEmpty();
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(l => Findings(l))];
    }

    private static ImmutableArray<ScannedFinding> Findings(string line)
    {
        using var json = JsonDocument.Parse(line);
        var text = json.RootElement.GetProperty("id").GetInt32();
        return
        [
            .. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => new ScannedFinding(
                text, f.GetProperty("type").GetString()!, f.GetProperty("score").GetDouble(), f.GetProperty("start").GetInt32(), f.GetProperty("end").GetInt32())),
        ];
    }
}
