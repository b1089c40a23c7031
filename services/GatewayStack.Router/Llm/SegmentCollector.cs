using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm.Attachments;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Llm;

/// <summary>Collects every text of a body: an unknown member may carry content as well as a known one, so only identifiers are left out.</summary>
internal sealed class SegmentCollector
{
    private const int MaxIdentifier = 40;
    private const int MaxIdentifierDigits = 6;
    private const int MaxNameLength = 256;
    private const int MaxSegments = 20_000;

    /// <summary>Long numbers stand together up to so many characters, so that a table of them is not one text for each.</summary>
    private const int NumbersTogether = 256;

    /// <summary>Every text carries its pointer: without a bound, many texts below one long name cost the product of both.</summary>
    private const int MaxPointerCharacters = 4 * 1024 * 1024;

    /// <summary>A key may be written in base64 as well as a picture: what is so short and cannot be read is looked at as it stands, too.</summary>
    private const int MaxKey = 16 * 1024;

    private readonly List<ContentAttachment> _documents = [];

    private int _pointerCharacters;
    private int _numbers = -1;

    /// <summary>True when there is more than the gateway takes: the request is refused.</summary>
    public bool TooMuch { get; private set; }

    public ImmutableArray<ContentSegment>.Builder Segments { get; } = ImmutableArray.CreateBuilder<ContentSegment>();

    public ImmutableArray<JsonElement>.Builder Elements { get; } = ImmutableArray.CreateBuilder<JsonElement>();

    public ImmutableArray<UnscannedPart>.Builder Unscanned { get; } = ImmutableArray.CreateBuilder<UnscannedPart>();

    /// <summary>How the texts of files are written back, by segment.</summary>
    public Dictionary<int, TextFile> Files { get; } = [];

    /// <summary>Documents, numbered behind the texts; complete when everything was walked.</summary>
    public ImmutableArray<ContentAttachment> Attachments => [.. _documents.Select((d, i) => d with { Id = Segments.Count + i })];

    /// <summary>Set by <see cref="WalkMessage"/>, where parts may be media; elsewhere a member of such a name, as a tool's parameter, is one like any other.</summary>
    private bool _mayHoldMedia;

    /// <summary>True where an object is a part of a message.</summary>
    private bool _isPart;

    /// <summary>Set where <c>/metadata/user_id</c> is replaced by our own name for the person: what the client wrote there goes nowhere.</summary>
    public bool IsEndUserReplaced { get; init; }

    /// <summary>Ends a long look at a text.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether what is collected now belongs to an earlier turn.</summary>
    public bool Earlier { get; set; }

    /// <summary>A message of a conversation.</summary>
    public void WalkMessage(JsonElement message, string pointer, SegmentOrigin origin)
    {
        _mayHoldMedia = true;
        _isPart = MediaParts.HoldsParts(pointer[(pointer.LastIndexOf('/') + 1)..]);
        Walk(message, pointer, origin, "content");
        (_mayHoldMedia, _isPart) = (false, false);
    }

    public void Walk(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        if (TooMuch)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String when EncodedData.Find(element) is { } file:
                AddFile(element, pointer, origin, file, isFound: true);
                break;
            case JsonValueKind.String:
                AddText(element, pointer, origin, part);
                break;
            case JsonValueKind.Array:
                Items(element, pointer, origin, part);
                break;
            case JsonValueKind.Object:
                Object(element, pointer, origin);
                break;
            case JsonValueKind.Number:
                AddNumber(element, pointer, origin);
                break;
            default:
                break;
        }
    }

    private void Items(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        List<int>? texts = null;
        var (index, areParts) = (0, _isPart);
        foreach (var item in element.EnumerateArray())
        {
            var (place, first) = (pointer + "/" + index.ToString(CultureInfo.InvariantCulture), Segments.Count);
            Walk(item, place, origin, part);
            index++;
            if (areParts && TextOf(place, first) is { } text)
            {
                (texts ??= []).Add(text);
                continue;
            }

            LinkTexts(texts);
        }

        LinkTexts(texts);
    }

    /// <summary>The text of a part; whatever else the part says (how long it may be kept, say) stands beside it, and parts no two texts.</summary>
    private int? TextOf(string place, int first)
    {
        for (var i = first; i < Segments.Count; i++)
        {
            if (Segments[i] is { Part: "text" or "content", MediaType: "text/plain" } text && text.Pointer.StartsWith(place, StringComparison.Ordinal)
                && text.Pointer.AsSpan(place.Length) is "" or "/text")
            {
                return i;
            }
        }

        return null;
    }

    private void LinkTexts(List<int>? texts)
    {
        if (texts is { Count: > 1 })
        {
            TextBorders.Link(Segments, texts);
        }

        texts?.Clear();
    }

    private void AddText(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        var count = Segments.Count;
        Add(element, pointer, origin, part);
        AddEmbedded(count);
    }

    /// <summary>What is no text inside a text goes out with it, and so does JSON that nobody reads.</summary>
    private void AddEmbedded(int segment)
    {
        if (!TooMuch && EmbeddedData.IsIn(Segments[segment].Text, Cancellation))
        {
            AddUnscanned(Segments[segment].Pointer, "encoded", "not_text");
        }

        if (!TooMuch && DeepJson.IsIn(Segments[segment].Text))
        {
            AddUnscanned(Segments[segment].Pointer, "nested_json", "too_deep");
        }
    }

    private void Add(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        var text = element.GetString()!;
        var isOfCall = _mayHoldMedia
            && (pointer.EndsWith("/function/arguments", StringComparison.Ordinal) || pointer.EndsWith("/function_call/arguments", StringComparison.Ordinal));
        // Whatever is JSON is read as JSON, with its escapes, and stays JSON when something in it is replaced: the result of a tool more often than not, and what people paste.
        var isJson = isOfCall || JsonContent.IsObjectOrArray(text);

        // Elsewhere a member of such a name, as a tool's parameter, may be JSON as well as a sentence.
        var isArguments = isJson && (part is "arguments" or "input");
        Add(element, new ContentSegment
        {
            Id = Segments.Count,
            Pointer = pointer,
            Part = SegmentParts.Of(part),
            MediaType = isJson ? "application/json" : "text/plain",
            Origin = isArguments || pointer.EndsWith("/custom/input", StringComparison.Ordinal) ? SegmentOrigin.ToolArguments : origin,
            Editable = !SegmentParts.Identifiers.Contains(part) && (origin != SegmentOrigin.ToolDefinition || SegmentParts.OfDefinition.Contains(part)),
            Text = text,
        });
    }

    /// <summary>A number that may be somebody's is inspected, and cannot be edited: what would stand in its place is no number.</summary>
    public void AddNumber(JsonElement element, string pointer, SegmentOrigin origin)
    {
        if (TooMuch || NumberText.Read(JsonMarshal.GetRawUtf8Value(element)) is not { } digits)
        {
            return;
        }

        if (_numbers >= 0 && Segments[_numbers] is var together && together.Text.Length + digits.Length < NumbersTogether
            && together.Origin == origin && together.Earlier == Earlier)
        {
            Segments[_numbers] = together with { Text = together.Text + "\n" + digits };
            return;
        }

        _numbers = Segments.Count;
        Add(default, new ContentSegment { Id = Segments.Count, Pointer = pointer, Part = SegmentParts.Number, MediaType = "text/plain", Origin = origin, Editable = false, Text = digits });
    }

    /// <summary>A member's name goes out like any text; one that is more than a name is inspected, and cannot be edited.</summary>
    public void AddName(JsonProperty member, string pointer, SegmentOrigin origin)
    {
        var name = member.Name;
        if (name.Length > MaxNameLength)
        {
            TooMuch = true;
        }
        else if (!IsIdentifier(System.Text.Encoding.UTF8.GetBytes(name)))
        {
            Add(default, new ContentSegment { Id = Segments.Count, Pointer = pointer, Part = SegmentParts.Name, MediaType = "text/plain", Origin = origin, Editable = false, Text = name });
        }
    }

    private void Add(JsonElement element, ContentSegment segment)
    {
        _pointerCharacters += segment.Pointer.Length;
        if (Segments.Count >= MaxSegments || _pointerCharacters > MaxPointerCharacters)
        {
            TooMuch = true;
            return;
        }

        Segments.Add(Earlier ? segment with { Earlier = true } : segment);
        Elements.Add(element);
    }

    private void Object(JsonElement element, string pointer, SegmentOrigin origin)
    {
        var type = string.Empty;
        var kind = _isPart ? MediaParts.KindOf(element, out type) : PartKind.Text;
        origin = _isPart && origin == SegmentOrigin.User && MediaParts.IsDocument(element) ? SegmentOrigin.Document : origin;
        var (unscanned, files) = (Unscanned.Count, Files.Count + _documents.Count);
        foreach (var member in element.EnumerateObject())
        {
            Member(element, member, pointer, origin);
        }

        if (kind == PartKind.Unknown || (kind == PartKind.Media && Unscanned.Count == unscanned && Files.Count + _documents.Count == files))
        {
            AddUnscanned(pointer, type, "not_text");
        }
    }

    /// <summary>Says that something is not text, or that its text cannot be read.</summary>
    public void AddUnscanned(string pointer, string type, string reason)
    {
        _pointerCharacters += pointer.Length;
        TooMuch |= Unscanned.Count >= MaxSegments || _pointerCharacters > MaxPointerCharacters;
        if (!TooMuch)
        {
            Unscanned.Add(new UnscannedPart { Pointer = pointer, Type = type, Reason = reason });
        }
    }

    private void Member(JsonElement owner, JsonProperty member, string pointer, SegmentOrigin origin)
    {
        var name = member.Name;
        if (member.Value.ValueKind == JsonValueKind.String && SegmentParts.Identifiers.Contains(name) && IsIdentifier(JsonMarshal.GetRawUtf8Value(member.Value)[1..^1]))
        {
            return;
        }

        if (TooMuch)
        {
            return;
        }

        AddName(member, pointer, origin);
        var place = pointer + "/" + JsonPath.Escape(name);
        if (IsEndUserReplaced && place == "/metadata/user_id")
        {
            return;
        }

        if (_mayHoldMedia && member.Value.ValueKind == JsonValueKind.String && FilePart.Find(owner, name) is { } file)
        {
            AddFile(member.Value, place, origin, file);
            return;
        }

        if (_mayHoldMedia && MediaParts.IsMedia(name, member.Value) && !FilePart.HasData(name, member.Value))
        {
            AddUnscanned(place, name, "not_text");
            return;
        }

        if (_mayHoldMedia && MediaParts.IsReference(owner, name, member.Value))
        {
            AddUnscanned(place, "file", "reference");
        }

        if (_mayHoldMedia && member.Value.ValueKind == JsonValueKind.String && MediaParts.IsSealed(owner, name))
        {
            Add(member.Value, place, origin, name);
            return;
        }

        var before = (_mayHoldMedia, _isPart);
        _mayHoldMedia &= !MediaParts.IsToolInput(owner, name);
        _isPart = _mayHoldMedia && MediaParts.HoldsParts(name);
        Walk(member.Value, place, origin, name);
        (_mayHoldMedia, _isPart) = before;
    }

    private void AddFile(JsonElement data, string pointer, SegmentOrigin origin, FilePart file, bool isFound = false)
    {
        origin = origin == SegmentOrigin.User ? SegmentOrigin.Document : origin;
        var text = data.GetString()!;
        var content = FileReader.Read(text, file.MediaType, file.FileName);
        switch (content.Kind)
        {
            case FileKind.Text or FileKind.Json:
                Files[Segments.Count] = content.File!;
                Add(data, new ContentSegment
                {
                    Id = Segments.Count,
                    Pointer = pointer,
                    Part = SegmentParts.File,
                    MediaType = content.MediaType,
                    Origin = origin,
                    Editable = origin != SegmentOrigin.ToolDefinition,
                    Text = content.Text
                });
                AddEmbedded(Segments.Count - 1);
                break;
            case FileKind.Document:
                AddUnscanned(pointer, "file", "not_text");
                _documents.Add(new ContentAttachment
                {
                    Id = -1,
                    Pointer = pointer,
                    MediaType = content.MediaType,
                    Origin = origin,
                    Content = ImmutableCollectionsMarshal.AsImmutableArray(content.Bytes),
                });
                break;
            default:
                AddUnscanned(pointer, "file", content.Reason!);
                if (!FileReader.IsDataUrl(text) && (isFound ? text.Length <= MaxKey : StrictBase64.Decode(text) is null))
                {
                    // It is called a file, or looks like one, and may be anything.
                    Add(data, pointer, origin, SegmentParts.File);
                }

                break;
        }
    }

    /// <summary>No blank, no dot, no sign of an address, few digits: neither a sentence nor a number that means a person stands there.</summary>
    private static bool IsIdentifier(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            var digit = char.IsAsciiDigit((char)c);
            if (!digit && !char.IsAsciiLetter((char)c) && c is not ((byte)'_' or (byte)'-' or (byte)'/' or (byte)'+' or (byte)'$'))
            {
                return false;
            }

            digits += digit ? 1 : 0;
        }

        return text.Length <= MaxIdentifier && digits <= MaxIdentifierDigits;
    }
}
