using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Common;

namespace GatewayStack.Wire.Policy;

/// <summary>Questions and decisions, to and from their messages. What is not known here (an effect, an obligation) becomes "unspecified", which refuses.</summary>
internal static class PolicyMapper
{
    public static V1.PolicyQuestion ToMessage(PolicyQuestion record)
    {
        var message = new V1.PolicyQuestion
        {
            RequestId = record.RequestId,
            Identity = CommonMapper.ToMessage(record.Identity),
            Action = record.Action,
            Targets = { record.Targets.Select(ToMessage) },
            Content = CommonMapper.ToMessage(record.Content),
            Tools = { record.Tools },
            Now = CommonMapper.ToTimestamp(record.Now),
        };
        if (record.NewContent is { } newContent)
        {
            message.NewContent = CommonMapper.ToMessage(newContent);
        }

        if (record.Model is not null)
        {
            message.Model = record.Model;
        }

        if (record.Backend is { } backend)
        {
            message.Backend = new V1.BackendFacts { Name = backend.Name, Method = backend.Method, Path = backend.Path };
        }

        if (record.Mcp is { } mcp)
        {
            message.Mcp = ToMessage(mcp);
        }

        if (record.MaxOutputTokens is { } tokens)
        {
            message.MaxOutputTokens = tokens;
        }

        if (record.Purpose is not null)
        {
            message.Purpose = record.Purpose;
        }

        return message;
    }

    /// <summary>The question; null when it does not say who asks, or when: nothing can be decided then.</summary>
    public static PolicyQuestion? ToRecord(V1.PolicyQuestion message)
    {
        if (message.Identity is null || CommonMapper.ToTime(message.Now) is not { } now)
        {
            return null;
        }

        return new PolicyQuestion
        {
            RequestId = message.RequestId,
            Identity = CommonMapper.ToRecord(message.Identity),
            Action = message.Action,
            Model = message.HasModel ? message.Model : null,
            Backend = message.Backend is { } backend ? new BackendFacts { Name = backend.Name, Method = backend.Method, Path = backend.Path } : null,
            Mcp = message.Mcp is { } mcp ? ToRecord(mcp) : null,
            Targets = [.. message.Targets.Select(ToRecord)],
            Content = message.Content is { } content ? CommonMapper.ToRecord(content) : new ContentMetadata { Status = ContentStatus.Unspecified },
            NewContent = message.NewContent is { } newContent ? CommonMapper.ToRecord(newContent) : null,
            MaxOutputTokens = message.HasMaxOutputTokens ? message.MaxOutputTokens : null,
            Tools = [.. message.Tools],
            Purpose = message.HasPurpose ? message.Purpose : null,
            Now = now,
        };
    }

    public static V1.PolicyDecision ToMessage(PolicyDecision record) => new()
    {
        Effect = (V1.PolicyEffect)record.Effect,
        Permitted = { record.Permitted.Select(ToMessage) },
        Reasons = { record.Reasons.Select(ToMessage) },
        PassedOver = { record.PassedOver.Select(ToMessage) },
        RequiredScopes = { record.RequiredScopes },
        RuleIds = { record.RuleIds },
        PolicyRevision = record.PolicyRevision,
    };

    public static PolicyDecision ToRecord(V1.PolicyDecision message) => new()
    {
        Effect = (int)message.Effect is >= 1 and <= 3 ? (PolicyEffect)message.Effect : PolicyEffect.Unspecified,
        Permitted = [.. message.Permitted.Select(p => new PermittedTarget { TargetId = p.TargetId, Obligations = [.. p.Obligations.Select(ToRecord)] })],
        Reasons = [.. message.Reasons.Select(ToRecord)],
        PassedOver = [.. message.PassedOver.Select(ToRecord)],
        RequiredScopes = [.. message.RequiredScopes],
        RuleIds = [.. message.RuleIds],
        PolicyRevision = message.PolicyRevision,
    };

    /// <summary>One decision for each question, or refusals throughout where the numbers differ.</summary>
    public static ImmutableArray<PolicyDecision> ToRecords(V1.PolicyDecisions message, int questions) =>
        message.Decisions.Count == questions
            ? [.. message.Decisions.Select(ToRecord)]
            : [.. Enumerable.Repeat(new PolicyDecision { Effect = PolicyEffect.Unspecified, PolicyRevision = string.Empty }, questions)];

    public static V1.ToolRulesQuestion ToMessage(ToolRulesQuestion record) => new() { Server = record.Server, Tools = { record.Tools } };

    public static ToolRulesQuestion ToRecord(V1.ToolRulesQuestion message) => new() { Server = message.Server, Tools = [.. message.Tools] };

    public static V1.ToolRules ToMessage(ToolRules record) => new()
    {
        Tools = { record.Tools.Select(t => new V1.ToolRule { Tool = t.Tool, Named = t.Named, OnlyScopes = t.OnlyScopes, Scopes = { t.Scopes } }) },
        WithoutTool = { record.WithoutTool },
        PolicyRevision = record.PolicyRevision,
    };

    /// <summary>What the rules say; an answer about other tools than were asked for names none of them.</summary>
    public static ToolRules ToRecord(V1.ToolRules message, ToolRulesQuestion question) => new()
    {
        Tools = message.Tools.Select(t => t.Tool).SequenceEqual(question.Tools, StringComparer.Ordinal)
            ? [.. message.Tools.Select(t => new ToolRule { Tool = t.Tool, Named = t.Named, OnlyScopes = t.OnlyScopes, Scopes = [.. t.Scopes] })]
            : [.. question.Tools.Select(t => new ToolRule { Tool = t, Named = false })],
        WithoutTool = [.. message.WithoutTool],
        PolicyRevision = message.PolicyRevision,
    };

    private static V1.McpFacts ToMessage(McpFacts record)
    {
        var message = new V1.McpFacts { Server = record.Server, Method = record.Method };
        CommonMapper.Set(record.Tool, v => message.Tool = v);
        CommonMapper.Set(record.Resource, v => message.Resource = v);
        CommonMapper.Set(record.Prompt, v => message.Prompt = v);
        if (record.Annotations is { } annotations)
        {
            message.Annotations = ToMessage(annotations);
        }

        return message;
    }

    private static McpFacts ToRecord(V1.McpFacts message) => new()
    {
        Server = message.Server,
        Method = message.Method,
        Tool = message.HasTool ? message.Tool : null,
        Resource = message.HasResource ? message.Resource : null,
        Prompt = message.HasPrompt ? message.Prompt : null,
        Annotations = message.Annotations is { } annotations ? ToRecord(annotations) : null,
    };

    private static V1.ToolAnnotations ToMessage(ToolAnnotations record)
    {
        var message = new V1.ToolAnnotations();
        Set(record.ReadOnly, v => message.ReadOnly = v);
        Set(record.Destructive, v => message.Destructive = v);
        Set(record.Idempotent, v => message.Idempotent = v);
        Set(record.OpenWorld, v => message.OpenWorld = v);
        return message;
    }

    private static void Set(bool? hint, Action<bool> set)
    {
        if (hint is { } value)
        {
            set(value);
        }
    }

    private static ToolAnnotations ToRecord(V1.ToolAnnotations message) => new()
    {
        ReadOnly = message.HasReadOnly ? message.ReadOnly : null,
        Destructive = message.HasDestructive ? message.Destructive : null,
        Idempotent = message.HasIdempotent ? message.Idempotent : null,
        OpenWorld = message.HasOpenWorld ? message.OpenWorld : null,
    };

    private static V1.PolicyTarget ToMessage(PolicyTarget record)
    {
        var message = new V1.PolicyTarget { Id = record.Id, Provider = record.Provider };
        if (record.Model is not null)
        {
            message.Model = record.Model;
        }

        if (record.Region is not null)
        {
            message.Region = record.Region;
        }

        if (record.Class is not null)
        {
            message.TargetClass = record.Class;
        }

        return message;
    }

    private static PolicyTarget ToRecord(V1.PolicyTarget message) => new()
    {
        Id = message.Id,
        Provider = message.Provider,
        Model = message.HasModel ? message.Model : null,
        Region = message.HasRegion ? message.Region : null,
        Class = message.HasTargetClass ? message.TargetClass : null,
    };

    private static V1.PermittedTarget ToMessage(PermittedTarget record) => new() { TargetId = record.TargetId, Obligations = { record.Obligations.Select(ToMessage) } };

    private static V1.Obligation ToMessage(Obligation record)
    {
        var message = new V1.Obligation { Kind = (V1.ObligationKind)record.Kind, Types_ = { record.Types } };
        if (record.Value is { } value)
        {
            message.Value = value;
        }

        return message;
    }

    private static Obligation ToRecord(V1.Obligation message) => new()
    {
        Kind = (int)message.Kind is >= 1 and <= 7 ? (ObligationKind)message.Kind : ObligationKind.Unspecified,
        Types = [.. message.Types_],
        Value = message.HasValue ? message.Value : null,
    };

    private static V1.PolicyReason ToMessage(PolicyReason record)
    {
        var message = new V1.PolicyReason { Code = record.Code, MissingScopes = { record.MissingScopes } };
        if (record.Message is not null)
        {
            message.Message = record.Message;
        }

        return message;
    }

    private static PolicyReason ToRecord(V1.PolicyReason message) => new()
    {
        Code = message.Code,
        Message = message.HasMessage ? message.Message : null,
        MissingScopes = [.. message.MissingScopes],
    };
}
