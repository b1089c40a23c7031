using System.Text.Json;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Exchange;

/// <summary>
/// Exchanges tokens at one issuer (RFC 8693). Keeps nothing: whoever asks knows how long what they got may be used again. What callers present has a breaker of its own, so
/// that nothing that they send keeps a person who was let in from an upstream.
/// </summary>
internal sealed class TokenExchanger(IssuerOptions issuer, IssuerClient client, IdentityMetrics metrics, TimeProvider time, ILogger<TokenExchanger> logger)
{
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string Jwt = "urn:ietf:params:oauth:token-type:jwt";

    // Errors that a person mends at the issuer: OpenID Connect's, and Entra's in the same words.
    private static readonly string[] Interactions = ["consent_required", "interaction_required", "login_required", "account_selection_required", "insufficient_user_authentication"];

    // Keycloak says invalid_token of a subject token that it does not take.
    private static readonly string[] Refusals = ["invalid_grant", "invalid_target", "invalid_scope", "invalid_request", "access_denied", "invalid_token"];

    private readonly IssuerCalls _presented = new(IssuerCallPipeline.Exchange, issuer.Name, time);
    private readonly IssuerCalls _upstream = new(IssuerCallPipeline.UpstreamExchange, issuer.Name, time);

    /// <summary>Another one, for other settings, has another: what came of an exchange is known by it.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Exchanges what a caller presented.</summary>
    /// <param name="question">What for what.</param>
    /// <param name="asker">Whether anything is known of it.</param>
    /// <param name="source">Where the call came from.</param>
    public Task<ExchangeAnswer> ExchangePresentedAsync(ExchangeQuestion question, Asker asker, string? source) =>
        AnswerAsync("inbound", () => _presented.AskAsync(asker, source, (lane, token) => PostAsync(question, lane, token)));

    /// <summary>Exchanges a verified token for one that an upstream takes.</summary>
    /// <param name="question">What for what.</param>
    /// <param name="personId">Whose it is: who asks for many takes only their own turns.</param>
    public Task<ExchangeAnswer> ExchangeForUpstreamAsync(ExchangeQuestion question, string personId) =>
        AnswerAsync("upstream", () => _upstream.AskAsync(Asker.Known, personId, (lane, token) => PostAsync(question, lane, token)));

    private async Task<ExchangeAnswer> PostAsync(ExchangeQuestion question, Asker asker, CancellationToken cancellationToken) =>
        Read(await client.AskForTokenAsync(Form(question), asker, cancellationToken));

    private async Task<ExchangeAnswer> AnswerAsync(string use, Func<Task<ExchangeAnswer>> ask)
    {
        ExchangeAnswer answer;
        try
        {
            answer = await ask();
        }
        catch (Exception e) when (IssuerCallPipeline.Outage(e) is not null)
        {
            answer = ExchangeAnswer.Not(ExchangeOutcome.Unavailable, IssuerCallPipeline.Outage(e)!);
        }

        metrics.Exchanged(issuer.Name, use, answer.Outcome.ToString());
        if (answer.Outcome != ExchangeOutcome.Granted)
        {
            IdentityLog.NotExchanged(logger, issuer.Name, use, answer.Reason!);
        }

        return answer;
    }

    private static List<KeyValuePair<string, string>> Form(ExchangeQuestion question)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            new("subject_token", question.SubjectToken),
            new("subject_token_type", question.SubjectTokenType),
            new("requested_token_type", AccessToken),
        ];
        foreach (var (name, value) in new[] { ("audience", question.Audience), ("resource", question.Resource), ("scope", question.Scope) })
        {
            if (value is not null)
            {
                form.Add(new(name, value));
            }
        }

        return form;
    }

    private ExchangeAnswer Read(IssuerAnswer answer)
    {
        if (!StrictJson.TryParseObject(answer.Body, out var root))
        {
            throw new IssuerCallException(answer.Status == 401 ? "client_refused" : "not_an_answer", isOutage: false);
        }

        if (answer.Status != 200)
        {
            return Refused(answer.Status, Text(root, "error"));
        }

        var token = Text(root, "access_token");
        var issued = Text(root, "issued_token_type");
        if (token is null || !IsBearer(token) || issued is not (null or AccessToken or Jwt)
            || !string.Equals(Text(root, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw new IssuerCallException("not_an_answer", isOutage: false);
        }

        // Without a word on its life it is used once.
        var life = root.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number && expires.TryGetInt32(out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
        return new ExchangeAnswer { Outcome = ExchangeOutcome.Granted, Token = token, ExpiresAt = time.GetUtcNow() + life };
    }

    /// <summary>
    /// A refusal is a 400 with a word for one (RFC 6749 5.2, RFC 8693 2.2.2). Whatever else an issuer says, or something before it, is its failure or the gateway's own: no caller
    /// is answered for it, and it is asked again.
    /// </summary>
    private static ExchangeAnswer Refused(int status, string? error) => error switch
    {
        "invalid_client" or "unauthorized_client" or "unsupported_grant_type" => throw new IssuerCallException("client_refused", isOutage: false),
        _ when status is 401 or 403 => throw new IssuerCallException("client_refused", isOutage: false),
        null => throw new IssuerCallException("not_an_answer", isOutage: false),
        _ when status is not 400 => throw new IssuerCallException("status", isOutage: false),
        _ when Interactions.Contains(error, StringComparer.Ordinal) => ExchangeAnswer.Not(ExchangeOutcome.InteractionRequired, error),
        _ when Refusals.Contains(error, StringComparer.Ordinal) => ExchangeAnswer.Not(ExchangeOutcome.Refused, error),
        "temporarily_unavailable" or "server_error" => throw new IssuerCallException("status", isOutage: false),
        // A word of the issuer's own is not repeated.
        _ => throw new IssuerCallException("other_error", isOutage: false),
    };

    /// <summary>What can stand in a header: nothing that begins another, and no longer than any token.</summary>
    private static bool IsBearer(string token) => token.Length is > 0 and <= CompactToken.MaxLength && token.All(c => c is > ' ' and <= '~');

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
