using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Routing;

/// <summary>Reads lists of content actions, or everything that is wrong with them.</summary>
internal sealed class ContentRowsReader(ICollection<SettingsError> errors, ContentNames names)
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
        // As policies write it.
        ["pseudonymiseFormat"] = ContentAction.PseudonymiseFormat,
        ["block"] = ContentAction.Block,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A session of an answer has neither the person's pseudonyms nor the tenant's hashes.</summary>
    private static readonly FrozenDictionary<string, ContentAction> InAnswers = Actions
        .Where(a => a.Value is not (ContentAction.Hash or ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat)).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly SortedSet<string> _unfound = new(StringComparer.Ordinal);

    /// <summary>Names that nothing built in has: rows of the operator's must, and whether they do is not known here.</summary>
    public ImmutableArray<string> Unfound => [.. _unfound];

    public ContentTreatments Read(string key, IReadOnlyList<ContentActionOptions> requests, IReadOnlyList<AnswerActionOptions> answers) => new()
    {
        Requests = Rows(requests.Select((o, i) => Row($"{key}:Actions:{i}", o))),
        Answers = Rows(answers.Select((o, i) => Row($"{key}:Answers:{i}", o))),
    };

    /// <summary>As <see cref="Read(string, IReadOnlyList{ContentActionOptions}, IReadOnlyList{AnswerActionOptions})"/>, where <c>Transform</c> stands beside the lists.</summary>
    public ContentTreatments Read(string key, string? transform, IReadOnlyList<ContentActionOptions> requests, IReadOnlyList<AnswerActionOptions> answers)
    {
        if (transform == "off" && requests.Count + answers.Count > 0)
        {
            var place = key + (requests.Count > 0 ? ":Actions" : ":Answers");
            errors.Add(new SettingsError(place, "has rows, but the content is not looked at", "use detect, redact or redact-required as Transform, or remove them"));
        }

        return Read(key, requests, answers);
    }

    private static ContentRows Rows(IEnumerable<ContentRow?> read)
    {
        var rows = read.OfType<ContentRow>().ToList();
        return rows.Count == 0 ? ContentRows.None : new ContentRows(rows);
    }

    private ContentRow? Row(string key, ContentActionOptions? options)
    {
        if (options is null)
        {
            return Empty(key);
        }

        if (options.Types.Count == 0)
        {
            Add(key + ":Types", "is empty", "name types such as EMAIL, or * for every type that no row names");
        }

        return Row(key, options.Types, options.Action, Actions, options.Tenants);
    }

    private ContentRow? Row(string key, AnswerActionOptions? options)
    {
        if (options is null)
        {
            return Empty(key);
        }

        if (options.Types.Count == 0 && options.Labels.Count == 0)
        {
            Add(key + ":Types", "is empty", "name types such as EMAIL, * for every type that no row names, or Labels");
        }

        foreach (var label in options.Labels)
        {
            Check(key + ":Labels", label, IsLabel(label), names.OfLabel, "write labels in small letters, digits and underscores, such as harmful");
        }

        if (options.Labels.Count > 0 && options.Action is "redact" or "mask")
        {
            Add(key + ":Labels", $"has the action '{options.Action}'", "a label is of the text as a whole: use block, detect or allow");
        }

        return Row(key, options.Types, options.Action, InAnswers, options.Tenants) is { } row
            ? row with { Types = [.. row.Types, .. options.Labels.Select(l => TypeAction.LabelPrefix + l)] }
            : null;
    }

    private ContentRow? Row(string key, IReadOnlyList<string> types, string? action, FrozenDictionary<string, ContentAction> good, IReadOnlyList<string> tenants)
    {
        foreach (var type in types.Where(t => t is not TypeAction.AnyType))
        {
            Check(key + ":Types", type, IsType(type), names.OfType, "write types in capitals, digits and underscores, such as CREDIT_CARD, or * for every type that no row names");
        }

        foreach (var _ in tenants.Where(string.IsNullOrWhiteSpace))
        {
            Add(key + ":Tenants", "has an empty value", "remove it; without tenants a row is for all");
        }

        if (action is null || !good.TryGetValue(action, out var known))
        {
            Add(key + ":Action", action is null ? "is missing" : $"is '{action}'", "use " + string.Join(", ", good.Keys.Order(StringComparer.Ordinal)));
            return null;
        }

        return new ContentRow([.. types], known, [.. tenants.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>A name that nothing has would leave what it is about as it is, without a word.</summary>
    private void Check(string key, string? name, bool isWellFormed, Func<string, NameVerdict> judge, string form)
    {
        var verdict = name is null ? default : judge(name);
        if (verdict.Standing == NameStanding.Misspelt)
        {
            Add(key, $"has '{name}'", $"did you mean {verdict.Meant}? If it is one of your own, this process needs its row of Transform:Recognizers as well");
        }
        else if (!isWellFormed)
        {
            Add(key, $"has '{name}'", form);
        }
        else if (verdict.Standing == NameStanding.Unknown)
        {
            Add(key, $"has '{name}', which nothing finds", "use a built-in name, or give it a row of its own in Transform:Recognizers");
        }
        else if (verdict.Standing == NameStanding.Unfound)
        {
            _unfound.Add(name!);
        }
    }

    private ContentRow? Empty(string key)
    {
        Add(key, "is empty", "give it Types and an Action");
        return null;
    }

    private static bool IsLabel(string? label) =>
        label is { Length: > 0 and <= 64 } && char.IsAsciiLetterLower(label[0]) && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');

    private static bool IsType(string? type) =>
        type is { Length: > 0 and <= 64 } && char.IsAsciiLetterUpper(type[0]) && type.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    private void Add(string key, string problem, string remedy) => errors.Add(new SettingsError(key, problem, remedy));
}
