using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Identity.Administration;
using GatewayStack.Identity.Issuers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>
/// The administrative API of measures. The front door has authenticated the administrator and checked the scope <c>admin:standing</c>, which is for their own tenant.
/// </summary>
internal sealed class StandingAdministration(StandingBook book, IssuerRegistry registry, StandingEvents events, TimeProvider time, ILogger<StandingAdministration> logger)
{
    /// <summary>Scope of whoever administers all tenants.</summary>
    public const string EverywhereScope = "admin:identity";

    public const string ListRoute = "admin.identity.standings";
    public const string AddRoute = "admin.identity.standings.add";
    public const string EndRoute = "admin.identity.standings.end";

    private const int MostListed = 1000;

    /// <summary>How many shares the most that may be in force is divided into.</summary>
    internal const int Shares = 10;

    public Task ListAsync(HttpContext context) => StandingAnswers.AnswerAsync(context, async caller =>
    {
        if (StandingFilter.Parse(context.Request.Query, MostListed) is not { } filter)
        {
            const string Parameters = "The parameters are all (true or false), origin (administrator, person or issuer) and limit";
            await StandingAnswers.RefuseAsync(context, 400, "invalid_request", $"{Parameters} (1 to {MostListed}), each at most once.");
            return;
        }

        if (book.Current is not { } page)
        {
            throw new IOException("The standings were not read yet.");
        }

        var tenant = Everywhere(caller) ? null : caller.Tenant;
        ImmutableArray<StoredMeasure> found = filter.All
            ? await book.ListAsync(new StandingQuery { Tenant = tenant, Origin = filter.Origin, Limit = filter.Limit + 1 }, context.RequestAborted)
            :
            [
                .. page.State.InForce.Reverse()
                    .Where(m => m.Measure.Until > time.GetUtcNow())
                    .Where(m => (tenant is null || m.Measure.Subject.Tenant == tenant) && (filter.Origin is null || m.Origin == filter.Origin))
                    .Take(filter.Limit + 1),
            ];
        var list = new StandingList
        {
            Revision = page.Snapshot.Revision,
            AsOf = StandingDocument.Text(page.Snapshot.AsOf),
            Measures = [.. found.Take(filter.Limit).Select(StandingDocument.Of)],
            More = found.Length > filter.Limit,
        };
        await AdministrationAnswers.WriteAsync(context, list, StandingDocumentJson.Default.StandingList);
    });

    public Task AddAsync(HttpContext context) => StandingAnswers.AnswerAsync(context, async caller =>
    {
        if (await StandingAnswers.ReadAsync(context, StandingDocumentJson.Default.StandingRequest) is not { } request)
        {
            return;
        }

        var now = time.GetUtcNow();
        var issuers = registry.Current;
        var everywhere = Everywhere(caller);

        // Who administers one tenant means that one, named or not.
        var said = everywhere || request.Subject is not { Tenant: null } subject || subject == new StandingSubjectDocument()
            ? request
            : request with { Subject = subject with { Tenant = caller.Tenant } };
        var draft = StandingDraft.Of(said, issuers, now);
        var key = context.Request.Headers["Idempotency-Key"];
        var errors = IsKey(key)
            ? draft.Errors
            : draft.Errors.Add(new SettingProblem("Idempotency-Key", "is not 1 to 200 printable characters", "send it once, such as a UUID, or leave it out"));
        if (!errors.IsEmpty)
        {
            await AdministrationAnswers.WriteProblemAsync(context, new Problem
            {
                Status = StatusCodes.Status400BadRequest,
                Title = "Bad request",
                Detail = "The measure cannot be taken as it is; nothing was changed. Mend what is listed and send it again.",
                Code = "invalid_request",
                Errors = errors,
            });
            return;
        }

        if (!everywhere && draft.Subject.Tenant != caller.Tenant)
        {
            await StandingAnswers.RefuseAsync(context, 403, "tenant_not_allowed", $"A measure on another tenant, or on all of them, takes the scope {EverywhereScope}.");
            return;
        }

        if (draft.Subject.IsOnCaller && draft.Subject.Matches(caller, default))
        {
            await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.BlocksYourself);
            return;
        }

        var addition = await book.AddAsync(Measure(caller, draft, now, key, request), Bounds(issuers, everywhere), context.RequestAborted);
        await AnswerAsync(context, caller, addition);
    });

    public Task EndAsync(HttpContext context) => StandingAnswers.AnswerAsync(context, async caller =>
    {
        if (await AdministrationAnswers.ReadWriteAsync(context) is not { } request)
        {
            return;
        }

        var id = context.Request.RouteValues["id"] as string ?? string.Empty;
        var theirs = Everywhere(caller) ? null : await FindAsync(id, caller.Tenant, context.RequestAborted);
        if (theirs is not null && !IsOfTenant(theirs, caller.Tenant))
        {
            await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.OfOthers(theirs.Origin));
            return;
        }

        var found = theirs is not null || Everywhere(caller)
            ? await book.EndAsync(id, new StandingEnding { At = time.GetUtcNow(), By = caller.UserId, Reason = request.Reason }, context.RequestAborted)
            : null;
        if (found is not { } ended)
        {
            await StandingAnswers.RefuseAsync(context, 404, "not_found", "There is no measure of that id that you may end.");
            return;
        }

        if (ended.Now)
        {
            IdentityLog.MeasureEnded(logger, id);
            events.Acted(context, caller, EndRoute, GatewayActions.AdminWrite, StandingEvents.Unblock, request.Reason, ended.Measure);
        }

        await AdministrationAnswers.WriteAsync(context, StandingDocument.Of(ended.Measure), StandingDocumentJson.Default.StandingDocument);
    });

    private async Task AnswerAsync(HttpContext context, CallerIdentity caller, StandingAddition addition)
    {
        switch (addition)
        {
            case { Outcome: StandingAdditionOutcome.Added, Measure: { } added }:
                IdentityLog.MeasureTaken(logger, added.Measure.Id, IdentityMetrics.Name(added.Origin));
                events.Acted(context, caller, AddRoute, GatewayActions.AdminWrite, StandingEvents.Block, added.Measure.Reason, added);
                context.Response.StatusCode = StatusCodes.Status201Created;
                await AdministrationAnswers.WriteAsync(context, StandingDocument.Of(added), StandingDocumentJson.Default.StandingDocument);
                break;
            case { Outcome: StandingAdditionOutcome.Known, Measure: { } over } when over.Ended is not null || over.Measure.Until <= time.GetUtcNow():
                await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.KeyOver(over));
                break;
            case { Outcome: StandingAdditionOutcome.Known, Measure: { } before }:
                await AdministrationAnswers.WriteAsync(context, StandingDocument.Of(before), StandingDocumentJson.Default.StandingDocument);
                break;
            case { Outcome: StandingAdditionOutcome.Contradicts }:
                await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.KeyReused);
                break;
            default:
                await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.TooMany);
                break;
        }
    }

    /// <summary>A measure on a tenant, in force or of the past; null where there is none.</summary>
    private async Task<StoredMeasure?> FindAsync(string id, string tenant, CancellationToken cancellationToken)
    {
        var known = InForce();
        if (known is null)
        {
            // Of the past, or of another replica a moment ago.
            await book.RefreshAsync(cancellationToken);
            known = InForce();
        }

        return known is not null
            ? known.Measure.Subject.Tenant == tenant ? known : null
            : (await book.ListAsync(new StandingQuery { Tenant = tenant, Limit = MostListed }, cancellationToken)).FirstOrDefault(m => m.Measure.Id == id);

        StoredMeasure? InForce() => book.Current?.State.InForce.FirstOrDefault(m => m.Measure.Id == id);
    }

    /// <summary>Whether a tenant's administrators took it. What those of all tenants took, or a person on their own apps, is not theirs to end.</summary>
    private static bool IsOfTenant(StoredMeasure measure, string tenant) => measure.Origin == StandingOrigin.Administrator && measure.AuthorTenant == tenant;

    private static StoredMeasure Measure(CallerIdentity caller, StandingDraft draft, DateTimeOffset now, string? key, StandingRequest request) => new()
    {
        Measure = new StandingMeasure
        {
            Id = Guid.CreateVersion7().ToString("N"),
            Effect = StandingEffect.Block,
            Subject = draft.Subject,
            Reason = draft.Reason,
            Author = caller.UserId,
            CreatedAt = now,
            Until = draft.Until,
        },
        Origin = StandingOrigin.Administrator,
        AuthorPersonId = caller.PersonId,
        AuthorTenant = Everywhere(caller) ? null : caller.Tenant,
        RequestKey = key is null ? null : Digest(Encoding.UTF8.GetBytes($"{caller.Tenant}\n{caller.PersonId}\n{key}")),
        RequestDigest = key is null ? null : Digest(JsonSerializer.SerializeToUtf8Bytes(request, StandingDocumentJson.Default.StandingRequest)),
    };

    /// <summary>One tenant's administrators have a share, and all tenants' together leave one to those of all tenants.</summary>
    private static StandingBounds Bounds(IssuerSnapshot issuers, bool everywhere)
    {
        var most = issuers.Options.Standings.MaxMeasures;
        return everywhere ? new(most, most) : new(most - (most / Shares), most, Math.Max(1, most / Shares));
    }

    private static bool Everywhere(CallerIdentity caller) => caller.Scopes.Contains(EverywhereScope, StringComparer.Ordinal);

    private static bool IsKey(Microsoft.Extensions.Primitives.StringValues header) =>
        header.Count == 0 || header is [{ Length: >= 1 and <= 200 } key] && key.All(c => c is > ' ' and <= '~');

    private static string Digest(byte[] bytes) => Base64Url.EncodeToString(SHA256.HashData(bytes));
}
