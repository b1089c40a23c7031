namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>The objects of a document, found by reading the file from its beginning to its end: no table says where they stand, so none can lie.</summary>
/// <remarks>Of two of one number the later one counts, and where something is drawn both: which of them a reader shows depends on the reader.</remarks>
internal sealed class PdfObjects
{
    private const int MaxSteps = 16;
    private const int MaxObjects = 200_000;

    /// <summary>What an object's place in the tables weighs in memory, about.</summary>
    private const int ObjectWeight = 160;

    private readonly Dictionary<int, List<PdfValue>> _objects = [];
    private readonly HashSet<PdfDictionary> _consumed = new(ReferenceEqualityComparer.Instance);
    private readonly PdfWork _work;

    private PdfObjects(PdfWork work) => _work = work;

    /// <summary>All objects, those that were replaced among them.</summary>
    public List<PdfValue> All { get; } = [];

    /// <summary>The objects that have a stream, with their numbers, those that were replaced among them.</summary>
    public List<(int Number, PdfDictionary Stream)> Streams { get; } = [];

    /// <summary>True where the document says that it is encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>True where something stands in a stream that cannot be unpacked.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Reads a file.</summary>
    public static PdfObjects Read(ReadOnlyMemory<byte> file, PdfWork work)
    {
        var objects = new PdfObjects(work);
        objects.ReadFile(file);
        objects.ReadObjectStreams();
        return objects;
    }

    /// <summary>What a reference refers to, or the value itself; null for nothing, and for references in a circle.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var steps = 0; value is PdfReference reference; steps++)
        {
            _work.Do(1);
            if (steps == MaxSteps)
            {
                return null;
            }

            value = _objects.GetValueOrDefault(reference.Number)?[^1];
        }

        return value;
    }

    /// <summary>All that a reference may refer to, by one step.</summary>
    public IReadOnlyList<PdfValue> Versions(PdfValue value) =>
        value is not PdfReference reference ? [value] : _objects.TryGetValue(reference.Number, out var versions) ? versions : [];

    /// <summary>True where a member is this name, or refers to it; where what it refers to stands several times, by any of them.</summary>
    public bool Is(PdfDictionary of, string name, string value) =>
        of.Find(name) is { } member && (Resolve(member) is PdfName found && found.Value == value || Versions(member).Any(v => v is PdfName other && other.Value == value));

    /// <summary>True for a stream that has been unpacked, drawn or read.</summary>
    public bool IsConsumed(PdfDictionary stream) => _consumed.Contains(stream);

    /// <summary>A member that is a dictionary.</summary>
    public PdfDictionary? Dictionary(PdfDictionary? of, string name) => Resolve(of?.Find(name)) as PdfDictionary;

    /// <summary>The bytes of a stream, unpacked; null where they cannot be.</summary>
    public ReadOnlyMemory<byte>? Unpack(PdfDictionary stream)
    {
        _consumed.Add(stream);
        try
        {
            return stream.Stream is null ? null : PdfFilters.Decode(this, stream, _work);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void ReadFile(ReadOnlyMemory<byte> file)
    {
        var tokens = new PdfTokenizer(file, _work);
        var (number, generation) = (-1, -1);
        while (true)
        {
            // Between the objects stand tables of them, which are not kept.
            tokens.Forget();
            var value = tokens.Read();
            switch (value)
            {
                case null:
                    IsIncomplete |= tokens.IsDoubtful;
                    return;
                case PdfNumber whole:
                    (number, generation) = (generation, whole.Value is >= 0 and <= int.MaxValue ? (int)whole.Value : -1);
                    continue;
                case PdfWord { Value: "obj" } when number >= 0:
                    Add(number, Body(file, tokens));
                    tokens.Keep();
                    break;
                case PdfWord { Value: "trailer" }:
                    if (tokens.Read() is PdfDictionary trailer)
                    {
                        Take(trailer);
                        tokens.Keep();
                    }

                    break;
                default:
                    break;
            }

            (number, generation) = (-1, -1);
        }
    }

    private PdfValue? Body(ReadOnlyMemory<byte> file, PdfTokenizer tokens)
    {
        var value = tokens.Read();
        if (value is not PdfDictionary dictionary)
        {
            return value;
        }

        tokens.SkipBlanks();
        var rest = file.Span[tokens.Position..];
        if (!rest.StartsWith("stream"u8))
        {
            return dictionary;
        }

        var start = tokens.Position + "stream"u8.Length;
        start += start < file.Length && file.Span[start] == '\r' ? 1 : 0;
        start += start < file.Length && file.Span[start] == '\n' ? 1 : 0;

        // The length may stand in an object that comes later, and be wrong: it holds where the stream's end stands behind it.
        var length = dictionary.Find("Length") is PdfNumber { Value: >= 0 } stated && stated.Value <= file.Length - start ? (int)stated.Value : -1;
        if (length < 0 || !IsEnd(file.Span[(start + length)..]))
        {
            length = file.Span[start..].IndexOf("endstream"u8);
            if (length < 0)
            {
                IsIncomplete = true;
                length = file.Length - start;
            }
        }

        tokens.Position = start + length;
        return dictionary with { Stream = file.Slice(start, length) };
    }

    private static bool IsEnd(ReadOnlySpan<byte> rest)
    {
        var i = 0;
        while (i < rest.Length && i < 4 && PdfTokenizer.IsBlank(rest[i]))
        {
            i++;
        }

        return rest[i..].StartsWith("endstream"u8);
    }

    /// <summary>A stream that says how many objects it has and where the first begins is one of objects, whether or not it also says so.</summary>
    private void ReadObjectStreams()
    {
        foreach (var (_, stream) in Streams.ToList())
        {
            if (Resolve(stream.Find("N")) is PdfNumber { Value: >= 0 and <= MaxObjects } count && Resolve(stream.Find("First")) is PdfNumber { Value: >= 0 } first
                && Unpack(stream) is { } data)
            {
                ReadPacked(data, (int)count.Value, first.Value);
            }
            else
            {
                IsIncomplete |= Is(stream, "Type", "ObjStm") || (stream.Members.ContainsKey("N") && stream.Members.ContainsKey("First"));
            }
        }
    }

    private void ReadPacked(ReadOnlyMemory<byte> data, int count, double first)
    {
        var header = new PdfTokenizer(data, _work);
        var places = new List<(int Number, int Start)>();
        for (var i = 0; i < count; i++)
        {
            if (header.Read() is not PdfNumber number || header.Read() is not PdfNumber offset || first + offset.Value is not (>= 0 and var place) || place >= data.Length)
            {
                IsIncomplete = true;
                break;
            }

            places.Add(((int)Math.Clamp(number.Value, 0, int.MaxValue), (int)place));
        }

        header.Forget();

        // An object ends where the next one begins. One that does not is cut, and then what a reader sees in it is not what was read here.
        var starts = places.Select(p => p.Start).Distinct().Order().ToArray();
        foreach (var (number, start) in places)
        {
            var next = Array.BinarySearch(starts, start) + 1;
            var end = next < starts.Length ? starts[next] : data.Length;
            var tokens = new PdfTokenizer(data[start..end], _work);
            Add(number, tokens.Read(), isPacked: true);
            var isSplit = tokens.Position == end - start && end < data.Length && end > start && PdfTokenizer.IsRegular(data.Span[end - 1])
                && PdfTokenizer.IsRegular(data.Span[end]);
            IsIncomplete |= tokens.IsCut || tokens.IsDoubtful || isSplit;
        }
    }

    private void Add(int number, PdfValue? value, bool isPacked = false)
    {
        if (value is null)
        {
            return;
        }

        if (All.Count == MaxObjects)
        {
            throw new ExtractionStoppedException(ExtractionReasons.TooManyParts);
        }

        _work.Held.Take(ObjectWeight);
        All.Add(value);
        if (!_objects.TryGetValue(number, out var versions))
        {
            _objects.Add(number, [value]);
        }
        else
        {
            versions.Insert(isPacked ? 0 : versions.Count, value);
        }

        if (value is not PdfDictionary { Stream: not null } stream)
        {
            return;
        }

        Streams.Add((number, stream));
        if (stream.Find("Type") is PdfName { Value: "XRef" } || stream.Members.ContainsKey("Encrypt"))
        {
            Take(stream);
        }
    }

    private void Take(PdfDictionary trailer)
    {
        IsEncrypted |= trailer.Members.ContainsKey("Encrypt");
        if (All.Count == MaxObjects)
        {
            throw new ExtractionStoppedException(ExtractionReasons.TooManyParts);
        }

        All.Add(trailer);
    }
}
