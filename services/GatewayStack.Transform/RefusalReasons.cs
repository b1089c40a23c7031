namespace GatewayStack.Transform;

/// <summary>Why a request is not inspected: codes, which stand in logs and on record. None of them says anything of a text.</summary>
internal static class RefusalReasons
{
    /// <summary>The texts are longer than <see cref="TransformOptions.MaxChars"/>, all together.</summary>
    public const string TooLong = "too_long";

    /// <summary>A recogniser ran out of its time.</summary>
    public const string RecogniserTimeout = "recogniser_timeout";

    /// <summary>Two of the request's parts have one number.</summary>
    public const string NumberTwice = "number_twice";

    /// <summary>A text has hidden characters, and the tenant's rules refuse them.</summary>
    public const string HiddenCharacters = "hidden_characters";

    /// <summary>Hidden characters stand where they cannot be taken out.</summary>
    public const string HiddenNotRemovable = "hidden_not_removable";

    /// <summary>A text is longer than one may be.</summary>
    public const string PartTooLong = "part_too_long";
}
