using System.Collections.Concurrent;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>Tells the operator which tools no rule names, and which names in rules fit no tool: written when a server's tools become known, and when they change.</summary>
internal sealed class ToolRuleReport(IPolicyModule policy, ToolCatalogue catalogue, TimeProvider time, ILogger<ToolRuleReport> logger)
{
    private const int MostShown = 20;

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    /// <summary>Looks at a server's tools, without anybody waiting for it; not more than once in a minute, however often they change.</summary>
    public void Look(string server)
    {
        var now = time.GetUtcNow();
        var last = _last.GetOrAdd(server, DateTimeOffset.MinValue);
        if (now - last >= Apart && _last.TryUpdate(server, now, last))
        {
            _ = LookAsync(server);
        }
    }

    private async Task LookAsync(string server)
    {
        var tools = catalogue.NamesOf(server);
        try
        {
            var rules = await policy.DescribeToolsAsync(new ToolRulesQuestion { Server = server, Tools = tools }, CancellationToken.None);
            var without = rules.Tools.Where(t => !t.Named).Select(t => t.Tool).ToList();
            if (without.Count > 0)
            {
                logger.ToolsWithoutRule(server, without.Count, Shown(without));
            }
            else
            {
                logger.ToolsHaveRules(server, tools.Length);
            }

            if (rules.WithoutTool.Length > 0)
            {
                logger.RulesWithoutTool(server, rules.WithoutTool.Length, Shown(rules.WithoutTool));
            }
        }
        catch (Exception e)
        {
            // A report is missed, nothing else: calls are decided one by one.
            logger.ToolsNotKnown(server, e.GetType().Name);
        }
    }

    // A server names its tools as it likes: nothing that could break a log's line.
    public static string Shown(IEnumerable<string> names) =>
        string.Join(", ", names.Take(MostShown).Select(n => string.Concat(n.Take(64).Select(c => c is > ' ' and <= '~' ? c : '?'))));
}
