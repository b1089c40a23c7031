using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers.Answers;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Exchanges without a pipeline, for the parts that need no more.</summary>
internal static class Exchanges
{
    private static readonly RouterMetrics Meter = Metrics();
    private static readonly RouterSnapshotStore Settings = new(new ConfigurationBuilder().Build(), NullLogger<RouterSnapshotStore>.Instance);

    public static RouterMetrics Metrics() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    /// <summary>Sessions of a module that has no settings of its own, in this process.</summary>
    public static AnswerSessions Sessions(ITransformModule transform, TimeProvider? time = null)
    {
        var modules = new RemoteModules([], Settings, time ?? TimeProvider.System, Meter, NullLogger<ModuleBreaker>.Instance);
        return new AnswerSessions(transform, Settings, modules, time ?? TimeProvider.System, Meter, NullLogger<AnswerSessions>.Instance);
    }

    public static Exchange Chat(Stream answer, bool asksForUsage = false, long inputTokenBound = 100, TokenPrice? price = null, int choices = 1, string more = "", string route = "chat.completions")
    {
        var body = "{\"model\":\"m\",\"stream\":true,\"n\":" + choices + more + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
            + (asksForUsage ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
        ChatRequestReader.TryRead(Texts.Utf8(body), out var chat).ShouldBeNull();
        var http = new DefaultHttpContext();
        http.Response.Body = answer;
        var named = FrontDoorRoutes.All.Single(r => r.Name == route);
        return new Exchange
        {
            Http = http,
            Route = new GovernedRoute { Route = named, Shape = ErrorShape.OpenAi, Stages = StageMatrix.For(named.Class, named.Action)!.Value },
            Snapshot = Empty(),
            StartedAt = 0,
            Chat = chat,
            InputTokenBound = inputTokenBound,
            Plan = [Target()],
            Context = new RequestContext
            {
                RequestId = "req_1",
                ModelRequest = chat!.Model,
                LimitsDecision = price is null ? null : new LimitsDecision { Effect = LimitsEffect.Ok, Prices = [price] },
            },
        };
    }

    public static PlannedTarget Target(string provider = "p", string model = "m") => new()
    {
        Target = new RouteTarget { Id = "0", Provider = provider, Model = model, MaxOutputTokens = 50 },
        MaxTokensMember = "max_tokens",
        MaxOutputTokens = 50,
    };

    private static RouterSnapshot Empty() => new()
    {
        Providers = FrozenDictionary<string, Provider>.Empty,
        Models = FrozenDictionary<string, ModelRoute>.Empty,
        ModelNames = [],
        Backends = FrozenDictionary<string, Backend>.Empty,
        McpServers = FrozenDictionary<string, McpServer>.Empty,
        MaxBodyBytes = 1024,
        EndUserIsUserId = false,
    };
}
