using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Events.Format;

/// <summary>Reads where a request went and what it used.</summary>
internal static class EventUsageReader
{
    private static readonly MemberNames AttemptMembers = new("attempt", "cost_micros", "estimated", "model", "provider", "tokens");
    private static readonly MemberNames TokensMembers = new("cached_input_tokens", "input_tokens", "output_tokens");
    private static readonly MemberNames RoutingMembers = new("alias", "attempts", "class", "model", "provider", "region");
    private static readonly MemberNames RoutingAttemptMembers = new("error", "number", "status", "target");
    private static readonly MemberNames TargetMembers = new("class", "id", "max_output_tokens", "model", "provider", "region");
    private static readonly MemberNames UsageMembers = new(
        "cached_input_tokens", "input_tokens", "latency_micros", "output_tokens", "price_table", "total_cost_micros");

    public static AttemptUsage Attempt(ref Utf8JsonReader json)
    {
        int? attempt = null;
        long? costMicros = null;
        var estimated = false;
        string? model = null, provider = null;
        TokenUsage? tokens = null;
        var members = new ObjectMembers(in json, AttemptMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "attempt": attempt = json.SmallInteger(); break;
                case "cost_micros": costMicros = json.Integer(); break;
                case "estimated": estimated = json.GetBoolean(); break;
                case "model": model = json.Text(); break;
                case "provider": provider = json.Required(); break;
                case "tokens": tokens = Tokens(ref json); break;
            }
        }

        return new AttemptUsage
        {
            Attempt = attempt.There(),
            CostMicros = costMicros,
            Estimated = estimated,
            Model = model,
            Provider = provider.There(),
            Tokens = tokens,
        };
    }

    public static RoutingDecision Routing(ref Utf8JsonReader json)
    {
        string? alias = null, @class = null, model = null, provider = null, region = null;
        ImmutableArray<RoutingAttempt> attempts = [];
        var members = new ObjectMembers(in json, RoutingMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "alias": alias = json.Text(); break;
                case "attempts": attempts = json.Each(RoutingAttempt); break;
                case "class": @class = json.Text(); break;
                case "model": model = json.Text(); break;
                case "provider": provider = json.Required(); break;
                case "region": region = json.Text(); break;
            }
        }

        return new RoutingDecision
        {
            Alias = alias,
            Attempts = attempts,
            Class = @class,
            Model = model,
            Provider = provider.There(),
            Region = region,
        };
    }

    public static UsageRecord Usage(ref Utf8JsonReader json)
    {
        long? cachedInputTokens = null, inputTokens = null, latencyMicros = null, outputTokens = null, totalCostMicros = null;
        string? priceTable = null;
        var members = new ObjectMembers(in json, UsageMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "cached_input_tokens": cachedInputTokens = json.Integer(); break;
                case "input_tokens": inputTokens = json.Integer(); break;
                case "latency_micros": latencyMicros = json.Integer(); break;
                case "output_tokens": outputTokens = json.Integer(); break;
                case "price_table": priceTable = json.Text(); break;
                case "total_cost_micros": totalCostMicros = json.Integer(); break;
            }
        }

        return new UsageRecord
        {
            CachedInputTokens = cachedInputTokens.There(),
            InputTokens = inputTokens.There(),
            LatencyMicros = latencyMicros.There(),
            OutputTokens = outputTokens.There(),
            PriceTable = priceTable,
            TotalCostMicros = totalCostMicros,
        };
    }

    private static TokenUsage Tokens(ref Utf8JsonReader json)
    {
        long? cachedInputTokens = null, inputTokens = null, outputTokens = null;
        var members = new ObjectMembers(in json, TokensMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "cached_input_tokens": cachedInputTokens = json.Integer(); break;
                case "input_tokens": inputTokens = json.Integer(); break;
                case "output_tokens": outputTokens = json.Integer(); break;
            }
        }

        return new TokenUsage
        {
            CachedInputTokens = cachedInputTokens.There(),
            InputTokens = inputTokens.There(),
            OutputTokens = outputTokens.There(),
        };
    }

    private static RoutingAttempt RoutingAttempt(ref Utf8JsonReader json)
    {
        string? error = null;
        int? number = null, status = null;
        RouteTarget? target = null;
        var members = new ObjectMembers(in json, RoutingAttemptMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "error": error = json.Text(); break;
                case "number": number = json.SmallInteger(); break;
                case "status": status = json.SmallInteger(); break;
                case "target": target = Target(ref json); break;
            }
        }

        return new RoutingAttempt
        {
            Error = error,
            Number = number.There(),
            Status = status,
            Target = target.There(),
        };
    }

    private static RouteTarget Target(ref Utf8JsonReader json)
    {
        string? @class = null, id = null, model = null, provider = null, region = null;
        long? maxOutputTokens = null;
        var members = new ObjectMembers(in json, TargetMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "class": @class = json.Text(); break;
                case "id": id = json.Required(); break;
                case "max_output_tokens": maxOutputTokens = json.Integer(); break;
                case "model": model = json.Text(); break;
                case "provider": provider = json.Required(); break;
                case "region": region = json.Text(); break;
            }
        }

        return new RouteTarget
        {
            Class = @class,
            Id = id.There(),
            MaxOutputTokens = maxOutputTokens.There(),
            Model = model,
            Provider = provider.There(),
            Region = region,
        };
    }
}
