using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Servers;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Routing;

/// <summary>Turns the <c>Router</c> section into a snapshot, or into everything that is wrong with it.</summary>
internal sealed class RouterSnapshotBuilder
{
    private readonly List<SettingsError> _errors = [];
    private readonly ContentRowsReader _content;
    private readonly MessageRulesReader _messages;

    private RouterSnapshotBuilder(ContentNames names)
    {
        _content = new ContentRowsReader(_errors, names);
        _messages = new MessageRulesReader(_errors);
    }

    /// <summary>Reads the section.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="names">What types and labels there are; without it what is built in and what the settings show of rows; the operator may have others.</param>
    public static (RouterSnapshot? Snapshot, RouterOptions Options, ImmutableArray<SettingsError> Errors) Build(IConfiguration configuration, ContentNames? names = null)
    {
        var builder = new RouterSnapshotBuilder(names ?? ContentNames.Beside(configuration.GetSection(ContentNames.Section).AsEnumerable(makePathsRelative: true)));
        var section = configuration.GetSection("Router");
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        builder._errors.AddRange(SettingsShape.FindUnknown(typeof(RouterOptions), "Router", keys));
        RouterOptions options;
        try
        {
            options = section.Get<RouterOptions>() ?? new RouterOptions();
        }
        catch (InvalidOperationException e)
        {
            builder.Add("Router", "has a value of the wrong type: " + (e.InnerException?.Message ?? e.Message), "give it a number where a number is expected");
            return (null, new RouterOptions(), [.. builder._errors]);
        }

        // A key may come from an environment variable, where capitals are the custom.
        var deadlines = options.Deadlines.GroupBy(d => d.Key, StringComparer.OrdinalIgnoreCase);
        options = options with { Deadlines = deadlines.ToFrozenDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase) };
        var breakers = options.Breakers.GroupBy(b => b.Key, StringComparer.OrdinalIgnoreCase);
        options = options with { Breakers = breakers.ToFrozenDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase) };
        foreach (var name in (ReadOnlySpan<string>)["Providers", "Models", "Backends", "Mcp", "Deadlines", "Breakers", "OnUnavailable", "Content", "Standings"])
        {
            if (!string.IsNullOrEmpty(section[name]))
            {
                builder.Add("Router:" + name, "is a single value", "give it entries of its own");
            }

            foreach (var entry in section.GetSection(name).GetChildren().Where(c => name is not ("Deadlines" or "OnUnavailable" or "Standings") && !string.IsNullOrEmpty(c.Value)))
            {
                builder.Add($"Router:{name}:{entry.Key}", "is a single value", "give it members of its own");
            }
        }

        var snapshot = builder.Build(options);
        return builder._errors.Count > 0 ? (null, options, [.. builder._errors]) : (snapshot, options, []);
    }

    private RouterSnapshot Build(RouterOptions options)
    {
        new PipelineSettingsCheck(_errors).Check(options);
        var providerReader = new ProviderReader(_errors);
        var providers = options.Providers.Select(p => providerReader.Read(p.Key, p.Value)).OfType<Provider>().ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        var modelReader = new ModelReader(_errors, _content, _messages, providers);
        var models = options.Models.Select((m, i) => modelReader.Read(i, m)).OfType<ModelRoute>().ToList();
        foreach (var twice in models.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add("Router:Models", $"names '{twice.Key}' twice", "keep one of them and give it all targets");
        }

        var backendReader = new BackendReader(_errors, _content);
        var backends = options.Backends.Select(b => backendReader.Read(b.Key, b.Value)).OfType<Backend>().ToList();
        var mcpReader = new McpServerReader(_errors);
        var mcp = options.Mcp.Select(m => mcpReader.Read(m.Key, m.Value)).OfType<McpServer>().ToList();
        backendReader.CheckDoors(backends);
        CheckAudiences(backends, mcp);
        return new RouterSnapshot
        {
            Providers = providers,
            Models = models.DistinctBy(m => m.Name, StringComparer.Ordinal).ToFrozenDictionary(m => m.Name, StringComparer.Ordinal),
            ModelNames = [.. models.Select(m => m.Name)],
            Backends = backends.ToFrozenDictionary(b => b.Name, StringComparer.Ordinal),
            McpServers = mcp.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal),
            Content = _content.Read("Router:Content", options.Content.Actions, options.Content.Answers),
            Messages = _messages.Read("Router:Content", options.Content.Roles, options.Content.SystemPrompts),
            UnfoundNames = _content.Unfound,
            MaxBodyBytes = options.MaxBodyBytes,
            EndUserIsUserId = options.EndUser == "user_id",
        };
    }

    /// <summary>An assertion that is good at one would be good at the other: each could pass for the person at its neighbour.</summary>
    private void CheckAudiences(List<Backend> backends, List<McpServer> servers)
    {
        var all = backends.Select(b => (Kind: "Backends", b.Name, b.Audience)).Concat(servers.Select(s => (Kind: "Mcp", s.Name, Audience: s.AssertionAudience)));
        foreach (var twice in all.GroupBy(a => a.Audience, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add("Router:" + twice.First().Kind, $"{string.Join(" and ", twice.Select(a => a.Name))} share the audience {twice.Key}", "give each its own");
        }
    }

    private void Add(string key, string problem, string remedy) => _errors.Add(new SettingsError(key, problem, remedy));
}
