using System.Text;

namespace GatewayStack.Transform.Extraction;

/// <summary>The text of one document while it is read: bounded, with the first reason why it is not all. Belongs to one extraction.</summary>
internal sealed class ExtractedText(int maxChars)
{
    private readonly StringBuilder _text = new();

    /// <summary>Why something is missing; null while nothing is.</summary>
    public string? Reason { get; private set; }

    /// <summary>How much may still be added.</summary>
    public int Left => maxChars - _text.Length;

    /// <summary>Length so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds a piece.</summary>
    /// <exception cref="ExtractionStoppedException">There is more than may be read.</exception>
    public void Add(ReadOnlySpan<char> piece)
    {
        if (_text.Length + piece.Length > maxChars)
        {
            _text.Append(piece[..(maxChars - _text.Length)]);
            throw new ExtractionStoppedException(ExtractionReasons.TooLarge);
        }

        _text.Append(piece);
    }

    /// <summary>Ends the line, unless it is empty.</summary>
    public void EndLine()
    {
        if (_text.Length > 0 && _text[^1] != '\n')
        {
            Add("\n");
        }
    }

    /// <summary>Separates two words, unless they are.</summary>
    public void Space()
    {
        if (_text.Length > 0 && !char.IsWhiteSpace(_text[^1]))
        {
            Add(" ");
        }
    }

    /// <summary>Says that something is missing; the first reason stays.</summary>
    public void Miss(string reason) => Reason ??= reason;

    /// <summary>What was read.</summary>
    public Extraction Finish() => new(_text.ToString(), Reason);
}
