namespace GatewayStack.Transform.Names;

/// <summary>What a token looks like.</summary>
internal enum TokenShape : byte
{
    /// <summary>john</summary>
    Lower,

    /// <summary>John</summary>
    Capital,

    /// <summary>JOHN</summary>
    Upper,

    /// <summary>J</summary>
    Initial,

    /// <summary>McDonald, iPhone</summary>
    Mixed,

    /// <summary>76ers</summary>
    Alphanumeric,

    /// <summary>1234</summary>
    Number,

    /// <summary>A single mark.</summary>
    Punctuation,

    /// <summary>@john</summary>
    Handle,

    /// <summary>#john</summary>
    Hashtag,

    /// <summary>An e-mail address or URL.</summary>
    Address,

    /// <summary>Emoji and the like.</summary>
    Symbol,

    /// <summary>John, where Every Word Is Written So</summary>
    CapitalInTitle,

    /// <summary>JOHN, WHERE EVERY WORD IS</summary>
    UpperInUpper,

    /// <summary>john, where no word has a capital</summary>
    LowerInLower,

    /// <summary>A word of a script that has no case: never a name by its look, see <see cref="Scripts.ScriptNames"/>.</summary>
    Caseless,

    /// <summary>A word with an underscore.</summary>
    Identifier,
}
