using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>What the codes of a font mean, as its <c>ToUnicode</c> says (ISO 32000-2, 9.10.3).</summary>
internal sealed class PdfCharacterMap
{
    private const int MaxEntries = 70_000;

    private readonly Dictionary<int, string> _texts = [];

    /// <summary>Bytes of a code: 1 or 2; 0 where the map does not say, or says both.</summary>
    public int CodeLength { get; private set; }

    /// <summary>The text of a code; null for none.</summary>
    public string? Find(int code) => _texts.GetValueOrDefault(code);

    /// <summary>Reads a map.</summary>
    public static PdfCharacterMap Read(ReadOnlyMemory<byte> source, PdfWork work)
    {
        var map = new PdfCharacterMap();
        var tokens = new PdfTokenizer(source, work);
        var operands = new List<PdfValue>();
        while (tokens.Read() is { } value)
        {
            if (value is not PdfWord word)
            {
                operands.Add(value);
                continue;
            }

            switch (word.Value)
            {
                case "endcodespacerange":
                    var lengths = operands.OfType<PdfString>().Select(s => s.Bytes.Length).Distinct().ToList();
                    map.CodeLength = lengths is [1 or 2] ? lengths[0] : 0;
                    break;
                case "endbfchar":
                    map.Characters(operands);
                    break;
                case "endbfrange":
                    map.Ranges(operands, work);
                    break;
                default:
                    break;
            }

            operands.Clear();
        }

        return map;
    }

    private void Characters(List<PdfValue> operands)
    {
        for (var i = 0; i + 1 < operands.Count; i += 2)
        {
            if (operands[i] is PdfString code && operands[i + 1] is PdfString text)
            {
                Set(Code(code.Bytes), Text(text.Bytes));
            }
        }
    }

    private void Ranges(List<PdfValue> operands, PdfWork work)
    {
        for (var i = 0; i + 2 < operands.Count; i += 3)
        {
            if (operands[i] is not PdfString first || operands[i + 1] is not PdfString last)
            {
                continue;
            }

            var (low, high) = (Code(first.Bytes), Code(last.Bytes));
            for (var code = low; code <= high && code - low <= ushort.MaxValue && _texts.Count < MaxEntries; code++)
            {
                work.Do(1);
                switch (operands[i + 2])
                {
                    case PdfArray array when code - low < array.Items.Count && array.Items[code - low] is PdfString one:
                        Set(code, Text(one.Bytes));
                        break;
                    case PdfString { Bytes.Length: > 0 } start:
                        var bytes = (byte[])start.Bytes.Clone();
                        var sum = bytes[^1] + code - low;
                        bytes[^1] = (byte)sum;
                        if (bytes.Length > 1)
                        {
                            bytes[^2] = (byte)(bytes[^2] + (sum >> 8));
                        }

                        Set(code, Text(bytes));
                        break;
                    default:
                        break;
                }
            }
        }
    }

    private void Set(int code, string text)
    {
        if (_texts.Count < MaxEntries)
        {
            _texts[code] = text;
        }
    }

    private static int Code(byte[] bytes) => bytes.Take(4).Aggregate(0, (code, b) => (code << 8) | b) & int.MaxValue;

    private static string Text(byte[] bytes) => bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes);
}
