namespace GatewayStack.Transform.Names;

/// <summary>Finds persons, places and organisations in a unit of text by learned weights. Safe for concurrent use.</summary>
internal sealed class NameTagger(NameModel model)
{
    private const string Resource = "GatewayStack.Transform.Names.names.bin";

    /// <summary>What scores below is no name.</summary>
    public const double Threshold = 0.5;

    private static readonly Lazy<NameTagger> Shipped = new(LoadShipped);

    private NameReader? _spare;

    /// <summary>The tagger that ships with the product.</summary>
    public static NameTagger BuiltIn => Shipped.Value;

    /// <summary>Reads a weights file.</summary>
    /// <exception cref="InvalidDataException">It is broken, or of another version.</exception>
    public static NameTagger Load(Stream stream) => new(NameModelFile.Read(stream));

    /// <summary>Finds the names of a unit.</summary>
    /// <param name="unit">A unit as <see cref="NameUnits"/> cuts it.</param>
    /// <param name="offset">Added to the positions.</param>
    /// <param name="found">Added to, in order.</param>
    public void Tag(ReadOnlySpan<char> unit, int offset, List<NameSpan> found)
    {
        var reader = Interlocked.Exchange(ref _spare, null) ?? new NameReader();
        while (!unit.IsEmpty)
        {
            var end = unit.Length <= NameUnits.MaxLength ? unit.Length : NameUnits.End(unit, 0, final: true, out _);
            foreach (var name in reader.Read(model, unit[..end]))
            {
                var score = model.ScoreOf(name);
                if (score >= Threshold)
                {
                    found.Add(new NameSpan(offset + name.Start, offset + name.End, NameLabels.Types[name.Type], score));
                }
            }

            unit = unit[end..];
            offset += end;
        }

        Volatile.Write(ref _spare, reader);
    }

    private static NameTagger LoadShipped()
    {
        using var stream = typeof(NameTagger).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The weights for names are missing from the assembly.");
        return Load(stream);
    }
}
