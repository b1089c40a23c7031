using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Collects the candidates that a tagger finds in texts it has not learned from, with their evidence.</summary>
internal sealed class VerifierSet
{
    private const float StreamWeight = 0.35f;

    private readonly List<VerifierExample> _all = [];
    private int _texts;

    /// <summary>What was collected.</summary>
    public IReadOnlyList<VerifierExample> All => _all;

    /// <summary>How many texts were looked at.</summary>
    public int Texts => _texts;

    /// <summary>Adds the candidates of a text twice: judged at its end, and each as soon as its unit is read, as in a stream.</summary>
    /// <param name="tagger">The weights.</param>
    /// <param name="example">The text.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="weight">How much the text's candidates count.</param>
    public void Add(NameModel tagger, NameExample example, string source, float weight)
    {
        var text = _texts++;
        var scan = new NameScan(tagger);
        foreach (var whole in (ReadOnlySpan<bool>)[true, false])
        {
            if (!whole && NameUnits.End(example.Text, 0, final: true, out _) == example.Text.Length)
            {
                break;
            }

            scan.Begin(null);
            for (var start = 0; start < example.Text.Length;)
            {
                var end = NameUnits.End(example.Text, start, final: true, out _);
                if (scan.Read(example.Text.AsSpan(start, end - start), start) || !whole)
                {
                    scan.Give(whole && end == example.Text.Length, Take);
                }

                start = end;
            }

            scan.Give(whole, Take);

            void Take(NameFinding name, int offset, ReadOnlySpan<short> row)
            {
                var met = Meets(example.Marks, offset + name.Start, offset + name.End);
                var numbers = new float[row.Length];
                for (var i = 0; i < row.Length; i++)
                {
                    numbers[i] = row[i];
                }

                _all.Add(new VerifierExample(numbers, met == true, source, text, whole ? -1 : offset, met is null ? 0 : whole ? weight : weight * StreamWeight));
            }
        }
    }

    /// <summary>Whether a candidate meets a name; null where nobody knows.</summary>
    private static bool? Meets(IReadOnlyList<NameMark> marks, int start, int end)
    {
        var met = false;
        foreach (var mark in marks)
        {
            if (mark.Start < end && start < mark.End)
            {
                if (mark.Type < 0)
                {
                    return null;
                }

                met = true;
            }
        }

        return met;
    }
}
