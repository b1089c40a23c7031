using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>What the codes of a font mean, as its <c>ToUnicode</c> says (ISO 32000-2, 9.10.3).</summary>
internal sealed class PdfCharacterMap
{
    private const int MaxEntries = 70_000;

    /// <summary>Bytes that a code may mean; the standard says 512.</summary>
    private const int MaxDestination = 512;

    /// <summary>Bytes of a code.</summary>
    private const int MaxCode = 4;

    /// <summary>A longer range is kept as one: there may be a code for every character of Unicode's first plane in a line of 24 characters.</summary>
    private const int LongestWrittenOut = 256;
    private const int MaxRanges = 256;
    private const int EntryWeight = 96;

    private readonly Dictionary<int, string> _texts = [];
    private readonly List<(int Low, int High, byte[] Start)> _ranges = [];

    /// <summary>Bytes of a code: 1 or 2; 0 where the map does not say, or says both.</summary>
    public int CodeLength { get; private set; }

    /// <summary>The text of a code; null for none.</summary>
    public string? Find(int code)
    {
        if (_texts.TryGetValue(code, out var text))
        {
            return text;
        }

        var index = _ranges.FindLastIndex(r => r.Low <= code && code <= r.High);
        return index < 0 ? null : Text(_ranges[index].Start, code - _ranges[index].Low);
    }

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
                    map.Characters(operands, work);
                    break;
                case "endbfrange":
                    map.Ranges(operands, work);
                    break;
                default:
                    break;
            }

            operands.Clear();
            tokens.Forget();
        }

        return map;
    }

    private void Characters(List<PdfValue> operands, PdfWork work)
    {
        for (var i = 0; i + 1 < operands.Count; i += 2)
        {
            if (operands[i] is PdfString { Bytes.Length: <= MaxCode } code && operands[i + 1] is PdfString text)
            {
                Set(Code(code.Bytes), text.Bytes, 0, work);
            }
        }
    }

    private void Ranges(List<PdfValue> operands, PdfWork work)
    {
        for (var i = 0; i + 2 < operands.Count; i += 3)
        {
            if (operands[i] is not PdfString { Bytes.Length: <= MaxCode } first || operands[i + 1] is not PdfString { Bytes.Length: <= MaxCode } last)
            {
                continue;
            }

            var (low, high) = (Code(first.Bytes), Math.Min(Code(last.Bytes), int.MaxValue - 1));
            switch (operands[i + 2])
            {
                case PdfArray array:
                    for (var code = low; code <= high && code - low < array.Items.Count; code++)
                    {
                        if (array.Items[code - low] is PdfString one)
                        {
                            Set(code, one.Bytes, 0, work);
                        }
                    }

                    break;
                case PdfString { Bytes.Length: > 0 and <= MaxDestination } start when high - low >= LongestWrittenOut:
                    if (_ranges.Count < MaxRanges)
                    {
                        work.Held.Take(EntryWeight + start.Bytes.Length);
                        _ranges.Add((low, high, start.Bytes));
                    }

                    break;
                case PdfString { Bytes.Length: > 0 } start:
                    for (var code = low; code <= high; code++)
                    {
                        Set(code, start.Bytes, code - low, work);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void Set(int code, byte[] start, int step, PdfWork work)
    {
        work.Do(1);
        if (_texts.Count < MaxEntries && start.Length <= MaxDestination)
        {
            work.Held.Take(EntryWeight + (2 * start.Length));
            _texts[code] = Text(start, step);
        }
    }

    private static int Code(byte[] bytes) => bytes.Aggregate(0, (code, b) => (code << 8) | b) & int.MaxValue;

    /// <summary>The text so many codes behind the first of a range: its last character goes on.</summary>
    private static string Text(byte[] start, int step)
    {
        var bytes = start;
        if (step > 0)
        {
            bytes = (byte[])start.Clone();
            var sum = bytes[^1] + step;
            bytes[^1] = (byte)sum;
            if (bytes.Length > 1)
            {
                bytes[^2] = (byte)(bytes[^2] + (sum >> 8));
            }
        }

        return bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes);
    }
}
