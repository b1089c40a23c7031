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
        if (record.Model is not null)
        {
            message.Model = record.Model;
        }

        if (record.Backend is { } backend)
        {
            message.Backend = new V1.BackendFacts { Name = backend.Name, Method = backend.Method, Path = backend.Path };
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
            Targets = [.. message.Targets.Select(ToRecord)],
            Content = message.Content is { } content ? CommonMapper.ToRecord(content) : new ContentMetadata { Status = ContentStatus.Unspecified },
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
        RuleIds = { record.RuleIds },
        PolicyRevision = record.PolicyRevision,
    };

    public static PolicyDecision ToRecord(V1.PolicyDecision message) => new()
    {
        Effect = (int)message.Effect is >= 1 and <= 3 ? (PolicyEffect)message.Effect : PolicyEffect.Unspecified,
        Permitted = [.. message.Permitted.Select(p => new PermittedTarget { TargetId = p.TargetId, Obligations = [.. p.Obligations.Select(ToRecord)] })],
        Reasons = [.. message.Reasons.Select(ToRecord)],
        RuleIds = [.. message.RuleIds],
        PolicyRevision = message.PolicyRevision,
    };

    /// <summary>One decision for each question, or refusals throughout where the numbers differ.</summary>
    public static ImmutableArray<PolicyDecision> ToRecords(V1.PolicyDecisions message, int questions) =>
        message.Decisions.Count == questions
            ? [.. message.Decisions.Select(ToRecord)]
            : [.. Enumerable.Repeat(new PolicyDecision { Effect = PolicyEffect.Unspecified, PolicyRevision = string.Empty }, questions)];

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
        Kind = (int)message.Kind is 1 or 2 ? (ObligationKind)message.Kind : ObligationKind.Unspecified,
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
