using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Messages;

/// <summary>Which messages a client may send: those in a role that its tenant does not allow are reported, taken out, or refuse the request.</summary>
internal static class MessageGate
{
    /// <summary>Label of a request with messages in a denied role.</summary>
    public const string DeniedRole = ContentLabels.DeniedRole;

    /// <summary>Label of a request that goes out with a prompt of the gateway's.</summary>
    public const string SystemPrompt = ContentLabels.SystemPrompt;

    /// <summary>Judges the messages that were read, and chooses what is put before them.</summary>
    public static Refusal? Judge(Exchange exchange)
    {
        var rules = exchange.Snapshot.Messages;
        var roles = rules.RolesOf(exchange.Tenant);
        if (roles.Count > 0 && Judge(exchange, roles) is { } refusal)
        {
            return refusal;
        }

        exchange.SystemPrompt = rules.PromptFor(exchange.Tenant, exchange.Model?.SystemPrompt);
        return null;
    }

    /// <summary>Adds what was noticed to the facts of the content.</summary>
    public static void Report(Exchange exchange)
    {
        if (exchange.HasDeniedRole)
        {
            Add(exchange, DeniedRole);
        }

        if (exchange.SystemPrompt is not null)
        {
            Add(exchange, SystemPrompt);
        }
    }

    private static Refusal? Judge(Exchange exchange, IReadOnlyDictionary<string, RoleAction> roles)
    {
        var messages = exchange.Chat!.Root.GetProperty("messages").EnumerateArray().ToList();
        var actions = messages.ConvertAll(m => roles.GetValueOrDefault(m.GetProperty("role").GetString()!.Trim()));
        switch (actions.Max())
        {
            case RoleAction.None:
                return null;
            case RoleAction.Refuse:
                return new Refusal
                {
                    Status = StatusCodes.Status403Forbidden,
                    Code = "role_not_allowed",
                    Message = "The conversation has a message in a role that your organisation does not allow: " + Names(messages, actions) + ". Send it in another role, or leave it out.",
                    Param = "messages",
                    Final = true,
                };
            case RoleAction.Remove:
                exchange.HasDeniedRole = true;
                return Remove(exchange, messages, actions);
            default:
                exchange.HasDeniedRole = true;
                return null;
        }
    }

    private static Refusal? Remove(Exchange exchange, List<JsonElement> messages, List<RoleAction> actions)
    {
        var kept = actions.Count(a => a != RoleAction.Remove);
        if (kept == 0)
        {
            return Refusal.BadRequest("invalid_request", "Every message is in a role that your organisation does not allow.", "messages");
        }

        var splices = new BodySplices();
        var body = exchange.Body.Span;
        for (var i = 0; i < messages.Count; i++)
        {
            if (actions[i] != RoleAction.Remove)
            {
                continue;
            }

            // Each goes with the comma to its neighbour: the one after it while a message that stays has not come yet, then the one before it.
            var place = StrictJson.Locate(body, messages[i]);
            var isBeforeAllKept = actions.Take(i).All(a => a == RoleAction.Remove);
            var range = isBeforeAllKept
                ? new Range(place.Start, StrictJson.Locate(body, messages[i + 1]).Start)
                : new Range(StrictJson.Locate(body, messages[i - 1]).End, place.End);
            splices.Replace(range, []);
        }

        exchange.Body = splices.Apply(exchange.Body);
        var before = exchange.Chat!;
        if (ChatRequestReader.TryRead(exchange.Body, out var chat, exchange.Http.RequestAborted) is { } wrong)
        {
            return Refusal.BadRequest("invalid_request", wrong.Message, wrong.Param);
        }

        exchange.Chat = chat;
        before.Dispose();
        return null;
    }

    private static string Names(List<JsonElement> messages, List<RoleAction> actions) =>
        string.Join(", ", messages.Where((_, i) => actions[i] == RoleAction.Refuse).Select(m =>
        m.GetProperty("role").GetString()!.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal));

    private static void Add(Exchange exchange, string label)
    {
        if (exchange.Context.Metadata is { } metadata)
        {
            var labels = metadata.Labels.Where(l => l.Name != label).Append(new ContentLabel { Name = label, Confidence = 1 }).OrderBy(l => l.Name, StringComparer.Ordinal);
            exchange.Context.Metadata = metadata with { Labels = [.. labels] };
        }
    }
}
