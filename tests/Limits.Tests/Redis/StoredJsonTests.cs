using System.Text.Json;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Redis;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>What stands in the store is read by instances of another version.</summary>
public sealed class StoredJsonTests
{
    [Fact]
    public void A_match_of_an_instance_that_knows_no_tools_counts_as_it_did()
    {
        const string Older = """
            {"At":5,"Rules":[{"Per":"User","Metric":"Requests","Window":"Day","Match":{"Tenants":["mercy"],"Orgs":[],"Teams":[],"Plans":[],"Roles":[],"Actions":["model.call"],"Kinds":["Person"]}}]}
            """;
        var rule = JsonSerializer.Deserialize(Older, RedisJson.Default.WantedSeries)!.Rules.ShouldHaveSingleItem();
        var facts = new RequestFacts { Tenant = "mercy", PersonId = "p", Kind = Contracts.Identity.IdentityKind.Person, Action = "model.call" };
        rule.Match.Includes(facts).ShouldBeTrue();
        rule.Match.Includes(facts with { Action = "tool.call", Server = "s", Tool = "t" }).ShouldBeFalse();
        rule.Match.Canonical.ShouldBe((rule.Match with { Servers = [], Tools = [] }).Canonical);
    }

    [Fact]
    public void A_rule_of_tools_reads_back_as_it_was_written()
    {
        var rule = new CountedRule(LimitPer.UserTool, LimitMetric.Requests, WindowKind.Day, new LimitMatch { Servers = ["calendar"], Tools = ["list", "create"] });
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(new WantedSeries(1, [rule]), RedisJson.Default.WantedSeries), RedisJson.Default.WantedSeries)!.Rules.ShouldHaveSingleItem();
        read.ToLimit().Series.ShouldBe(rule.ToLimit().Series);
    }
}
