using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Introspection;

/// <summary>
/// Asks one issuer about tokens, and remembers what it said: for as long as the settings say, never past a token's end, and for seconds where it knows none such. Answers are
/// kept by a keyed hash of the whole token. Everybody who shows the same token meanwhile waits for one question.
/// </summary>
internal sealed class Introspector(
    IssuerOptions issuer, IntrospectionOptions options, IssuerClient client, IdentityMetrics metrics, TimeProvider time, ILogger<Introspector> logger)
{
    /// <summary>How long a token that is not active is not asked for again; a new one may be known at the issuer a moment later.</summary>
    private static readonly TimeSpan InactiveFor = TimeSpan.FromSeconds(10);

    // What strangers make up must not push out what people hold.
    private readonly BoundedCache<IntrospectionAnswer> _active = new(10_000);
    private readonly BoundedCache<IntrospectionAnswer> _inactive = new(2_000);
    private readonly SingleFlight<IntrospectionAnswer> _asked = new();
    private readonly IssuerCalls _calls = new(IssuerCallPipeline.Introspection, issuer.Name, time);
    private readonly TimeSpan _keep = TimeSpan.FromSeconds(options.CacheSeconds);

    /// <summary>True where JWTs are asked about as well.</summary>
    public bool Always { get; } = options.When == "always";

    public bool AudienceRequired { get; } = options.AudienceRequired;

    /// <summary>True where the issuer is known to call a person the same to every client.</summary>
    public Task<bool> AreSubjectsPublicAsync(CancellationToken cancellationToken) => client.AreSubjectsPublicAsync(cancellationToken);

    /// <summary>What the issuer says of a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="asker"><see cref="Asker.Known"/> where the token was verified already. One that was active before is its holder's anyway.</param>
    /// <param name="source">Where the call came from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<IntrospectionAnswer> AskAsync(string token, Asker asker, string? source, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(token);
        return Find(key) ?? await _asked.RunAsync(key, () => AnswerAsync(key, token, asker, source), cancellationToken);
    }

    private IntrospectionAnswer? Find(TokenKey key) => (_active.Find(key) ?? _inactive.Find(key)) is { } known && time.GetUtcNow() < known.Until ? known : null;

    private async Task<IntrospectionAnswer> AnswerAsync(TokenKey key, string token, Asker asker, string? source)
    {
        if (Find(key) is { } known)
        {
            return known;
        }

        var answer = await QuestionAsync(token, _active.Find(key) is null ? asker : Asker.Known, source);
        if (answer.Outage is null)
        {
            (answer.IsActive ? _active : _inactive).Set(key, answer);
            (answer.IsActive ? _inactive : _active).Remove(key);
        }

        metrics.Introspected(issuer.Name, answer.ToString());
        return answer;
    }

    private async Task<IntrospectionAnswer> QuestionAsync(string token, Asker asker, string? source)
    {
        try
        {
            var claims = await _calls.AskAsync(asker, source, (lane, cancellationToken) => PostAsync(token, lane, cancellationToken));
            var now = time.GetUtcNow();
            var until = now + (claims is null ? InactiveFor : _keep);
            if (claims is { } active && active.TryGetProperty("exp", out var exp) && TokenTime.TryRead(exp, out var expires) && expires < until)
            {
                until = expires;
            }

            return new IntrospectionAnswer(claims, null, until);
        }
        catch (Exception e) when (IssuerCallPipeline.Outage(e) is not null)
        {
            var reason = IssuerCallPipeline.Outage(e)!;
            IdentityLog.NotIntrospected(logger, issuer.Name, reason);
            return new IntrospectionAnswer(null, reason, DateTimeOffset.MinValue);
        }
    }

    /// <returns>The claims of an active token, null for any other.</returns>
    private async Task<JsonElement?> PostAsync(string token, Asker asker, CancellationToken cancellationToken)
    {
        var answer = await client.IntrospectAsync([new("token", token), new("token_type_hint", "access_token")], asker, cancellationToken);
        if (answer.Status != 200)
        {
            // Never the caller's fault as far as anybody can tell: an inactive token is a 200.
            throw new IssuerCallException(answer.Status is 401 or 403 ? "client_refused" : "status", isOutage: false);
        }

        if (!StrictJson.TryParseObject(answer.Body, out var root) || !root.TryGetProperty("active", out var active))
        {
            throw new IssuerCallException("not_an_answer", isOutage: false);
        }

        return active.ValueKind switch
        {
            JsonValueKind.True => root,
            JsonValueKind.False => null,
            _ => throw new IssuerCallException("not_an_answer", isOutage: false),
        };
    }
}
