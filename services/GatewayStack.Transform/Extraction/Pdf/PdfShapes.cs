namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Counts the shapes of a page: letters may be drawn as outlines, and then a page has more of them than its glyphs account for.</summary>
internal sealed class PdfShapes
{
    /// <summary>So many shapes are on any page: rules, frames, a mark.</summary>
    private const int Few = 20;

    private int _all;
    private int _curved;
    private bool _hasCurve;

    /// <summary>Takes an operator; true where it was one of shapes.</summary>
    public bool Take(string word)
    {
        switch (word)
        {
            case "c" or "v" or "y":
                _hasCurve = true;
                return true;
            case "f" or "F" or "f*" or "B" or "B*" or "b" or "b*" or "S" or "s":
                _all++;
                _curved += _hasCurve ? 1 : 0;
                _hasCurve = false;
                return true;
            case "n":
                _hasCurve = false;
                return true;
            default:
                return false;
        }
    }

    /// <summary>True where some of the shapes may be letters. Beside text only those with curves count, as most letters have some and few lines of a chart have any.</summary>
    public bool MayBeLetters(int glyphs) => glyphs == 0 ? _all > Few : _curved > Few + (glyphs / 2);
}
