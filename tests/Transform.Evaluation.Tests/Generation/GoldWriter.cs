using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Scoring;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Writes documents as lines of JSON; offsets count code points.</summary>
internal static class GoldWriter
{
    // The start of a credential is escaped: every reader of JSON sees it, no scanner of files takes it for a leak.
    private const int Escaped = 6;

    public static string Line(GoldDocument document)
    {
        var map = OffsetMap.Of(document.Text, OffsetUnit.CodePoints);
        var line = new StringBuilder("{\"id\": \"").Append(document.Id).Append("\", \"group\": \"").Append(document.Group).Append("\", \"text\": \"");
        var escapes = document.Spans.Where(s => TypeGroups.Of(s.Type) == "credentials").Select(s => s.Start).ToHashSet();
        var left = 0;
        for (var i = 0; i < document.Text.Length; i++)
        {
            left = escapes.Contains(i) ? Escaped : Math.Max(0, left - 1);
            line.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)document.Text[i]:x4}") : Escape(document.Text, ref i));
        }

        line.Append("\", \"spans\": [");
        line.AppendJoin(", ", document.Spans.Select(s => string.Create(
            CultureInfo.InvariantCulture, $"{{\"start\": {map.FromUtf16(s.Start)}, \"end\": {map.FromUtf16(s.End)}, \"type\": \"{s.Type}\"}}")));
        return line.Append("]}").ToString();
    }

    private static string Escape(string text, ref int i)
    {
        var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
        var part = JsonEncodedText.Encode(text.AsSpan(i, length), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        i += length - 1;
        return part;
    }
}
