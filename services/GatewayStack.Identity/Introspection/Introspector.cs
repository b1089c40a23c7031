using System.Collections.Concurrent;
using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Logging;
using Polly;

namespace GatewayStack.Identity.Introspection;

/// <summary>
/// Asks one issuer about tokens, and remembers what it said: for as long as the settings say, never past a token's end. Answers are kept by a keyed hash of the whole token.
/// Everybody who shows the same token meanwhile waits for one question.
/// </summary>
internal sealed class Introspector(IssuerOptions issuer, IntrospectionOptions options, IssuerClient client, IdentityMetrics metrics, TimeProvider time, ILogger<Introspector> logger)
{
    private const int MostAtOnce = 500;

    // What strangers make up must not push out what people hold.
    private readonly BoundedCache<IntrospectionAnswer> _active = new(10_000);
    private readonly BoundedCache<IntrospectionAnswer> _inactive = new(2_000);
    private readonly ConcurrentDictionary<TokenKey, Task<IntrospectionAnswer>> _asked = new();
    private readonly ResiliencePipeline _pipeline = IssuerCallPipeline.Create(IssuerCallPipeline.Introspection, issuer.Name, time);
    private readonly TimeSpan _keep = TimeSpan.FromSeconds(options.CacheSeconds);

    /// <summary>True where JWTs are asked about as well.</summary>
    public bool Always { get; } = options.When == "always";

    public bool AudienceRequired { get; } = options.AudienceRequired;

    /// <summary>What the issuer says of a token.</summary>
    public async ValueTask<IntrospectionAnswer> AskAsync(string token, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(token);
        var known = _active.Find(key) ?? _inactive.Find(key);
        if (known is not null && time.GetUtcNow() < known.Until)
        {
            return known;
        }

        // On its own: it serves everybody who waits, so no single caller's cancellation ends it.
        var asked = new TaskCompletionSource<IntrospectionAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = _asked.GetOrAdd(key, asked.Task);
        if (ReferenceEquals(shared, asked.Task))
        {
            _ = Task.Run(() => AnswerAsync(key, token, asked), CancellationToken.None);
        }

        return await shared.WaitAsync(cancellationToken);
    }

    private async Task AnswerAsync(TokenKey key, string token, TaskCompletionSource<IntrospectionAnswer> asked)
    {
        try
        {
            var answer = await QuestionAsync(token);
            if (answer.Outage is null)
            {
                (answer.IsActive ? _active : _inactive).Set(key, answer);
                (answer.IsActive ? _inactive : _active).Remove(key);
            }

            metrics.Introspected(issuer.Name, answer.ToString());
            // Whoever comes now is no longer answered by this question.
            _asked.TryRemove(key, out _);
            asked.SetResult(answer);
        }
        catch (Exception e)
        {
            _asked.TryRemove(key, out _);
            asked.SetException(e);
        }
    }

    private async Task<IntrospectionAnswer> QuestionAsync(string token)
    {
        if (_asked.Count > MostAtOnce)
        {
            return new IntrospectionAnswer(null, "too_many_questions", DateTimeOffset.MinValue);
        }

        try
        {
            var claims = await _pipeline.ExecuteAsync(async cancellationToken => await PostAsync(token, cancellationToken), CancellationToken.None);
            var now = time.GetUtcNow();
            var until = now + _keep;
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
    private async Task<JsonElement?> PostAsync(string token, CancellationToken cancellationToken)
    {
        var answer = await client.IntrospectAsync([new("token", token), new("token_type_hint", "access_token")], cancellationToken);
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
