namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>What offsets into a text count.</summary>
internal enum OffsetUnit
{
    /// <summary>UTF-16 units, as .NET, Java and JavaScript count.</summary>
    Utf16 = 0,

    /// <summary>Unicode code points, as Python counts.</summary>
    CodePoints = 1,

    /// <summary>Bytes of the text in UTF-8, as Go and Rust count.</summary>
    Utf8 = 2,
}
