using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Demo.Issuer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Demo.Tests.Configuration;

/// <summary>The policy that is shipped with the demo, asked by the policy module itself.</summary>
public sealed class DemoPolicyTests : IAsyncLifetime
{
    private static readonly PolicyTarget Cloud = new() { Id = "cloud", Provider = "cloud", Model = "gpt-4o-mini", Class = "external" };
    private static readonly PolicyTarget Medical = new() { Id = "medical", Provider = "cloud", Model = "gpt-4-medical", Class = "external" };
    private static readonly PolicyTarget Inside = new() { Id = "inside", Provider = "onprem", Model = "finance-internal", Class = "internal" };

    private readonly IHost _host = Build();

    public async ValueTask InitializeAsync() => await _host.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    [Fact]
    public void Is_a_good_document() => _host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldBeEmpty();

    [Theory]
    [InlineData("alice", true)]
    [InlineData("nora", false)]
    [InlineData("frank", false)]
    [InlineData("carol", false)]
    [InlineData("audrey", false)]
    public async Task Only_the_doctor_uses_the_medical_model_by_either_door(string user, bool allowed)
    {
        (await AskAsync(user, "gpt-4-medical", [], Medical)).Permits.ShouldBe(allowed);
        (await AskAsync(user, "gpt-4-medical", [], Medical, Backend("clinic", "POST", "/chat"))).Permits.ShouldBe(allowed);
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("nora", true)]
    [InlineData("frank", true)]
    [InlineData("carol", true)]
    [InlineData("audrey", false)]
    public async Task Everyone_who_may_chat_uses_the_common_models(string user, bool allowed)
    {
        (await AskAsync(user, "gpt-4o-mini", [], Cloud)).Permits.ShouldBe(allowed);
        (await AskAsync(user, "gpt-4o-mini", [], Cloud, Backend("clinic", "POST", "/chat"))).Permits.ShouldBe(allowed);
        var smart = await AskAsync(user, "smart-model", [], [Cloud, Inside]);
        smart.Permitted.Select(t => t.TargetId).ShouldBe(allowed ? ["cloud", "inside"] : []);
    }

    [Fact]
    public async Task Financial_text_stays_inside()
    {
        var smart = await AskAsync("frank", "smart-model", ["financial"], [Cloud, Inside]);
        smart.Permits.ShouldBeTrue();
        smart.Permitted.ShouldHaveSingleItem().TargetId.ShouldBe("inside");
        smart.Permitted[0].Obligations.ShouldBeEmpty();
        (await AskAsync("frank", "gpt-4o-mini", ["financial"], Cloud)).Reasons[0].Code.ShouldBe("data_residency");
    }

    [Fact]
    public async Task What_leaves_by_the_smart_model_is_redacted()
    {
        var smart = await AskAsync("alice", "smart-model", [], [Cloud, Inside]);
        smart.Effect.ShouldBe(PolicyEffect.Modify);
        smart.Permitted[0].Obligations.Select(o => o.Kind).ShouldBe([ObligationKind.Redact, ObligationKind.Pseudonymise]);
        smart.Permitted[1].Obligations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Contractors_send_nothing_sensitive()
    {
        (await AskAsync("carol", "gpt-4o-mini", ["sensitive"], Cloud)).Reasons[0].Code.ShouldBe("sensitive_content");
        (await AskAsync("carol", "smart-model", ["sensitive"], [Cloud, Inside])).Permits.ShouldBeFalse();
        (await AskAsync("carol", "gpt-4o-mini", ["sensitive"], Cloud, Backend("clinic", "POST", "/chat"))).Permits.ShouldBeFalse();
        (await AskAsync("frank", "gpt-4o-mini", ["sensitive"], Cloud)).Permits.ShouldBeTrue();
    }

    [Theory]
    [InlineData("alice", "GET", "/events", true)]
    [InlineData("nora", "GET", "/events/evt-4", true)]
    [InlineData("alice", "POST", "/events", false)]
    [InlineData("alice", "GET", "/admin", false)]
    [InlineData("frank", "GET", "/events", false)]
    [InlineData("audrey", "GET", "/events", false)]
    public async Task The_calendar_is_read_with_its_scope(string user, string method, string path, bool allowed)
    {
        var target = new PolicyTarget { Id = "calendar", Provider = "calendar" };
        (await AskAsync(user, null, [], target, Backend("calendar", method, path))).Permits.ShouldBe(allowed);
    }

    [Theory]
    [InlineData("gpt-5")]
    [InlineData("finance-internal")]
    public async Task A_model_that_is_not_named_for_the_caller_is_refused(string model) => (await AskAsync("alice", model, [], Inside)).Permits.ShouldBeFalse();

    [Theory]
    [InlineData("alice", "calendar.list", true, "calendar:read")]
    [InlineData("nora", "calendar.get", true, "calendar:read")]
    [InlineData("alice", "calendar.create", false, "calendar:write")]
    [InlineData("nora", "calendar.cancel", false, "calendar:write")]
    [InlineData("frank", "calendar.list", false, "calendar:read")]
    [InlineData("alice", "calendar.erase", false, null)]
    public async Task A_tool_asks_for_its_scope(string user, string tool, bool allowed, string? scope)
    {
        var decision = await AskAsync(user, null, [], [new PolicyTarget { Id = "calendar", Provider = "calendar" }], tool: tool);
        decision.Permits.ShouldBe(allowed);
        decision.RequiredScopes.ShouldBe(scope is null ? [] : [scope]);
    }

    [Fact]
    public async Task With_the_scope_on_request_events_are_added()
    {
        var asked = DemoPerson.All.Single(p => p.User == "alice").OnRequest;
        (await AskAsync("alice", null, [], [new PolicyTarget { Id = "calendar", Provider = "calendar" }], tool: "calendar.create", granted: asked)).Permits.ShouldBeTrue();
    }

    private static BackendFacts Backend(string name, string method, string path) => new() { Name = name, Method = method, Path = path };

    private static IHost Build()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("Policy:File", Path.Combine(AppContext.BaseDirectory, "demo-policy.yaml"))]);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPolicyModule();
        return builder.Build();
    }

    private Task<PolicyDecision> AskAsync(string user, string? model, ImmutableArray<string> labels, PolicyTarget target, BackendFacts? backend = null) =>
        AskAsync(user, model, labels, [target], backend);

    private Task<PolicyDecision> AskAsync(string user, string? model, ImmutableArray<string> labels, ImmutableArray<PolicyTarget> targets, BackendFacts? backend = null, string? tool = null, ImmutableArray<string>? granted = null)
    {
        var person = DemoPerson.All.Single(p => p.User == user);
        return _host.Services.GetRequiredService<IPolicyModule>().DecideAsync(
            new PolicyQuestion
            {
                RequestId = "r1",
                Identity = new CallerIdentity
                {
                    PersonId = person.Subject,
                    UserId = person.User,
                    Subject = person.Subject,
                    Issuer = "http://127.0.0.1/demo/",
                    IssuerName = "demo",
                    Tenant = person.Tenant,
                    Kind = IdentityKind.Person,
                    Roles = person.Roles,
                    Scopes = [.. person.Scopes, .. granted ?? []],
                },
                Action = tool is not null ? GatewayActions.ToolCall : backend is null ? GatewayActions.ModelCall : GatewayActions.BackendCall,
                Model = model,
                Backend = backend,
                Mcp = tool is null ? null : new McpFacts { Server = "calendar", Method = "tools/call", Tool = tool },
                Targets = targets,
                Content = ContentMetadata.Clean with { Labels = [.. labels.Select(l => new ContentLabel { Name = l, Confidence = 1 })] },
                Now = TimeProvider.System.GetUtcNow(),
            },
            TestContext.Current.CancellationToken);
    }
}
