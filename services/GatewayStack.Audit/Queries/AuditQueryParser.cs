using System.Globalization;
using System.Text;
using GatewayStack.Audit.Records;
using GatewayStack.Contracts.Audit;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Audit.Queries;

/// <summary>Reads a query string. Strict: a misspelt filter must not show more than was asked for.</summary>
internal static class AuditQueryParser
{
    public const int LargestLimit = 1000;

    private const int LongestValue = 1024;

    private const int LongestQuote = 40;

    private static readonly string[] Names =
    [
        "user", "person_id", "type", "action", "model", "backend", "server", "tool", "decision", "client", "request_id", "parent_request_id", "run_id", "session_id", "purpose", "actor",
        "resource_type", "resource_id", "retention", "outcome", "from", "until", "cursor", "limit",
    ];

    /// <summary>The query, or what is wrong with it; names the parameter, never quotes its value.</summary>
    public static string? TryParse(IQueryCollection parameters, string tenant, out AuditQuery query)
    {
        query = new AuditQuery { Tenant = tenant };
        foreach (var (name, values) in parameters)
        {
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                return $"There is a parameter that is not known: '{Quote(name)}'. Use: {string.Join(", ", Names)}.";
            }

            if (values is not [{ Length: > 0 and <= LongestValue } value])
            {
                return $"'{name}' must be given once, with 1 to {LongestValue} characters.";
            }

            if (Apply(ref query, name, value) is { } problem)
            {
                return problem;
            }
        }

        return query.From >= query.Until ? "'from' must be before 'until'." : null;
    }

    /// <summary>The beginning of a name, without what a terminal would act on or not show.</summary>
    private static string Quote(string name)
    {
        var quoted = new StringBuilder(LongestQuote);
        foreach (var rune in name.EnumerateRunes())
        {
            if (quoted.Length + rune.Utf16SequenceLength > LongestQuote)
            {
                break;
            }

            if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                quoted.Append(rune.ToString());
            }
        }

        return quoted.ToString();
    }

    private static string? Apply(ref AuditQuery query, string name, string value)
    {
        switch (name)
        {
            case "from" or "until":
                if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    return $"'{name}' must be a time such as 2026-03-04T12:00:00Z.";
                }

                query = name == "from" ? query with { From = time } : query with { Until = time };
                return null;
            case "limit":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > LargestLimit)
                {
                    return $"'limit' must be a number from 1 to {LargestLimit}.";
                }

                query = query with { Limit = limit };
                return null;
            case "cursor":
                if (!AuditCursor.TryParse(value, out _))
                {
                    return "'cursor' must be one that an earlier answer gave.";
                }

                query = query with { Cursor = value };
                return null;
            default:
                query = With(query, name, value);
                return null;
        }
    }

    private static AuditQuery With(AuditQuery query, string name, string value) => name switch
    {
        "user" => query with { User = value },
        "person_id" => query with { PersonId = value },
        "type" => query with { Type = value },
        "action" => query with { Action = value },
        "model" => query with { Model = value },
        "backend" => query with { Backend = value },
        "server" => query with { Server = value },
        "tool" => query with { Tool = value },
        "decision" => query with { Decision = value },
        "client" => query with { Client = value },
        "request_id" => query with { RequestId = value },
        "parent_request_id" => query with { ParentRequestId = value },
        "run_id" => query with { RunId = value },
        "session_id" => query with { SessionId = value },
        "purpose" => query with { Purpose = value },
        "actor" => query with { Actor = value },
        "resource_type" => query with { ResourceType = value },
        "resource_id" => query with { ResourceId = value },
        "retention" => query with { Retention = value },
        "outcome" => query with { Outcome = value },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "is no filter"),
    };
}
