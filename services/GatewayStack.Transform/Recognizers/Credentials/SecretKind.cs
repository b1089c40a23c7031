namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What a word says about the value that stands with it.</summary>
internal enum SecretKind
{
    /// <summary>Something that a person thought up: any text of four characters or more.</summary>
    Password,

    /// <summary>Something that a machine made.</summary>
    Key,

    /// <summary>A token: machine-made too, but the word also means pieces of text, of pages and of parsers.</summary>
    Token,

    /// <summary>A secret; thought up or made.</summary>
    Secret,

    /// <summary>A short number.</summary>
    Pin,
}
