using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>
/// What a server's tools are, apart for each caller: a server may show people different lists, and what it says to one must decide nothing for another. Definitions that are the
/// same are kept once.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ToolCatalogue(TimeProvider time, ILogger<ToolCatalogue> logger)
{
    private const int MostLists = 20_000;
    private const int MostDefinitions = 50_000;
    private const int MostTools = 2_000;

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    private readonly ExpiringCache<ToolList> _lists = new(MostLists, time);
    private readonly ExpiringCache<ToolDefinition> _definitions = new(MostDefinitions, time);

    /// <summary>The names that anyone was shown, by server, with the hash of what was last said of each: for the report.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _seen = new(StringComparer.Ordinal);

    /// <returns>The tool, or null where the caller was not shown it for a while.</returns>
    public ToolDefinition? Find(string server, string caller, string tool) => _lists.Find(Key(server, caller))?.Tools.GetValueOrDefault(tool);

    /// <summary>Whether the caller was shown a list a short while ago.</summary>
    public bool Knows(string server, string caller) => _lists.Find(Key(server, caller)) is not null;

    /// <summary>The tools whose result a page shows.</summary>
    public ImmutableArray<ToolDefinition> ShowingWith(string server, string caller, string page) =>
        _lists.Find(Key(server, caller))?.ByPage.GetValueOrDefault(page, []) ?? [];

    /// <summary>Names of all tools that anyone was shown.</summary>
    public ImmutableArray<string> NamesOf(string server) => _seen.TryGetValue(server, out var tools) ? [.. tools.Keys.Order(StringComparer.Ordinal)] : [];

    /// <summary>Takes in the tools of a list, or of a page of one.</summary>
    /// <returns>True where a tool is new, so that somebody may want to look at the rules.</returns>
    public bool Learn(string server, string caller, IEnumerable<JsonElement> page)
    {
        var until = time.GetUtcNow() + FreshFor;
        var tools = _lists.Find(Key(server, caller))?.Tools.ToBuilder() ?? ImmutableDictionary.CreateBuilder<string, ToolDefinition>(StringComparer.Ordinal);
        var isNew = false;
        foreach (var element in page)
        {
            if (ToolDefinition.NameOf(element) is not { } name || (tools.Count >= MostTools && !tools.ContainsKey(name)))
            {
                continue;
            }

            var hash = Convert.ToHexString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(element)));
            if ((_definitions.Find(hash) ?? ToolDefinition.TryRead(element)) is not { } definition)
            {
                continue;
            }

            _definitions.Set(hash, definition, until);
            tools[name] = definition;
            isNew |= Note(server, name, definition);
        }

        _lists.Set(Key(server, caller), ToolList.Of(tools.ToImmutable()), until);
        return isNew;
    }

    private bool Note(string server, string name, ToolDefinition definition)
    {
        var seen = _seen.GetOrAdd(server, static _ => new(StringComparer.Ordinal));
        if (seen.TryGetValue(name, out var before))
        {
            if (before != definition.Shape)
            {
                seen[name] = definition.Shape;
                logger.ToolChanged(server, ToolRuleReport.Shown([name]));
            }

            return false;
        }

        return seen.Count < MostTools && seen.TryAdd(name, definition.Shape);
    }

    private static string Key(string server, string caller) => server + "\n" + caller;

    private sealed record ToolList(ImmutableDictionary<string, ToolDefinition> Tools, ImmutableDictionary<string, ImmutableArray<ToolDefinition>> ByPage)
    {
        public static ToolList Of(ImmutableDictionary<string, ToolDefinition> tools) => new(
            tools,
            tools.Values.SelectMany(t => t.UiResources.Select(page => (Page: page, Tool: t)))
                .GroupBy(p => p.Page, p => p.Tool, StringComparer.Ordinal)
                .ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal));
    }
}
