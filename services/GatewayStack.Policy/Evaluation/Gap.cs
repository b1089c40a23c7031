using System.Collections.Immutable;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Evaluation;

/// <summary>What a caller lacks to be let in by a rule that would otherwise let them in.</summary>
/// <param name="Scopes">Missing scopes, sorted; null when a role is missing, which no sign-in can mend.</param>
/// <param name="Needed">All scopes that it asks for, those that the caller has included, sorted.</param>
internal sealed record Gap(ImmutableArray<string>? Scopes, ImmutableArray<string> Needed)
{
    /// <summary>The gap of a rule; null when it lacks something else than roles and scopes, or is not about this at all.</summary>
    public static Gap? Of(Rule rule, in Facts facts)
    {
        var caller = facts.Question.Identity;
        if (rule.Applies(facts) != Ternary.True || rule.Who.MatchesOthers(caller) != Ternary.True || rule.Condition(facts) != Ternary.True)
        {
            return null;
        }

        return rule.Who.HasRoles(caller)
            ? new Gap([.. rule.Who.MissingScopes(caller).Order(StringComparer.Ordinal)],
                [.. rule.Who.NeededScopes(caller.Scopes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
            : new Gap(Scopes: null, Needed: []);
    }

    /// <summary>Scopes before roles, few before many, then by their names: the order of the rules does not matter.</summary>
    public bool IsNearerThan(Gap? other)
    {
        if (other is null)
        {
            return true;
        }

        return (Scopes, other.Scopes) switch
        {
            (null, _) => false,
            (_, null) => true,
            ({ } mine, { } theirs) when mine.Length != theirs.Length => mine.Length < theirs.Length,
            ({ } mine, { } theirs) => Compare(mine, theirs) is var order && order != 0 ? order < 0 : Compare(Needed, other.Needed) < 0,
        };
    }

    private static int Compare(ImmutableArray<string> left, ImmutableArray<string> right) => string.CompareOrdinal(string.Join(' ', left), string.Join(' ', right));
}
