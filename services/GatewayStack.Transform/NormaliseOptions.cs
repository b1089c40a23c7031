namespace GatewayStack.Transform;

/// <summary>What is done with texts that are not as people write them.</summary>
public sealed record NormaliseOptions
{
    /// <summary>Characters that nobody sees, such as zero-width blanks, tags and bidi controls, where no script needs them: <c>report</c> (default) gives the
    /// request the label <c>hidden_characters</c>, <c>remove</c> takes them out as well, <c>refuse</c> refuses the request.</summary>
    public string HiddenCharacters { get; init; } = "report";

    /// <summary>How long one text may be, in UTF-16 units; 0 (default) for any length.</summary>
    public int MaxPartChars { get; init; }

    /// <summary>What becomes of a longer one: <c>report</c> (default) gives the request the label <c>over_long</c>, <c>refuse</c> refuses it.</summary>
    public string LongParts { get; init; } = "report";

    /// <summary>Settings of single tenants, by name; what one does not say is as for all.</summary>
    public IReadOnlyDictionary<string, NormaliseTenantOptions> Tenants { get; init; } = new Dictionary<string, NormaliseTenantOptions>(StringComparer.Ordinal);
}

/// <summary>What one tenant has otherwise.</summary>
public sealed record NormaliseTenantOptions
{
    /// <summary>As <see cref="NormaliseOptions.HiddenCharacters"/>.</summary>
    public string? HiddenCharacters { get; init; }

    /// <summary>As <see cref="NormaliseOptions.MaxPartChars"/>.</summary>
    public int? MaxPartChars { get; init; }

    /// <summary>As <see cref="NormaliseOptions.LongParts"/>.</summary>
    public string? LongParts { get; init; }
}
