using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Checksums;
using GatewayStack.Transform.Scanning;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Compiles the operator's recognisers to rows of the table, or says everything that is wrong with them.</summary>
internal static class OperatorRows
{
    private const int LongestWord = 64;
    /// <summary>The operator knows their numbers: over what is built in, their name for it stands.</summary>
    private const double WordScore = 0.995;
    private const double PatternScore = 0.995;
    private const double CheckedScore = 0.999;

    /// <summary>The rows of every recogniser that has no error.</summary>
    /// <param name="options">The recognisers.</param>
    /// <param name="errors">Receives what is wrong with the others.</param>
    public static ImmutableArray<Recognizer> Compile(IReadOnlyList<RecognizerOptions> options, ICollection<SettingsError> errors)
    {
        var rows = ImmutableArray.CreateBuilder<Recognizer>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < options.Count; i++)
        {
            var key = $"{TransformOptions.Section}:Recognizers:{i}";
            var own = new List<SettingsError>();
            if (!names.Add(options[i].Name) && options[i].Name.Length > 0)
            {
                own.Add(new SettingsError($"{key}:Name", $"{options[i].Name} is used twice", "give each recogniser a name of its own"));
            }

            var compiled = Compile(options[i], key, own);
            if (own.Count == 0)
            {
                rows.AddRange(compiled);
            }

            own.ForEach(errors.Add);
        }

        return rows.ToImmutable();
    }

    /// <summary>What can be found with these settings, whether or not they are good.</summary>
    public static ContentNames Names(IConfiguration configuration)
    {
        var rows = configuration.GetSection($"{TransformOptions.Section}:{nameof(TransformOptions.Recognizers)}").GetChildren().ToList();
        return ContentNames.With(
            rows.Select(r => r[nameof(RecognizerOptions.Name)]?.ToUpperInvariant()).OfType<string>(), rows.Select(r => r[nameof(RecognizerOptions.Label)]).OfType<string>());
    }

    private static List<Recognizer> Compile(RecognizerOptions options, string key, List<SettingsError> errors)
    {
        if (!IsName(options.Name))
        {
            errors.Add(new SettingsError($"{key}:Name", "is not a name", "use 1 to 40 letters, digits and underscores, beginning with a letter"));
        }

        var pattern = string.IsNullOrEmpty(options.Pattern) ? null : CompilePattern(options.Pattern, $"{key}:Pattern", errors);
        var words = FoldWords(options.Words, $"{key}:Words", errors);
        var context = FoldWords(options.Context, $"{key}:Context", errors);
        var verify = CompileChecksum(options, $"{key}:Checksum", errors);
        if (options.Words.Count == 0 && string.IsNullOrEmpty(options.Pattern))
        {
            errors.Add(new SettingsError(key, "has neither Words nor a Pattern", "say what it finds"));
        }

        if (options.Label is not null && !IsLabel(options.Label))
        {
            errors.Add(new SettingsError($"{key}:Label", "is not a label", "use 1 to 64 letters, digits, dots, dashes and underscores"));
        }

        if (options.Redact == false && options.Label is null)
        {
            errors.Add(new SettingsError($"{key}:Redact", "is false in a recogniser without a Label: it would do nothing", "set a Label, or leave Redact out"));
        }

        var row = new Recognizer
        {
            Name = options.Name,
            Type = options.Name.ToUpperInvariant(),
            Gate = Gate.Keyword,
            Score = WordScore,
            Keywords = words,
            Context = context.Length == 0 ? null : new ContextWords(context),
            Label = options.Label,
            Marks = options.Redact ?? (options.Label is null || pattern is not null),
        };
        var rows = new List<Recognizer>();
        if (words.Length > 0)
        {
            rows.Add(row);
        }

        if (pattern is not null)
        {
            rows.Add(row with { Gate = Gate.Line, Keywords = [], Pattern = new LinearPattern(pattern), Verify = verify, Score = verify is null ? PatternScore : CheckedScore });
        }

        return rows;
    }

    private static Regex? CompilePattern(string pattern, string key, List<SettingsError> errors)
    {
        try
        {
            var compiled = Patterns.FromOperator(pattern);
            if (!compiled.IsMatch(string.Empty))
            {
                return compiled;
            }

            errors.Add(new SettingsError(key, "matches the empty text", "make it match at least one character"));
        }
        catch (ArgumentException e)
        {
            errors.Add(new SettingsError(key, $"is not a regular expression: {e.Message}", "mend the pattern"));
        }
        catch (NotSupportedException e)
        {
            errors.Add(new SettingsError(key, $"cannot be run in linear time: {e.Message}", "write it without look-around, back-references and large nested counts"));
        }

        return null;
    }

    private static Verifier? CompileChecksum(RecognizerOptions options, string key, List<SettingsError> errors)
    {
        var name = options.Checksum?.ToUpperInvariant();
        if (name is null or "" or "NONE")
        {
            return null;
        }

        if (name is not ("LUHN" or "MOD97"))
        {
            errors.Add(new SettingsError(key, $"{options.Checksum} is not known", "use luhn, mod97 or none"));
            return null;
        }

        if (string.IsNullOrEmpty(options.Pattern))
        {
            errors.Add(new SettingsError(key, "has no Pattern to check", "set a Pattern, or remove the Checksum"));
        }

        return name == "LUHN"
            ? static (in Match match) => Luhn.IsValid(match.Value) ? new Verdict(match.Length, CheckedScore) : Verdict.No
            : static (in Match match) => Mod97.IsValid(match.Value) ? new Verdict(match.Length, CheckedScore) : Verdict.No;
    }

    /// <summary>The words as the scanner sees a text.</summary>
    private static string[] FoldWords(IReadOnlyList<string> words, string key, List<SettingsError> errors)
    {
        var folded = new List<string>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = Fold(words[i].Trim());
            if (word.Length is 0 or > LongestWord || word.AsSpan().ContainsAny('\r', '\n'))
            {
                errors.Add(new SettingsError($"{key}:{i}", "is empty, longer than 64 characters or has a line break", "use one word or a short phrase"));
                continue;
            }

            folded.Add(word);
        }

        return [.. folded.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var c in word)
        {
            if (HiddenCharacters.Fold(c) is var f && f != HiddenCharacters.Nothing)
            {
                folded.Append((char)f);
            }
        }

        return folded.ToString();
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsLabel(string label) => label.Length is > 0 and <= 64 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
