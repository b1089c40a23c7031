using System.Collections.Immutable;
using GatewayStack.Demo.Configuration;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Services;

/// <summary>
/// What each service is told: the sections it owns, of the demo's settings and above them of the AppHost's own (arguments, environment, user secrets), and no others.
/// So provider keys reach the Router alone.
/// </summary>
internal sealed class StackSettings
{
    /// <summary>Stands for the demo's address, which is known when it has started.</summary>
    public const string DemoAddress = "http://demo.invalid";

    private static readonly ImmutableArray<string> Modes = ["Transform:Mode", "Policy:Mode", "Limits:Mode", "Audit:Mode"];

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Sections = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        [Resources.Identity] = ["Identity", "Keys", "Events"],
        [Resources.Transform] = ["Transform"],
        [Resources.Policy] = ["Policy", "Events"],
        [Resources.Limits] = ["Limits", "Events"],
        [Resources.Audit] = ["Audit", "Events"],
        [Resources.Router] = ["Router", "Events", .. Modes],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    // Rules and rows may name what the operator's recognisers find; what they look for is Transform's alone.
    private static readonly ImmutableArray<string> Naming = [Resources.Policy, Resources.Router];

    private readonly IConfiguration _merged;

    public StackSettings(IConfiguration configuration, FrontDoor frontDoor)
    {
        Demo = configuration.GetValue("Demo:Enabled", defaultValue: true);
        var demo = new DemoSettings
        {
            DemoServerAddress = new Uri(DemoAddress),
            Issuer = frontDoor.Url + "/demo/",
            UseOpenAI = configuration["OPENAI_API_KEY"] is { Length: > 0 },
        };
        var sections = Sections.Values.SelectMany(s => s).Distinct(StringComparer.Ordinal);
        _merged = new ConfigurationBuilder()
            .AddInMemoryCollection(Demo ? DemoConfiguration.Create(demo) : [])
            .AddInMemoryCollection(sections.SelectMany(s => Read(configuration, s)).DistinctBy(s => s.Key, StringComparer.OrdinalIgnoreCase))
            .Build();
        OpenAIKey = configuration["OPENAI_API_KEY"];
    }

    /// <summary>Whether the demo is part of the stack.</summary>
    public bool Demo { get; }

    /// <summary>What wraps the keys, where the operator says.</summary>
    public string? MasterKey => _merged["Keys:Master"];

    private string? OpenAIKey { get; }

    /// <summary>The settings of one service, by the names of environment variables. A value may begin with <see cref="DemoAddress"/>.</summary>
    public ImmutableDictionary<string, string> Of(string service)
    {
        var told = Naming.Contains(service, StringComparer.Ordinal) ? Read(_merged, "Transform:Recognizers").Where(s => s.Key.Split(':')[^1] is "Name" or "Label") : [];
        var settings = Sections[service].SelectMany(s => Read(_merged, s)).Concat(told)
            .ToImmutableDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!, StringComparer.Ordinal);
        foreach (var name in References(settings.Values))
        {
            // What a setting refers to, it needs; OpenAI's key may come from the user secrets, too.
            if ((name == "OPENAI_API_KEY" ? OpenAIKey : Environment.GetEnvironmentVariable(name)) is { Length: > 0 } value)
            {
                settings = settings.SetItem(name, value);
            }
        }

        return settings;
    }

    private static IEnumerable<string> References(IEnumerable<string> values) =>
        values.Where(v => v.StartsWith("env:", StringComparison.Ordinal)).Select(v => v["env:".Length..]).Distinct(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string?>> Read(IConfiguration configuration, string path) =>
        configuration.GetSection(path).AsEnumerable().Where(s => s.Value is not null);
}
