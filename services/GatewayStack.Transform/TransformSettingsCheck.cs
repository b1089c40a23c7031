using System.Collections.Immutable;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Transform.Classification.Models;
using GatewayStack.Transform.Extraction;
using GatewayStack.Transform.Normalisation;
using GatewayStack.Transform.Recognizers;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Transform;

/// <summary>Checks the section <c>Transform</c>.</summary>
internal sealed class TransformSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    private const int MostChars = 100_000_000;

    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(TransformOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        var errors = SettingsShape.FindUnknown(typeof(TransformOptions), TransformOptions.Section, keys).ToList();

        var mode = section[nameof(TransformOptions.Mode)];
        if (mode is not null && (!Enum.TryParse<ModuleMode>(mode, ignoreCase: true, out var parsed) || parsed == ModuleMode.Unspecified || !Enum.IsDefined(parsed)))
        {
            errors.Add(new SettingsError("Transform:Mode", $"{mode} is not a mode", "use enforce, observe or off"));
        }

        var maxChars = section[nameof(TransformOptions.MaxChars)];
        if (maxChars is not null && (!int.TryParse(maxChars, out var chars) || chars is < 1 or > MostChars))
        {
            errors.Add(new SettingsError("Transform:MaxChars", $"{maxChars} is not a number of characters", $"use a number from 1 to {MostChars}"));
        }

        foreach (var name in (ReadOnlySpan<string>)[nameof(TransformOptions.Names), nameof(TransformOptions.Labels)])
        {
            if (section[name] is { } value && !bool.TryParse(value, out _))
            {
                errors.Add(new SettingsError($"Transform:{name}", $"{value} is neither true nor false", "use true or false"));
            }
        }

        var recognizers = section.GetSection(nameof(TransformOptions.Recognizers)).GetChildren().Select(r => Recognizer(r, errors)).ToList();
        NormalisationCheck.Check(section.GetSection(nameof(TransformOptions.Normalise)), errors);
        ExtractionCheck.Check(section.GetSection(nameof(TransformOptions.Extraction)), errors);

        // What a row lacks as a whole follows from a misspelt member of it, which has been named.
        var own = new List<SettingsError>();
        OperatorRows.Compile(recognizers, own);
        errors.AddRange([.. own.Where(o => !errors.Exists(e => e.Key.StartsWith($"{o.Key}:", StringComparison.Ordinal)))]);
        CheckModels(section.GetSection(nameof(TransformOptions.Models)).Get<ModelOptions>() ?? new ModelOptions(), errors);
        return [.. errors];
    }

    /// <summary>A recogniser without what cannot be read in it, which is named, so that what else is wrong in it and in the others can be named, too.</summary>
    private static RecognizerOptions Recognizer(IConfigurationSection section, List<SettingsError> errors)
    {
        foreach (var name in (ReadOnlySpan<string>)[nameof(RecognizerOptions.Words), nameof(RecognizerOptions.Context)])
        {
            if (section[name] is { Length: > 0 } value)
            {
                errors.Add(new SettingsError($"{section.Path}:{name}", "is one value", $"write a list, [\"{value}\"]"));
            }
        }

        var redact = section[nameof(RecognizerOptions.Redact)];
        if (redact is null || bool.TryParse(redact, out _))
        {
            return section.Get<RecognizerOptions>() ?? new RecognizerOptions();
        }

        errors.Add(new SettingsError($"{section.Path}:{nameof(RecognizerOptions.Redact)}", $"{redact} is neither true nor false", "use true or false"));
        var rest = section.AsEnumerable(makePathsRelative: true).Where(p => !p.Key.Equals(nameof(RecognizerOptions.Redact), StringComparison.OrdinalIgnoreCase));
        return new ConfigurationBuilder().AddInMemoryCollection(rest).Build().Get<RecognizerOptions>() ?? new RecognizerOptions();
    }

    private static void CheckModels(ModelOptions models, List<SettingsError> errors)
    {
        try
        {
            ContentModels.Load(models);
        }
        catch (ModelException e)
        {
            errors.Add(new SettingsError("Transform:Models", e.Message, "name a model.zip that was trained for it, or leave it out"));
        }
    }

    /// <summary>Reads the section.</summary>
    public static TransformOptions Bind(IConfiguration configuration) =>
        configuration.GetSection(TransformOptions.Section).Get<TransformOptions>() ?? new TransformOptions();
}
