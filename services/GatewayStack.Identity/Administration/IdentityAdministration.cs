using GatewayStack.Contracts.Events;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Metadata;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Administration;

/// <summary>The module's administrative API. The front door has authenticated the administrator and checked the scope.</summary>
internal sealed class IdentityAdministration(IssuerRegistry registry, SigningRing signing, DataRing data, KeyStores keys, PublicAddress address, AdministrationEvents events)
{
    public Task ShowAsync(HttpContext context)
    {
        var snapshot = registry.Current;
        var state = new IdentityState
        {
            Version = snapshot.Version,
            PublicUrl = address.Get(),
            Issuers = [.. snapshot.Issuers.Select(Describe)],
            Clients = [.. snapshot.Clients.OrderBy(client => client.Key, StringComparer.Ordinal).Select(client => new ClientState(client.Key, client.Value))],
            SigningKeys = [Describe(signing.Current, "current"), Describe(signing.Next, "next"), .. signing.Retired.Select(key => Describe(key, "retired"))],
            DataRoots =
            [
                .. data.Roots.Select((root, index) =>
                    new KeyState { Kid = root.Id, State = index == data.Roots.Length - 1 ? "current" : "retired", CreatedAt = root.CreatedAt }),
            ],
            KeyFilesWrapped = keys.Wrapped,
        };
        return AdministrationAnswers.WriteAsync(context, state, AdministrationJson.Default.IdentityState);
    }

    public async Task ReloadAsync(HttpContext context)
    {
        if (await AdministrationAnswers.ReadWriteAsync(context) is not { } request)
        {
            return;
        }

        var before = registry.Current.Version;
        var errors = registry.Reload();
        var after = registry.Current.Version;
        var status = errors.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        var act = new EventAdministration { Operation = "identity.reload", Reason = request.Reason, Before = Text(before), After = Text(after), Succeeded = errors.IsEmpty };
        events.Record(context, "admin.identity.reload", act, status);
        if (errors.IsEmpty)
        {
            await AdministrationAnswers.WriteAsync(context, new ReloadResult(before, after), AdministrationJson.Default.ReloadResult);
            return;
        }

        await AdministrationAnswers.WriteProblemAsync(context, new Problem
        {
            Status = status,
            Title = "The settings are not valid",
            Detail = "The settings in force were kept. Mend what is listed and reload again.",
            Code = "configuration_not_valid",
            Errors = [.. errors.Select(error => new SettingProblem(error.Key, error.Problem, error.Remedy))],
        });
    }

    public async Task RotateAsync(HttpContext context)
    {
        if (await AdministrationAnswers.ReadWriteAsync(context) is not { } request)
        {
            return;
        }

        var ring = request.Ring ?? "signing";
        if (ring is not ("signing" or "data"))
        {
            await AdministrationAnswers.WriteProblemAsync(
                context, new Problem { Status = 400, Title = "Bad request", Detail = "ring is signing (the default) or data.", Code = "invalid_request" });
            return;
        }

        var act = new EventAdministration { Operation = $"identity.keys.rotate:{ring}", Reason = request.Reason, Succeeded = false };
        try
        {
            var (before, after) = ring == "data" ? data.Rotate() : signing.Rotate();
            events.Record(context, "admin.identity.rotate", act with { Before = before, After = after, Succeeded = true }, StatusCodes.Status200OK);
            await AdministrationAnswers.WriteAsync(context, new RotationResult(ring, before, after), AdministrationJson.Default.RotationResult);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !context.Response.HasStarted)
        {
            events.Record(context, "admin.identity.rotate", act, StatusCodes.Status500InternalServerError);
            await AdministrationAnswers.WriteProblemAsync(
                context, new Problem { Status = 500, Title = "Not rotated", Detail = "The key file could not be written; the keys are as they were.", Code = "internal_error" });
        }
    }

    private static string Text(int version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IssuerState Describe(Issuer issuer)
    {
        var (keys, fetchedAt, lastError) = issuer.Keys.State;
        return new IssuerState
        {
            Name = issuer.Name,
            Issuer = issuer.Url,
            Audiences = issuer.Audiences,
            AudienceClaim = issuer.AudienceClaim ?? "aud",
            Algorithms = [.. issuer.Algorithms.Order(StringComparer.Ordinal)],
            ClockSkewSeconds = (int)issuer.ClockSkew.TotalSeconds,
            Tenants = issuer.Tenants,
            KeyIds = keys is null ? [] : [.. keys.Keys.Select(key => key.KeyId ?? key.Thumbprint)],
            KeysFetchedAt = fetchedAt,
            LastKeyError = lastError,
        };
    }

    private static KeyState Describe(SigningKey key, string state) =>
        new() { Kid = key.KeyId, State = state, CreatedAt = key.Stored.CreatedAt, ActivatedAt = key.Stored.ActivatedAt, RetiredAt = key.Stored.RetiredAt };
}
