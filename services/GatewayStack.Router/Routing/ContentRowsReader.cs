using System.Collections.Frozen;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Routing;

/// <summary>Reads lists of content actions, or everything that is wrong with them.</summary>
internal sealed class ContentRowsReader(ICollection<SettingsError> errors)
{
    private static readonly FrozenDictionary<string, ContentAction> Actions = new Dictionary<string, ContentAction>(StringComparer.Ordinal)
    {
        ["allow"] = ContentAction.Allow,
        ["detect"] = ContentAction.Detect,
        ["redact"] = ContentAction.Redact,
        ["mask"] = ContentAction.Mask,
        ["hash"] = ContentAction.Hash,
        ["pseudonymise"] = ContentAction.Pseudonymise,
        ["pseudonymise-format"] = ContentAction.PseudonymiseFormat,
        ["block"] = ContentAction.Block,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A session of an answer has neither the person's pseudonyms nor the tenant's hashes.</summary>
    private static readonly FrozenDictionary<string, ContentAction> InAnswers = Actions
        .Where(a => a.Value is not (ContentAction.Hash or ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat)).ToFrozenDictionary(StringComparer.Ordinal);

    public ContentTreatments Read(string key, IReadOnlyList<ContentActionOptions> requests, IReadOnlyList<ContentActionOptions> answers) => new()
    {
        Requests = Rows(key + ":Actions", requests, inAnswers: false),
        Answers = Rows(key + ":Answers", answers, inAnswers: true),
    };

    private ContentRows Rows(string key, IReadOnlyList<ContentActionOptions> options, bool inAnswers)
    {
        var rows = options.Select((o, i) => Row($"{key}:{i}", o, inAnswers)).OfType<ContentRow>().ToList();
        return rows.Count == 0 ? ContentRows.None : new ContentRows(rows);
    }

    private ContentRow? Row(string key, ContentActionOptions? options, bool inAnswers)
    {
        if (options is null)
        {
            Add(key, "is empty", "give it Types and an Action");
            return null;
        }

        if (options.Types.Count == 0)
        {
            Add(key + ":Types", "is empty", "name types such as EMAIL, or * for every type that no row names");
        }

        foreach (var type in options.Types.Where(t => !IsType(t)))
        {
            Add(key + ":Types", $"has '{type}'", "write types in capitals, digits and underscores, such as CREDIT_CARD, or * for every type that no row names");
        }

        foreach (var _ in options.Tenants.Where(string.IsNullOrWhiteSpace))
        {
            Add(key + ":Tenants", "has an empty value", "remove it; without tenants a row is for all");
        }

        var good = inAnswers ? InAnswers : Actions;
        if (options.Action is null || !good.TryGetValue(options.Action, out var action))
        {
            Add(key + ":Action", options.Action is null ? "is missing" : $"is '{options.Action}'", "use " + string.Join(", ", good.Keys.Order(StringComparer.Ordinal)));
            return null;
        }

        return new ContentRow([.. options.Types], action, [.. options.Tenants.Distinct(StringComparer.Ordinal)]);
    }

    private static bool IsType(string? type) =>
        type is TypeAction.AnyType || (type is { Length: > 0 and <= 64 } && char.IsAsciiLetterUpper(type[0]) && type.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'));

    private void Add(string key, string problem, string remedy) => errors.Add(new SettingsError(key, problem, remedy));
}
