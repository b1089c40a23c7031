using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Backends;

/// <summary>A calendar API that knows nothing of tokens and filters by the person the gateway vouches for.</summary>
internal sealed class CalendarEndpoints(CalendarStore store, GatewayKeys keys, DemoAddresses addresses, TimeProvider time, ILogger<CalendarEndpoints> logger)
{
    public const string Name = "calendar";

    private const int LongestText = 200;

    private readonly GatewayAssertionVerifier _verifier = new(Name, addresses, keys, time);

    public void Map(IEndpointRouteBuilder calendar)
    {
        calendar.MapGet("/events", ListAsync);
        calendar.MapGet("/events/{id}", GetAsync);
        calendar.MapPost("/events", AddAsync);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await CallerAsync(context) is { } caller)
        {
            var listing = new CalendarListing(caller.User!, store.Read(caller.Tenant!, caller.User!));
            await context.Response.WriteAsJsonAsync(listing, DemoWire.Json.CalendarListing, cancellationToken: context.RequestAborted);
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        if (await CallerAsync(context) is not { } caller)
        {
            return;
        }

        var id = context.GetRouteValue("id") as string;
        if (store.Read(caller.Tenant!, caller.User!).FirstOrDefault(e => e.Id == id) is not { } found)
        {
            // Somebody else's event and no event at all look the same.
            await DemoProblem.WriteAsync(context, StatusCodes.Status404NotFound, "No such event", "Your calendar has no such event.");
            return;
        }

        await context.Response.WriteAsJsonAsync(found, DemoWire.Json.CalendarEvent, cancellationToken: context.RequestAborted);
    }

    private async Task AddAsync(HttpContext context)
    {
        if (await CallerAsync(context) is not { } caller || await JsonBody.ReadAsync(context, DemoWire.Json.NewCalendarEvent) is not { } wanted)
        {
            return;
        }

        if (wanted is not { Title: { Length: > 0 and <= LongestText } title, StartsAt: { } startsAt, EndsAt: { } endsAt, Location: null or { Length: <= LongestText } }
            || endsAt < startsAt)
        {
            await DemoProblem.WriteAsync(
                context, StatusCodes.Status400BadRequest, "Malformed event", "An event has a title, starts_at and a later ends_at (RFC 3339), and may have a location.");
            return;
        }

        if (store.Add(caller.Tenant!, caller.User!, title, startsAt, endsAt, wanted.Location) is not { } added)
        {
            await DemoProblem.WriteAsync(context, StatusCodes.Status409Conflict, "Calendar full", "This demo keeps no more events for one person.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(added, DemoWire.Json.CalendarEvent, cancellationToken: context.RequestAborted);
    }

    private Task<VerifiedCaller?> CallerAsync(HttpContext context) => BackendCaller.VerifyAsync(context, _verifier, addresses, "/backends/" + Name, logger);
}
