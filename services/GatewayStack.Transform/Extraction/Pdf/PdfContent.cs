using System.Numerics;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Reads the texts of contents in the order in which they are drawn, with blanks and line ends where their places say so. Belongs to one document.</summary>
internal sealed partial class PdfContent(PdfObjects objects, PdfWork work, ExtractedText text)
{
    private const int MaxForms = 16;
    private const int MaxStates = 256;

    /// <summary>Glyphs without a meaning that a document may have, besides a fiftieth of all: bullets and signs of formulas have none in many fonts.</summary>
    private const int MaxUnreadable = 8;

    /// <summary>So many in a row are no bullets but a word.</summary>
    private const int UnreadableWord = 3;

    private const int FontWeight = 400;

    private readonly Dictionary<PdfDictionary, PdfFont> _fonts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PdfDictionary> _drawn = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(PdfDictionary Stream, PdfDictionary? Resources, bool IsGlyph)> _later = [];
    private Vector2? _end;
    private int _forms;
    private int _glyphs;
    private PdfShapes _shapes = new();
    private int _allGlyphs;
    private int _unreadable;
    private int _row;
    private bool _hasUnreadWord;
    private bool _isGlyph;

    /// <summary>Draws a page.</summary>
    public void Page(PdfDictionary page)
    {
        (_glyphs, _shapes, _end) = (0, new PdfShapes(), null);
        var resources = Resources(page);
        foreach (var contents in Contents(page.Find("Contents")))
        {
            Draw(contents, resources, Matrix3x2.Identity);
        }

        text.EndLine();
        if (_shapes.MayBeLetters(_glyphs))
        {
            text.Miss(ExtractionReasons.Unreadable);
        }
    }

    /// <summary>Draws a form that no page has drawn, such as what an annotation looks like.</summary>
    public void Form(PdfDictionary form)
    {
        if (!_drawn.Contains(form))
        {
            _end = null;
            Form(form, objects.Dictionary(form, "Resources"), Matrix3x2.Identity);
            text.EndLine();
        }
    }

    /// <summary>Draws what fills letters and areas, which is content like any other, and says so where too much could not be read.</summary>
    public void Finish()
    {
        while (_later.TryDequeue(out var next))
        {
            if (!_drawn.Contains(next.Stream))
            {
                (_end, _isGlyph) = (null, next.IsGlyph);
                Form(next.Stream, objects.Dictionary(next.Stream, "Resources") ?? next.Resources, Matrix3x2.Identity);
                text.EndLine();
            }
        }

        _isGlyph = false;
        if (_hasUnreadWord || _unreadable > MaxUnreadable + (_allGlyphs / 50))
        {
            text.Miss(ExtractionReasons.Unreadable);
        }
    }

    // The parts of a page's content are one: an operator may stand in the next. Other versions of a part are drawn for themselves.
    private IEnumerable<ReadOnlyMemory<byte>> Contents(PdfValue? contents)
    {
        if (contents is null)
        {
            yield break;
        }

        foreach (var version in objects.Versions(contents))
        {
            var parts = new List<ReadOnlyMemory<byte>>();
            foreach (var one in (version is PdfArray array ? array.Items : [version]).SelectMany(objects.Versions).OfType<PdfDictionary>().Where(d => d.Stream is not null))
            {
                if (objects.Unpack(one) is { } unpacked)
                {
                    work.Do(1 + (unpacked.Length / 16));
                    work.Held.Take(unpacked.Length + 1);
                    parts.Add(unpacked);
                }
                else
                {
                    text.Miss(ExtractionReasons.Undecodable);
                }
            }

            var joined = Joined(parts);
            yield return joined;
            work.Held.GiveBack(joined.Length);
        }
    }

    private static byte[] Joined(List<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(p => p.Length + 1)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined.AsMemory(at));
            at += part.Length;
            joined[at++] = (byte)'\n';
        }

        return joined;
    }

    private PdfDictionary? Resources(PdfDictionary? page)
    {
        for (var steps = 0; page is not null && steps < 32; steps++)
        {
            if (objects.Dictionary(page, "Resources") is { } resources)
            {
                return resources;
            }

            page = objects.Dictionary(page, "Parent");
        }

        return null;
    }

    private void Draw(ReadOnlyMemory<byte> content, PdfDictionary? resources, Matrix3x2 outer)
    {
        var tokens = new PdfTokenizer(content, work);
        var state = new PdfState { Transform = outer };
        var states = new Stack<PdfState>();
        var operands = new List<PdfValue>();
        while (tokens.Read() is { } value)
        {
            if (value is not PdfWord word)
            {
                if (operands.Count < 64)
                {
                    operands.Add(value);
                }

                continue;
            }

            switch (word.Value)
            {
                case "q" when states.Count < MaxStates:
                    states.Push(state);
                    break;
                case "Q":
                    state = states.TryPop(out var before) ? before with { Text = state.Text, Line = state.Line } : state;
                    break;
                case "Do":
                    DrawObject(operands, resources, state.Transform);
                    break;
                case "ID":
                    MissImage();
                    SkipImage(tokens, content.Span);
                    break;
                case "scn" or "SCN" when operands is [.., PdfName pattern]:
                    DrawLater(objects.Dictionary(resources, "Pattern")?.Find(pattern.Value), resources, isGlyph: false);
                    break;
                default:
                    state = _shapes.Take(word.Value) ? state : Operate(word.Value, operands, state, resources);
                    break;
            }

            operands.Clear();
            tokens.Forget();
        }
    }

    // The letters of some fonts are images.
    private void MissImage()
    {
        if (!_isGlyph)
        {
            text.Miss(ExtractionReasons.Images);
        }
    }

    private void DrawLater(PdfValue? named, PdfDictionary? resources, bool isGlyph)
    {
        foreach (var stream in named is null ? [] : objects.Versions(named).OfType<PdfDictionary>().Where(d => d.Stream is not null))
        {
            if (!_drawn.Contains(stream))
            {
                work.Held.Take(FontWeight);
                _later.Enqueue((stream, resources, isGlyph));
            }
        }
    }

    private static void SkipImage(PdfTokenizer tokens, ReadOnlySpan<byte> content)
    {
        for (var at = tokens.Position; at + 2 < content.Length; at++)
        {
            if (content[at] == 'E' && content[at + 1] == 'I' && at > 0 && PdfTokenizer.IsBlank(content[at - 1]) && PdfTokenizer.IsBlank(content[at + 2]))
            {
                tokens.Position = at + 2;
                return;
            }
        }

        tokens.Position = content.Length;
    }

    private void DrawObject(List<PdfValue> operands, PdfDictionary? resources, Matrix3x2 transform)
    {
        if (operands.OfType<PdfName>().FirstOrDefault() is not { } name || objects.Dictionary(resources, "XObject")?.Find(name.Value) is not { } named)
        {
            return;
        }

        foreach (var found in objects.Versions(named).OfType<PdfDictionary>())
        {
            if (found.Stream is not null && !objects.Is(found, "Subtype", "Image"))
            {
                Form(found, objects.Dictionary(found, "Resources") ?? resources, transform);
            }
        }
    }

    private void Form(PdfDictionary form, PdfDictionary? resources, Matrix3x2 transform)
    {
        work.Held.Take(_drawn.Add(form) ? FontWeight : 0);
        if (_forms == MaxForms)
        {
            text.Miss(ExtractionReasons.TooManyParts);
            return;
        }

        if (objects.Unpack(form) is not { } content)
        {
            text.Miss(ExtractionReasons.Undecodable);
            return;
        }

        _forms++;
        work.Do(1 + (content.Length / 16));
        var own = objects.Resolve(form.Find("Matrix")) is PdfArray array ? Matrix([.. array.Items.Select(i => objects.Resolve(i) ?? new PdfNumber(0))]) : null;
        Draw(content, resources, (own ?? Matrix3x2.Identity) * transform);
        _forms--;
    }
}
