using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>The module with its handlers, called as the front door calls them, and what it recorded and logged.</summary>
internal sealed class StandingsUnderTest : IAsyncDisposable, IEventLog, ILoggerProvider, ILogger
{
    private readonly IdentityUnderTest _identity;
    private readonly ConcurrentQueue<GatewayEvent> _events = new();
    private readonly ConcurrentQueue<string> _log = new();

    public StandingsUnderTest(params IssuerOptions[] issuers)
        : this(new StandingsOptions(), issuers)
    {
    }

    public StandingsUnderTest(StandingsOptions standings, params IssuerOptions[] issuers) => _identity = new IdentityUnderTest(
        new IdentityOptions { Issuers = issuers.Length > 0 ? issuers : [new IssuerOptions { Name = "idp", Issuer = "https://idp.example", Audiences = ["gateway"] }], Standings = standings },
        more: services =>
        {
            services.AddSingleton<IEventLog>(this);
            services.AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        });

    /// <summary>An administrator of the tenant <c>default</c>.</summary>
    public static CallerIdentity Admin { get; } = Measures.Caller("tess") with { Scopes = ["admin:standing"], ClientId = "console" };

    /// <summary>An administrator of everything.</summary>
    public static CallerIdentity Operator { get; } = Measures.Caller("oscar") with { Scopes = ["admin:standing", "admin:identity"], ClientId = "console" };

    public FakeTimeProvider Clock => _identity.Clock;

    public StandingBook Book => _identity.Get<StandingBook>();

    public IReadOnlyList<GatewayEvent> Events => [.. _events];

    public IReadOnlyList<string> Log => [.. _log];

    public Task<Answer> AddAsync(CallerIdentity caller, string body, string? key = null) =>
        SendAsync("admin.identity.standings.add", "POST", caller, body, headers: key is null ? [] : [("Idempotency-Key", key)]);

    public Task<Answer> ListAsync(CallerIdentity caller, string query = "") => SendAsync("admin.identity.standings", "GET", caller, query: query);

    public Task<Answer> EndAsync(CallerIdentity caller, string id, string body = """{"reason":"over"}""") =>
        SendAsync("admin.identity.standings.end", "DELETE", caller, body, values: ("id", id));

    public Task<Answer> ClientAsync(string method, CallerIdentity caller, string query, string? body = null) =>
        SendAsync(method == "PUT" ? "me.clients.restore" : "me.clients.cut_off", method, caller, body, query);

    public Task<Answer> LogoutAsync(string token, string issuer = "idp", string type = "application/x-www-form-urlencoded", string name = "logout_token") =>
        SendAsync("identity.backchannel_logout", "POST", null, $"{name}={Uri.EscapeDataString(token)}", values: ("issuer", issuer), type: type);

    public async Task<Answer> SendAsync(
        string route, string method, CallerIdentity? caller, string? body = null, string query = "", (string Name, string Value)? values = null, string type = "application/json",
        params (string Name, string Value)[] headers)
    {
        await Book.RefreshAsync(TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { RequestServices = _identity.Services, TraceIdentifier = "req_test" };
        context.Request.Method = method;
        context.Request.QueryString = new QueryString(query);
        context.Response.Body = new MemoryStream();
        if (caller is not null)
        {
            context.User = new GatewayPrincipal(caller);
        }

        if (body is not null)
        {
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
            context.Request.ContentType = type;
        }

        if (values is { } value)
        {
            context.Request.RouteValues[value.Name] = value.Value;
        }

        foreach (var (name, text) in headers)
        {
            context.Request.Headers.Append(name, text);
        }

        await _identity.Services.GetRequiredKeyedService<RequestDelegate>(route)(context);
        var said = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        context.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
        return new Answer(context.Response.StatusCode, said.Length == 0 ? [] : JsonNode.Parse(said)!.AsObject(), context.Response.Headers.RetryAfter);
    }

    /// <summary>Says whether a caller is let in.</summary>
    public bool IsIn(CallerIdentity caller) => Book.Current!.FindBlock(caller, Clock.GetUtcNow()) is null;

    public ValueTask DisposeAsync() => _identity.DisposeAsync();

    AppendResult IEventLog.Append(GatewayEvent gatewayEvent)
    {
        _events.Enqueue(gatewayEvent);
        return new AppendResult { Appended = true };
    }

    Task IEventLog.SyncAsync(EventPosition position, CancellationToken cancellationToken) => Task.CompletedTask;

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

    void IDisposable.Dispose()
    {
    }

    internal sealed record Answer(int Status, JsonObject Body, string? RetryAfter)
    {
        public string? Code => (string?)Body["code"];

        public string Id => (string)Body["id"]!;

        public IEnumerable<string> Errors => Body["errors"]?.AsArray().Select(e => (string)e!["key"]!) ?? [];

        public IEnumerable<string> Ids => Body["measures"]!.AsArray().Select(m => (string)m!["id"]!);
    }
}
