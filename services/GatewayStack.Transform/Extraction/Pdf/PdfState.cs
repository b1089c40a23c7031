using System.Numerics;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>How and where the next glyph is drawn.</summary>
internal sealed record PdfState
{
    /// <summary>From the content's space to the page's.</summary>
    public Matrix3x2 Transform { get; init; } = Matrix3x2.Identity;

    /// <summary>From the next glyph to the content's space.</summary>
    public Matrix3x2 Text { get; init; } = Matrix3x2.Identity;

    /// <summary>From the line's beginning to the content's space.</summary>
    public Matrix3x2 Line { get; init; } = Matrix3x2.Identity;

    /// <summary>The font; null where none was chosen.</summary>
    public PdfFont? Font { get; init; }

    /// <summary>Size of the letters.</summary>
    public float Size { get; init; } = 1;

    /// <summary>From one line to the next.</summary>
    public float Leading { get; init; }

    /// <summary>Added to every glyph's width.</summary>
    public float CharacterSpace { get; init; }

    /// <summary>Added to a blank's width.</summary>
    public float WordSpace { get; init; }

    /// <summary>Widths are multiplied by it.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Begins a line elsewhere.</summary>
    public PdfState Move(float x, float y)
    {
        var line = Matrix3x2.CreateTranslation(x, y) * Line;
        return this with { Text = line, Line = line };
    }

    /// <summary>Goes on in the line.</summary>
    public PdfState Advance(float x) => this with { Text = Matrix3x2.CreateTranslation(x, 0) * Text };
}
