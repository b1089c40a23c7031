namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>A value of a PDF document (ISO 32000-2, 7.3).</summary>
internal abstract record PdfValue;

/// <summary>A number.</summary>
internal sealed record PdfNumber(double Value) : PdfValue;

/// <summary>A name, decoded, without its slash.</summary>
internal sealed record PdfName(string Value) : PdfValue;

/// <summary>A string: bytes, of which a font or an encoding says what they mean.</summary>
internal sealed record PdfString(byte[] Bytes) : PdfValue;

/// <summary>A reference to an object.</summary>
internal sealed record PdfReference(int Number) : PdfValue;

/// <summary>An operator of a content, or a word such as <c>true</c>.</summary>
internal sealed record PdfWord(string Value) : PdfValue;

/// <summary>An array.</summary>
internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

/// <summary>A dictionary, with the stream behind it where it has one.</summary>
internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Members) : PdfValue
{
    /// <summary>The bytes of its stream, packed as they stand in the file; null where it has none.</summary>
    public ReadOnlyMemory<byte>? Stream { get; init; }

    /// <summary>A member; null where there is none.</summary>
    public PdfValue? Find(string name) => Members.GetValueOrDefault(name);
}
