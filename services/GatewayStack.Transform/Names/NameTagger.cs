using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names;

/// <summary>Finds persons, places and organisations by learned weights: a tagger reads units, and a verifier judges what it found. Safe for concurrent use.</summary>
internal sealed class NameTagger(NameModel model)
{
    private const string Resource = "GatewayStack.Transform.Names.names.bin";

    /// <summary>What scores below is no name.</summary>
    public const double Threshold = 0.5;

    private static readonly Lazy<NameTagger> Shipped = new(LoadShipped);

    private NameScan? _spare;

    /// <summary>The tagger that ships with the product.</summary>
    public static NameTagger BuiltIn => Shipped.Value;

    /// <summary>Reads a weights file.</summary>
    /// <exception cref="InvalidDataException">It is broken, or of another version.</exception>
    public static NameTagger Load(Stream stream) => new(NameModelFile.Read(stream));

    /// <summary>Finds the names of a text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="found">Added to, in order.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public void Tag(ReadOnlySpan<char> text, List<NameSpan> found, CancellationToken cancellationToken)
    {
        var scan = Rent();
        scan.Begin(null);
        var unit = 0;
        while (Next(text, final: true, unit, out var end, cancellationToken))
        {
            if (scan.Read(text[unit..end], unit))
            {
                scan.Judge(whole: end == text.Length, found);
            }

            unit = end;
        }

        scan.Judge(whole: true, found);
        Volatile.Write(ref _spare, scan);
    }

    /// <summary>Goes on with a text that comes in pieces. What is found in a unit depends on it and on those before it, never on what comes.</summary>
    /// <param name="text">The text, as far as it is known.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="known">What is known of the text; added to.</param>
    /// <param name="unit">Where the next unit begins; moved on.</param>
    /// <param name="found">Added to, in order.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public void Advance(ReadOnlySpan<char> text, bool final, TextKnowledge known, ref int unit, List<NameSpan> found, CancellationToken cancellationToken)
    {
        var scan = Rent();
        scan.Begin(known);
        while (Next(text, final, unit, out var end, cancellationToken))
        {
            scan.Read(text[unit..end], unit);
            scan.Judge(whole: false, found);
            unit = end;
        }

        Volatile.Write(ref _spare, scan);
    }

    private static bool Next(ReadOnlySpan<char> text, bool final, int unit, out int end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        end = unit;
        if (unit >= text.Length)
        {
            return false;
        }

        end = NameUnits.End(text, unit, final, out var complete);
        return complete;
    }

    private NameScan Rent() => Interlocked.Exchange(ref _spare, null) ?? new NameScan(model);

    private static NameTagger LoadShipped()
    {
        using var stream = typeof(NameTagger).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The weights for names are missing from the assembly.");
        return Load(stream);
    }
}
