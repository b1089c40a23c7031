using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Standings.Administration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Standings.BackChannel;

/// <summary><c>POST /identity/backchannel-logout/{issuer}</c>: an issuer says that a session ended. Open to everybody: only what the issuer signed counts.</summary>
internal sealed class BackChannelLogout(
    StandingBook book, IssuerRegistry registry, StandingEvents events, LogoutRate rate, IdentityMetrics metrics, TimeProvider time, ILogger<BackChannelLogout> logger) : IDisposable
{
    public const string Route = "identity.backchannel_logout";

    /// <summary>Where it is, without the issuer's name.</summary>
    public const string Path = "/identity/backchannel-logout";

    private const int MaxBytes = 32 * 1024;

    // Anybody can post here: however many do, something is left for those who call with an access token.
    private readonly SemaphoreSlim _verifying = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task HandleAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["issuer"] as string;
        var issuer = registry.Current.Issuers.FirstOrDefault(i => i.Name == name);
        if (issuer is null || issuer.LogoutClientIds.IsEmpty)
        {
            await StandingAnswers.RefuseAsync(context, 404, "not_found", "There is no issuer of that name whose logout tokens are taken.");
            return;
        }

        var verdict = await JudgeAsync(context, issuer);
        metrics.LogoutTokenJudged(issuer.Name, verdict.Reason ?? "accepted");
        if (verdict.Reason is not null)
        {
            IdentityLog.LogoutTokenRefused(logger, issuer.Name, verdict.Reason);
        }

        await WriteAsync(context, verdict);
    }

    public void Dispose() => _verifying.Dispose();

    private async Task<Verdict> JudgeAsync(HttpContext context, Issuer issuer)
    {
        if (await ReadAsync(context.Request) is not { } text)
        {
            return Verdict.Invalid("logout_token_missing");
        }

        if (CompactToken.TryParse(text, out var signed) is { } malformed)
        {
            return Verdict.Invalid(malformed);
        }

        if (!issuer.Algorithms.Contains(signed!.Algorithm) || SignatureAlgorithm.Find(signed.Algorithm) is not { } algorithm)
        {
            return Verdict.Invalid("algorithm_refused");
        }

        if (!LogoutToken.IsType(signed.Type))
        {
            return Verdict.Invalid("token_type_refused");
        }

        // What it says is looked at first: that costs nothing, and a signature does.
        if (LogoutToken.Read(issuer, signed.Payload, time.GetUtcNow(), out var token) is { } problem)
        {
            return Verdict.Invalid(problem);
        }

        var lookup = await issuer.Keys.FindAsync(signed.KeyId, algorithm, context.RequestAborted);
        if (lookup.Key is not { } key)
        {
            return lookup.IsUnavailable ? new Verdict(StatusCodes.Status503ServiceUnavailable, "keys_unavailable") : Verdict.Invalid(lookup.Reason ?? "unknown_kid");
        }

        if (await VerifyAsync(signed, algorithm, key, context.RequestAborted) is { } forged)
        {
            return Verdict.Invalid(forged);
        }

        // Only now: what is forged must not keep out what the issuer says.
        return rate.TryTake(issuer.Name) ? await CutOffAsync(context, issuer, token!) : new Verdict(StatusCodes.Status429TooManyRequests, "too_many");
    }

    private async Task<string?> VerifyAsync(CompactToken signed, SignatureAlgorithm algorithm, VerificationKey key, CancellationToken cancellationToken)
    {
        await _verifying.WaitAsync(cancellationToken);
        try
        {
            return SignatureValidator.Validate(signed, algorithm, key);
        }
        finally
        {
            _verifying.Release();
        }
    }

    private async Task<Verdict> CutOffAsync(HttpContext context, Issuer issuer, LogoutToken token)
    {
        var standings = registry.Current.Options.Standings;
        var now = time.GetUtcNow();
        var measure = new StoredMeasure
        {
            Measure = new StandingMeasure
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Effect = StandingEffect.Block,
                Subject = token.Subject,
                Reason = "The session was ended at its issuer. Sign in again.",
                Author = "issuer:" + issuer.Name,
                CreatedAt = now,
                Until = now.AddHours(standings.SignOutHours),
            },
            Origin = StandingOrigin.Issuer,
            RequestKey = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"logout\n{issuer.Url}\n{token.Id}"))),
        };
        try
        {
            var addition = await book.AddAsync(measure, new StandingBounds(standings.MaxMeasures, standings.MaxMeasures), context.RequestAborted);
            switch (addition.Outcome)
            {
                case StandingAdditionOutcome.Added:
                    IdentityLog.MeasureTaken(logger, measure.Measure.Id, measure.Measure.Author);
                    events.SignedOut(context, issuer.Tenants is [{ } only] ? only : null, addition.Measure!);
                    return Verdict.Accepted;
                default:
                    return Verdict.Invalid("replayed");
            }
        }
        catch (IOException)
        {
            return new Verdict(StatusCodes.Status503ServiceUnavailable, "store_unavailable");
        }
    }

    /// <summary>The one <c>logout_token</c> of a form; null where it is none.</summary>
    private static async Task<string?> ReadAsync(HttpRequest request)
    {
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > MaxBytes)
        {
            return null;
        }

        return QueryHelpers.ParseQuery(Encoding.UTF8.GetString(buffer, 0, length)).TryGetValue("logout_token", out var values) && values is [{ Length: > 0 } only] ? only : null;
    }

    private static Task WriteAsync(HttpContext context, Verdict verdict)
    {
        context.Response.StatusCode = verdict.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (verdict.Reason is null)
        {
            return Task.CompletedTask;
        }

        var invalid = verdict.Status == StatusCodes.Status400BadRequest;
        if (!invalid)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        var error = invalid
            ? new LogoutError("invalid_request", "The logout token is missing, not valid here, or was sent before.")
            : new LogoutError("temporarily_unavailable", "The logout token cannot be taken now; send it again in a moment.");
        return context.Response.WriteAsJsonAsync(error, LogoutJson.Default.LogoutError, contentType: null, context.RequestAborted);
    }

    /// <param name="Status">The answer.</param>
    /// <param name="Reason">Why not, for log and metrics; null where it was accepted.</param>
    private readonly record struct Verdict(int Status, string? Reason)
    {
        public static Verdict Accepted => new(StatusCodes.Status200OK, null);

        public static Verdict Invalid(string reason) => new(StatusCodes.Status400BadRequest, reason);
    }
}

/// <summary>The answer to a logout that failed (Back-Channel Logout 1.0, section 2.8).</summary>
internal sealed record LogoutError(string Error, string ErrorDescription);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LogoutError))]
internal sealed partial class LogoutJson : JsonSerializerContext;
