using System.Text;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Tests.Documents;

public sealed class LimitsFormatTests
{
    [Fact]
    public void The_built_in_document_is_what_the_settings_promise()
    {
        var limits = Load(BuiltInDocuments.Limits()).Value!.Limits;
        limits.Select(l => (l.Name, l.Per, l.Metric, l.Window, l.Limit)).ShouldBe(
        [
            ("requests_per_minute", LimitPer.User, LimitMetric.Requests, WindowKind.Minute, 60),
            ("tokens_per_day", LimitPer.User, LimitMetric.Tokens, WindowKind.Day, 500_000),
            ("cost_per_day", LimitPer.User, LimitMetric.Cost, WindowKind.Day, 5_000_000),
        ]);
    }

    [Fact]
    public void Yaml_says_the_same_as_json()
    {
        const string Yaml = """
            apiVersion: gateway.limits/v1
            limits:
              - name: contractors
                per: tenant
                metric: cost
                window: month
                limit: "12.5"
                match:
                  roles: [contractor]
                  kinds: [person]
                  actions: [model.call]
            """;
        var limit = Load(Yaml).Value!.Limits.ShouldHaveSingleItem();
        limit.Limit.ShouldBe(12_500_000);
        limit.Match.Roles.ShouldBe(["contractor"]);
    }

    [Fact]
    public void Every_error_is_told_at_once_with_its_place()
    {
        const string Json = """
            {
              "apiVersion": "gateway.limits/v2",
              "extra": 1,
              "limits": [
                {"name": "Bad Name", "per": "person", "metric": "tokens", "window": "week", "limit": 1},
                {"name": "a", "per": "user", "metric": "cost", "window": "day", "limit": "1.0000001"},
                {"name": "a", "per": "user", "metric": "requests", "window": "day", "limit": -1, "match": {"roles": [], "kinds": ["robot"], "actions": ["fly"], "users": ["x"]}},
                {"per": "user", "metric": "tokens", "window": "hour", "limit": 1.5},
                7
              ]
            }
            """;
        Load(Json).Errors.Select(e => e.Pointer).ShouldBe(
        [
            "/extra", "/apiVersion",
            "/limits/0/name", "/limits/0/per", "/limits/0/window",
            "/limits/1/limit",
            "/limits/2/name", "/limits/2/limit", "/limits/2/match/users", "/limits/2/match/actions", "/limits/2/match/roles", "/limits/2/match/kinds",
            "/limits/3/name", "/limits/3/limit",
            "/limits/4",
        ]);
    }

    [Theory]
    [InlineData(""" "per": "user_tool", "metric": "tokens" """, "/limits/0/metric")]
    [InlineData(""" "per": "user_tool", "metric": "cost" """, "/limits/0/metric")]
    [InlineData(""" "per": "user", "metric": "cost", "match": {"tools": ["x"]} """, "/limits/0/metric")]
    [InlineData(""" "per": "user", "metric": "tokens", "match": {"servers": ["x"]} """, "/limits/0/metric")]
    [InlineData(""" "per": "user", "metric": "tokens", "match": {"actions": ["tool.call", "mcp.method"]} """, "/limits/0/metric")]
    [InlineData(""" "per": "user_tool", "metric": "requests", "match": {"actions": ["model.call"]} """, "/limits/0/match")]
    [InlineData(""" "per": "user", "metric": "requests", "match": {"tools": ["x"], "actions": ["resource.read"]} """, "/limits/0/match")]
    [InlineData(""" "per": "user", "metric": "requests", "match": {"servers": ["x"], "actions": ["backend.call"]} """, "/limits/0/match")]
    [InlineData(""" "per": "usertool", "metric": "requests" """, "/limits/0/per")]
    [InlineData(""" "per": "user", "metric": "requests", "match": {"tools": []} """, "/limits/0/match/tools")]
    [InlineData(""" "per": "user_tool", "metric": "requests" """, null)]
    [InlineData(""" "per": "user_tool", "metric": "requests", "match": {"actions": ["tool.call"], "servers": ["s"], "tools": ["x"]} """, null)]
    [InlineData(""" "per": "tenant", "metric": "requests", "match": {"actions": ["resource.read", "model.call"], "servers": ["s"]} """, null)]
    [InlineData(""" "per": "user", "metric": "tokens", "match": {"actions": ["tool.call", "model.call"]} """, null)]
    public void A_limit_of_tools_counts_calls(string members, string? pointer) =>
        Load($$"""{"apiVersion": "gateway.limits/v1", "limits": [{"name": "a", "window": "day", "limit": 1, {{members}}}]}""").Errors.Select(e => e.Pointer)
            .ShouldBe(pointer is null ? [] : [pointer]);

    [Fact]
    public void Limits_of_different_tools_count_apart()
    {
        const string Json = """
            {"apiVersion": "gateway.limits/v1", "limits": [
              {"name": "a", "per": "user", "metric": "requests", "window": "day", "limit": 1, "match": {"tools": ["x"]}},
              {"name": "b", "per": "user", "metric": "requests", "window": "day", "limit": 2, "match": {"servers": ["x"]}},
              {"name": "c", "per": "user_tool", "metric": "requests", "window": "day", "limit": 2, "match": {"tools": ["x"]}},
              {"name": "d", "per": "user", "metric": "requests", "window": "day", "limit": 2, "match": {"tools": ["x"]}}
            ]}
            """;
        Load(Json).Errors.Select(e => e.Pointer).ShouldBe(["/limits/3"]);
    }

    [Fact]
    public void Two_limits_that_count_the_same_are_an_error_whatever_their_order()
    {
        const string Json = """
            {"apiVersion": "gateway.limits/v1", "limits": [
              {"name": "a", "per": "user", "metric": "tokens", "window": "day", "limit": 1, "match": {"roles": ["x", "y"]}},
              {"name": "b", "per": "user", "metric": "tokens", "window": "day", "limit": 2, "match": {"roles": ["y", "x"]}},
              {"name": "c", "per": "user", "metric": "tokens", "window": "day", "limit": 2, "match": {"roles": ["yx"]}}
            ]}
            """;
        Load(Json).Errors.Select(e => e.Pointer).ShouldBe(["/limits/1"]);
    }

    private static LoadedDocument<LimitsDocument> Load(string text) => DocumentLoader.Compile(new LimitsFormat(), Encoding.UTF8.GetBytes(text));
}
