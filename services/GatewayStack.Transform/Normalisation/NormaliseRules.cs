namespace GatewayStack.Transform.Normalisation;

/// <summary>What is done about something.</summary>
internal enum NormaliseAction
{
    /// <summary>A label says so.</summary>
    Report,

    /// <summary>It is taken out, and a label says so.</summary>
    Remove,

    /// <summary>The request is refused.</summary>
    Refuse,
}

/// <summary>The rules of one tenant.</summary>
/// <param name="Hidden">What is done about hidden characters.</param>
/// <param name="MaxPartChars">How long a text may be.</param>
/// <param name="RefusesLongParts">Whether a longer one is refused.</param>
internal sealed record NormaliseRules(NormaliseAction Hidden, int MaxPartChars, bool RefusesLongParts)
{
    /// <summary>The action of a setting; null for another word.</summary>
    public static NormaliseAction? Parse(string? text) => text switch
    {
        "report" => NormaliseAction.Report,
        "remove" => NormaliseAction.Remove,
        "refuse" => NormaliseAction.Refuse,
        _ => null,
    };

    /// <summary>The rules of a tenant, from settings that were checked.</summary>
    public static NormaliseRules Of(NormaliseOptions options, NormaliseTenantOptions? tenant)
    {
        var most = tenant?.MaxPartChars ?? options.MaxPartChars;
        return new NormaliseRules(
            Parse(tenant?.HiddenCharacters ?? options.HiddenCharacters) ?? NormaliseAction.Refuse,
            most == 0 ? int.MaxValue : most,
            Parse(tenant?.LongParts ?? options.LongParts) != NormaliseAction.Report);
    }
}
