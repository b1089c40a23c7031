using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Identity.Administration;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Standings.Administration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Standings.Clients;

/// <summary><c>DELETE</c> and <c>PUT /me/clients</c>: a person cuts off an app that acts for them, or lets it in again. The others go on.</summary>
internal sealed class ClientCutOff(StandingBook book, IssuerRegistry registry, StandingEvents events, TimeProvider time, ILogger<ClientCutOff> logger)
{
    public const string CutOffRoute = "me.clients.cut_off";
    public const string RestoreRoute = "me.clients.restore";

    /// <summary>How many apps one person may have cut off at a time.</summary>
    private const int MostOfOne = 100;

    private const string NoReason = "You cut this app off.";

    public Task CutOffAsync(HttpContext context) => AnswerAsync(context, async (caller, clientId, reason) =>
    {
        await book.RefreshAsync(context.RequestAborted);
        if (Own(caller, clientId).FirstOrDefault() is null)
        {
            var issuers = registry.Current;
            var addition = await book.AddAsync(Measure(caller, clientId, reason ?? NoReason, issuers.Options.Standings.MaxDays), Bounds(issuers), context.RequestAborted);
            if (addition is not { Outcome: StandingAdditionOutcome.Added, Measure: { } added })
            {
                await AdministrationAnswers.WriteProblemAsync(context, StandingRefusals.TooManyClients);
                return;
            }

            IdentityLog.MeasureTaken(logger, added.Measure.Id, IdentityMetrics.Name(added.Origin));
            events.Acted(context, caller, CutOffRoute, GatewayActions.ClientsManage, StandingEvents.Block, added.Measure.Reason, added);
        }

        await ShowAsync(context, caller, clientId);
    });

    public Task RestoreAsync(HttpContext context) => AnswerAsync(context, async (caller, clientId, reason) =>
    {
        await book.RefreshAsync(context.RequestAborted);
        foreach (var own in Own(caller, clientId).ToList())
        {
            var ending = new StandingEnding { At = time.GetUtcNow(), By = caller.UserId, Reason = reason };
            if (await book.EndAsync(own.Measure.Id, ending, context.RequestAborted) is { Now: true } ended)
            {
                IdentityLog.MeasureEnded(logger, own.Measure.Id);
                events.Acted(context, caller, RestoreRoute, GatewayActions.ClientsManage, StandingEvents.Unblock, reason, ended.Measure);
            }
        }

        await ShowAsync(context, caller, clientId);
    });

    private static Task AnswerAsync(HttpContext context, Func<CallerIdentity, string, string?, Task> answer) => StandingAnswers.AnswerAsync(context, async caller =>
    {
        if (context.Request.Query is not { Count: 1 } query || query["client_id"] is not [{ } clientId] || !ClaimText.IsIdentifier(clientId, ClaimText.LongLimit))
        {
            await StandingAnswers.RefuseAsync(context, 400, "invalid_request", "Name one app as GET /me/clients does: ?client_id=... with its id, percent-encoded, and nothing "
                + "else.");
            return;
        }

        string? reason = null;
        if (context.Request.ContentType is not null)
        {
            if (await StandingAnswers.ReadAsync(context, StandingDocumentJson.Default.ReasonRequest) is not { } request)
            {
                return;
            }

            reason = request.Reason;
        }

        if (reason is not null && !ClaimText.IsLabel(reason, StandingDraft.LongestReason))
        {
            await StandingAnswers.RefuseAsync(context, 400, "invalid_request", "A reason is one line of 1 to 500 characters, or is left out.");
            return;
        }

        await answer(caller, clientId, reason);
    });

    private IEnumerable<StoredMeasure> Own(CallerIdentity caller, string clientId) => book.Current!.State.InForce.Where(m =>
        m.Origin == StandingOrigin.Person && m.AuthorPersonId == caller.PersonId && m.Measure.Subject.Tenant == caller.Tenant && m.Measure.Subject.ClientId == clientId
        && m.Measure.Until > time.GetUtcNow());

    private Task ShowAsync(HttpContext context, CallerIdentity caller, string clientId)
    {
        var block = book.Current!.FindBlock(caller with { ClientId = clientId }, time.GetUtcNow());
        var own = block is not null && Own(caller, clientId).Any(m => m.Measure.Id == block.Id);
        var standing = new ClientStanding
        {
            ClientId = clientId,
            CutOff = block is not null,
            Until = block is null ? null : StandingDocument.Text(block.Until),
            Reason = block?.Reason,
            By = block is null ? null : own ? "you" : "administrator",
        };
        return AdministrationAnswers.WriteAsync(context, standing, StandingDocumentJson.Default.ClientStanding);
    }

    /// <summary>The people of one tenant have a share, where there are others.</summary>
    private static StandingBounds Bounds(IssuerSnapshot issuers)
    {
        var most = issuers.Options.Standings.MaxMeasures;
        var isOnly = issuers.Issuers.SelectMany(i => i.Tenants).Distinct(StringComparer.Ordinal).Take(2).Count() == 1;
        return new(most, MostOfOne, isOnly ? most : Math.Max(1, most / StandingAdministration.Shares));
    }

    private StoredMeasure Measure(CallerIdentity caller, string clientId, string reason, int days)
    {
        var now = time.GetUtcNow();
        return new StoredMeasure
        {
            Measure = new StandingMeasure
            {
                Id = Guid.CreateVersion7().ToString("N"),
                Effect = StandingEffect.Block,
                Subject = new StandingSubject { Tenant = caller.Tenant, PersonId = caller.PersonId, ClientId = clientId },
                Reason = reason,
                Author = caller.UserId,
                CreatedAt = now,
                Until = now.AddDays(days),
            },
            Origin = StandingOrigin.Person,
            AuthorPersonId = caller.PersonId,
            AuthorTenant = caller.Tenant,
        };
    }
}
