using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Tools;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Mcp.Lists;

/// <summary>Leaves in a server's list what the caller may use or obtain, each tool with the sign-in that it needs; in a fixed order.</summary>
internal sealed class ListFilter(IPolicyModule policy, StageInvoker stages, ToolCatalogue catalogue, ToolRuleReport report, McpSubjects subjects, StandingFollower standings,
    UnreadableResources unreadable, TimeProvider time)
{
    /// <summary>Entries of one page; a server that has more gives pages.</summary>
    private const int MostItems = 2_000;

    /// <summary>Questions of one call to Policy.</summary>
    private const int MostQuestions = 250;

    /// <summary>Adds the changes of a list's answer to <paramref name="splices"/>.</summary>
    /// <returns>False where it cannot be said what the caller may see.</returns>
    public async ValueTask<bool> FilterAsync(Exchange exchange, McpCall call, McpMessage answer, JsonElement result, BodySplices splices, CancellationToken cancellationToken)
    {
        var (member, identifier) = call.AnsweredMethod switch
        {
            McpMethods.ToolsList => ("tools", "name"),
            McpMethods.PromptsList => ("prompts", "name"),
            McpMethods.ResourcesList => ("resources", "uri"),
            _ => ("resourceTemplates", "uriTemplate"),
        };
        if (!result.TryGetProperty(member, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        if (member == "tools" && catalogue.Learn(call.Server.Name, ToolFetcher.CallerOf(exchange), list.EnumerateArray()))
        {
            report.Look(call.Server.Name);
        }

        if (member == "tools" && IsWhole(call, result))
        {
            catalogue.Complete(call.Server.Name, ToolFetcher.CallerOf(exchange));
        }

        // Two entries of one name would be decided on as one: the first is meant.
        var named = list.EnumerateArray()
            .Where(i => i.ValueKind == JsonValueKind.Object && i.TryGetProperty(identifier, out var id) && id.ValueKind == JsonValueKind.String)
            .Select(i => new Item(i.GetProperty(identifier).GetString()!, i))
            .ToList();
        if (member == "resources" && named.RemoveAll(i => !ResourceUris.IsPlain(i.Id)) is > 0 and var left)
        {
            unreadable.Left(call.Server.Name, left);
        }

        var items = named
            .DistinctBy(i => i.Id, StringComparer.Ordinal)
            .Take(MostItems)
            .OrderBy(i => i.Id, StringComparer.Ordinal)
            .ToImmutableArray();
        items = await InUseAsync(exchange, call, member, items, cancellationToken);
        if (await JudgeAsync(exchange, call, member, items, cancellationToken) is not { } visible)
        {
            return false;
        }

        splices.Replace(StrictJson.Locate(answer.Bytes.Span, list), Array(visible, isTools: member == "tools"));
        return true;
    }

    /// <summary>Whether an answer is the one page of a list.</summary>
    private static bool IsWhole(McpCall call, JsonElement result) =>
        call.Message is { Method: McpMethods.ToolsList } asked && asked.Member("cursor") is null
        && (!result.TryGetProperty("nextCursor", out var next) || next.ValueKind == JsonValueKind.Null);

    /// <summary>A tool that is taken out of use is not there, nor is a page that shows no other tool's result, whatever the rules and their mode.</summary>
    private async ValueTask<ImmutableArray<Item>> InUseAsync(Exchange exchange, McpCall call, string member, ImmutableArray<Item> items, CancellationToken cancellationToken)
    {
        var (index, caller) = (standings.Latest, StandingTargets.CallerOf(exchange));
        var isAboutTools = member == "tools" || items.Any(i => ToolDefinition.PageOf(i.Id) is not null);
        if (index.Count == 0 || !isAboutTools)
        {
            return items;
        }

        if (member != "tools" && !await subjects.KnowToolsAsync(exchange, call, cancellationToken))
        {
            // Whose page it is cannot be said, and the tool may be one that is out of use.
            return [.. items.Where(i => ToolDefinition.PageOf(i.Id) is null)];
        }

        var now = time.GetUtcNow();
        return [.. items.Where(i => StandingTargets.FindBlock(index, caller, Question(exchange, call, member, i), now) is null)];
    }

    private async ValueTask<IReadOnlyList<Visible>?> JudgeAsync(Exchange exchange, McpCall call, string member, ImmutableArray<Item> items, CancellationToken cancellationToken)
    {
        var catalogueForAll = call.Server.List == McpListing.Catalogue && member == "tools";
        if (exchange.Context.Modes.Policy != ModuleMode.Enforce)
        {
            return [.. items.Select(i => new Visible(i.Element, []))];
        }

        if (items.IsEmpty)
        {
            return [];
        }

        if (catalogueForAll || call.IsAnonymous)
        {
            return member == "tools" ? await CatalogueAsync(exchange, call, items, catalogueForAll, cancellationToken) : [];
        }

        if (items.Any(i => ToolDefinition.PageOf(i.Id) is not null) && !await subjects.KnowToolsAsync(exchange, call, cancellationToken))
        {
            // Whose page it is cannot be said: it is shown to nobody.
            items = [.. items.Where(i => ToolDefinition.PageOf(i.Id) is null)];
        }

        var questions = items.Select(i => Question(exchange, call, member, i)).ToImmutableArray();
        var asked = questions.SelectMany(q => q.AnyOf.Select(f => McpPolicyQuestion.Create(exchange, q.Action, f, ContentMetadata.Clean, time.GetUtcNow()))).ToImmutableArray();
        var decisions = ImmutableArray.CreateBuilder<PolicyDecision>(asked.Length);
        foreach (var some in asked.Chunk(MostQuestions))
        {
            var (answer, part) = await stages.InvokeAsync(
                ModuleCall.For(exchange, ModuleNames.Policy, "decide"), (policy, some), static async (s, ct) => new Decisions(await s.policy.DecideManyAsync([.. s.some], ct)),
                cancellationToken);
            if (answer != StageCall.Answered || part!.All.Length != some.Length)
            {
                return null;
            }

            decisions.AddRange(part.All);
        }

        var all = decisions.ToImmutable();
        List<Visible> visible = [];
        var next = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var own = all.AsSpan(next, questions[i].AnyOf.Length);
            next += questions[i].AnyOf.Length;
            foreach (var decision in own)
            {
                if (IsVisible(call, decision))
                {
                    visible.Add(new Visible(items[i].Element, [.. decision.RequiredScopes.Select(call.Server.AtIssuer)]));
                    break;
                }
            }
        }

        return visible;
    }

    private McpQuestion Question(Exchange exchange, McpCall call, string member, Item item) => member switch
    {
        "tools" => new(GatewayActions.ToolCall, [McpSubjects.Facts(call, catalogue.Find(call.Server.Name, ToolFetcher.CallerOf(exchange), item.Id)?.Annotations,
        item.Id) with { Method = McpMethods.ToolsCall }]),
        "prompts" => new(GatewayActions.PromptGet, [McpSubjects.Facts(call) with { Method = McpMethods.PromptsGet, Prompt = item.Id }]),
        _ => Read(subjects.ResourceQuestion(exchange, call, item.Id)),
    };

    private static McpQuestion Read(McpQuestion question) => question with { AnyOf = [.. question.AnyOf.Select(f => f with { Method = McpMethods.ResourcesRead })] };

    /// <summary>What a role, a tenant or a rule denies is hidden; what a scope would open is shown, or nobody could ever be asked for it.</summary>
    private static bool IsVisible(McpCall call, PolicyDecision decision) =>
        decision.Permits || (call.Server.List != McpListing.Callable && decision.Reasons is [{ MissingScopes.IsDefaultOrEmpty: false }, ..]);

    private async ValueTask<IReadOnlyList<Visible>?> CatalogueAsync(
        Exchange exchange, McpCall call, ImmutableArray<Item> items, bool everything, CancellationToken cancellationToken)
    {
        var question = new ToolRulesQuestion { Server = call.Server.Name, Tools = [.. items.Select(i => i.Id)] };
        var (answer, rules) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Policy, "decide"), (policy, question), static (s, ct) => s.policy.DescribeToolsAsync(s.question, ct), cancellationToken);
        if (answer != StageCall.Answered || rules!.Tools.Length != items.Length)
        {
            return null;
        }

        return [.. items.Zip(rules.Tools).Where(p => p.Second.Named
            && (everything || p.Second.OnlyScopes)).Select(p => new Visible(p.First.Element, [.. p.Second.Scopes.Select(call.Server.AtIssuer)]))];
    }

    private static byte[] Array(IReadOnlyList<Visible> visible, bool isTools)
    {
        using var array = new MemoryStream();
        array.WriteByte((byte)'[');
        for (var i = 0; i < visible.Count; i++)
        {
            if (i > 0)
            {
                array.WriteByte((byte)',');
            }

            array.Write(isTools ? SecuritySchemes.Add(visible[i].Element, visible[i].Scopes).Span : JsonMarshal.GetRawUtf8Value(visible[i].Element));
        }

        array.WriteByte((byte)']');
        return array.ToArray();
    }

    private sealed record Item(string Id, JsonElement Element);

    private sealed record Visible(JsonElement Element, ImmutableArray<string> Scopes);

    private sealed record Decisions(ImmutableArray<PolicyDecision> All);
}
