using System.Text;
using System.Text.Json;
using GatewayStack.Audit.Queries;
using GatewayStack.Contracts.Identity;
using GatewayStack.Events.Shipping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Audit.Tests.Queries;

public sealed class AuditEventsHandlerTests : IDisposable
{
    private readonly AuditHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Answers_a_page_with_the_cursor_of_the_next()
    {
        await _harness.AddAsync(Enumerable.Range(0, 5).Select(i => Samples.Event($"r{i}")));
        var (status, type, text) = await GetAsync("?limit=2&user=alice");
        (status, type).ShouldBe((200, "application/json"));
        var page = JsonElement.Parse(text);
        page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("request_id").GetString()).ShouldBe(["r4", "r3"]);

        var next = JsonElement.Parse((await GetAsync($"?limit=5&cursor={page.GetProperty("next_cursor").GetString()}")).Text);
        next.GetProperty("events").GetArrayLength().ShouldBe(3);
        next.GetProperty("next_cursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Streams_every_row_with_its_cursor()
    {
        await _harness.AddAsync(Enumerable.Range(0, 1203).Select(i => Samples.Event($"r{i}")));
        var (status, type, text) = await GetAsync("", accept: "application/x-ndjson");
        (status, type).ShouldBe((200, "application/x-ndjson"));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        lines.Select(l => l.GetProperty("request_id").GetString()).ShouldBe(Enumerable.Range(0, 1203).Reverse().Select(i => $"r{i}"));
        lines[^1].GetProperty("cursor").GetString().ShouldBe("1");
        (await GetAsync("?limit=3", accept: "application/x-ndjson")).Text.Count(c => c == '\n').ShouldBe(3);
    }

    [Theory]
    [InlineData("?usr=alice", "not known")]
    [InlineData("?tenant=acme", "not known")]
    [InlineData("?User=alice", "not known")]
    [InlineData("?user=a&user=b", "'user'")]
    [InlineData("?user=", "'user'")]
    [InlineData("?from=yesterday", "'from'")]
    [InlineData("?until=2026-13-01", "'until'")]
    [InlineData("?from=2026-03-04&until=2026-03-04", "'from'")]
    [InlineData("?limit=0", "'limit'")]
    [InlineData("?limit=1001", "'limit'")]
    [InlineData("?limit=-1", "'limit'")]
    [InlineData("?limit=1e2", "'limit'")]
    [InlineData("?cursor=abc", "'cursor'")]
    [InlineData("?cursor=-4", "'cursor'")]
    public async Task A_bad_parameter_is_a_400_that_names_it(string query, string named)
    {
        var (status, type, text) = await GetAsync(query);
        (status, type).ShouldBe((400, "application/problem+json"));
        JsonElement.Parse(text).GetProperty("detail").GetString()!.ShouldContain(named);
    }

    [Fact]
    public async Task Waits_for_what_was_just_appended_but_only_so_long()
    {
        await _harness.AddAsync(Samples.Event());
        var shipping = new StuckShipping();
        var answer = GetAsync("", shipping: shipping);
        await shipping.Asked.Task;
        answer.IsCompleted.ShouldBeFalse();
        _harness.Time.Advance(TimeSpan.FromSeconds(2));
        (await answer).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-ndjson")]
    public async Task A_store_that_is_away_is_a_503_that_may_be_asked_again(string? accept)
    {
        _ = Directory.CreateDirectory(Path.Combine(_harness.Folder, "audit.db"));
        var (status, type, text) = await GetAsync("", accept);
        (status, type).ShouldBe((503, "application/problem+json"));
        text.ShouldNotContain(_harness.Folder);
    }

    private async Task<(int Status, string? Type, string Text)> GetAsync(string query, string? accept = null, IEventShipping? shipping = null)
    {
        var context = new DefaultHttpContext { User = new GatewayPrincipal(Auditor()) };
        context.Request.QueryString = new QueryString(query);
        context.Request.Headers.Accept = accept;
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new AuditEventsHandler(_harness.Module, shipping, _harness.Time, NullLogger<AuditEventsHandler>.Instance).HandleAsync(context);
        await context.Response.CompleteAsync();
        return (context.Response.StatusCode, context.Response.ContentType, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static CallerIdentity Auditor() => new()
    {
        PersonId = "p-audrey",
        UserId = "audrey",
        Subject = "audrey",
        Issuer = "https://demo",
        IssuerName = "demo",
        Tenant = "mercy",
        Kind = IdentityKind.Person,
        Scopes = ["audit:read"],
    };

    private sealed class StuckShipping : IEventShipping
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task DrainAsync(CancellationToken cancellationToken)
        {
            Asked.SetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
