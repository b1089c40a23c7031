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

    /// <summary>When the whole of the caller's list was last read, all pages of it; null where that was not done for a while.</summary>
    public DateTimeOffset? WholeAt(string server, string caller) => _lists.Find(Key(server, caller))?.WholeAt is { } at && time.GetUtcNow() < at + FreshFor ? at : null;

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
        var known = _lists.Find(Key(server, caller));
        var tools = known?.Tools.ToBuilder() ?? ImmutableDictionary.CreateBuilder<string, ToolDefinition>(StringComparer.Ordinal);
        var isNew = false;
        var isFull = known?.IsFull ?? false;
        foreach (var element in page)
        {
            if (ToolDefinition.NameOf(element) is not { } name)
            {
                continue;
            }

            if (tools.Count >= MostTools && !tools.ContainsKey(name))
            {
                isFull = true;
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

        _lists.Set(Key(server, caller), ToolList.Of(tools.ToImmutable()) with { IsFull = isFull, WholeAt = known?.WholeAt }, until);
        return isNew;
    }

    /// <summary>The last page of a list was taken in, after all the others.</summary>
    public void Complete(string server, string caller)
    {
        var known = _lists.Find(Key(server, caller)) ?? ToolList.Of(ImmutableDictionary.Create<string, ToolDefinition>(StringComparer.Ordinal));
        if (!known.IsFull)
        {
            _lists.Set(Key(server, caller), known with { WholeAt = time.GetUtcNow() }, time.GetUtcNow() + FreshFor);
        }
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
        /// <summary>When all of it was read.</summary>
        public DateTimeOffset? WholeAt { get; init; }

        /// <summary>True where there were more tools than are kept.</summary>
        public bool IsFull { get; init; }

        public static ToolList Of(ImmutableDictionary<string, ToolDefinition> tools) => new(
            tools,
            tools.Values.SelectMany(t => t.UiResources.Select(page => (Page: page, Tool: t)))
                .GroupBy(p => p.Page, p => p.Tool, StringComparer.Ordinal)
                .ToImmutableDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal));
    }
}
