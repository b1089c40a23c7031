using System.Numerics;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <content>The operators of text (ISO 32000-2, 9).</content>
internal sealed partial class PdfContent
{
    private PdfState Operate(string word, List<PdfValue> operands, PdfState state, PdfDictionary? resources)
    {
        switch (word)
        {
            case "cm" when Matrix(operands) is { } matrix:
                return state with { Transform = matrix * state.Transform };
            case "BT":
                return state with { Text = Matrix3x2.Identity, Line = Matrix3x2.Identity };
            case "Tf":
                return state with { Font = Font(operands.OfType<PdfName>().FirstOrDefault(), resources), Size = Number(operands, operands.Count - 1) };
            case "Tm" when Matrix(operands) is { } matrix:
                return state with { Text = matrix, Line = matrix };
            case "Td":
                return state.Move(Number(operands, 0), Number(operands, 1));
            case "TD":
                return (state with { Leading = -Number(operands, 1) }).Move(Number(operands, 0), Number(operands, 1));
            case "T*":
                return state.Move(0, -state.Leading);
            case "TL":
                return state with { Leading = Number(operands, 0) };
            case "Tc":
                return state with { CharacterSpace = Number(operands, 0) };
            case "Tw":
                return state with { WordSpace = Number(operands, 0) };
            case "Tz":
                return state with { Scale = Number(operands, 0) / 100 };
            case "Tj":
                return Show(operands, state);
            case "'":
                return Show(operands, state.Move(0, -state.Leading));
            case "\"":
                return Show(operands, (state with { WordSpace = Number(operands, 0), CharacterSpace = Number(operands, 1) }).Move(0, -state.Leading));
            case "TJ":
                return operands.OfType<PdfArray>().FirstOrDefault() is { } array ? Show(array.Items, state) : state;
            default:
                return state;
        }
    }

    private PdfState Show(IReadOnlyList<PdfValue> pieces, PdfState state)
    {
        foreach (var piece in pieces)
        {
            if (piece is PdfNumber step)
            {
                state = state.Advance((float)(-step.Value / 1000 * state.Size * state.Scale));
            }
            else if (piece is PdfString bytes)
            {
                state = Show(bytes.Bytes, state);
            }
        }

        return state;
    }

    private PdfState Show(byte[] bytes, PdfState state)
    {
        foreach (var glyph in (state.Font ?? PdfFont.Unknown).Glyphs(bytes))
        {
            work.Do(1);
            _glyphs++;
            _allGlyphs++;
            var matrix = state.Text * state.Transform;
            Separate(matrix.Translation, Math.Max(0.1f, Vector2.TransformNormal(new Vector2(0, state.Size), matrix).Length()));
            var width = (((float)glyph.Width / 1000 * state.Size) + state.CharacterSpace + (glyph.IsBlank ? state.WordSpace : 0)) * state.Scale;
            state = state.Advance(width);
            _end = (state.Text * state.Transform).Translation;
            if (glyph.Text is { } meaning)
            {
                _row = 0;
                text.Add(meaning);
            }
            else
            {
                _unreadable++;
                _hasUnreadWord |= ++_row == UnreadableWord;
            }
        }

        return state;
    }

    // A step to the side of more than a fifth of the letters' size is a blank, one up or down of half of it another line.
    private void Separate(Vector2 start, float size)
    {
        if (_end is not { } end)
        {
            return;
        }

        var step = start - end;
        if (Math.Abs(step.Y) > size / 2)
        {
            text.EndLine();
        }
        else if (step.X > size / 5 || step.X < -size)
        {
            text.Space();
        }
    }

    private PdfFont? Font(PdfName? name, PdfDictionary? resources)
    {
        if (name is null || objects.Resolve(objects.Dictionary(resources, "Font")?.Find(name.Value)) is not PdfDictionary dictionary)
        {
            return PdfFont.Unknown;
        }

        if (!_fonts.TryGetValue(dictionary, out var font))
        {
            work.Held.Take(FontWeight);
            _fonts[dictionary] = font = PdfFont.Read(objects, dictionary, work);
            foreach (var glyph in objects.Dictionary(dictionary, "CharProcs")?.Members.Values ?? [])
            {
                work.Do(1);
                DrawLater(glyph, objects.Dictionary(dictionary, "Resources") ?? resources, isGlyph: true);
            }
        }

        return font;
    }

    private static Matrix3x2? Matrix(List<PdfValue> operands) => operands.Count < 6
        ? null
        : new Matrix3x2(Number(operands, 0), Number(operands, 1), Number(operands, 2), Number(operands, 3), Number(operands, 4), Number(operands, 5));

    private static float Number(List<PdfValue> operands, int index) => index >= 0 && index < operands.Count && operands[index] is PdfNumber number ? (float)number.Value : 0;
}
