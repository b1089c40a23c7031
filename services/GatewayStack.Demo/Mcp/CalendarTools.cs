using System.ComponentModel;
using System.Security.Claims;
using GatewayStack.Demo.Backends;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace GatewayStack.Demo.Mcp;

/// <summary>The calendar as tools. Whose calendar it is, the assertion says and never an argument.</summary>
internal sealed class CalendarTools(CalendarStore store)
{
    private const int LongestText = 200;
    private const string NotFound = "Your calendar has no such event.";

    [McpServerTool(Name = "calendar.list", Title = "List my events", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Lists the events of the caller's own calendar.")]
    public CalendarListing List(ClaimsPrincipal user)
    {
        var (tenant, name) = CalendarMcp.Caller(user);
        return new CalendarListing(name, store.Read(tenant, name));
    }

    [McpServerTool(Name = "calendar.get", Title = "Show one event", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Shows one event of the caller's own calendar.")]
    public CalendarEvent Get(ClaimsPrincipal user, [Description("The event's id, such as evt-1.")] string id)
    {
        var (tenant, name) = CalendarMcp.Caller(user);
        return store.Read(tenant, name).FirstOrDefault(e => e.Id == id) ?? throw new McpException(NotFound);
    }

    [McpServerTool(Name = "calendar.create", Title = "Add an event", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Adds an event to the caller's own calendar.")]
    public CalendarEvent Create(
        ClaimsPrincipal user,
        [Description("What it is.")] string title,
        [Description("When it begins (RFC 3339).")] DateTimeOffset start,
        [Description("When it ends (RFC 3339).")] DateTimeOffset end,
        [Description("Where it is.")] string? location = null)
    {
        if (title.Length is 0 or > LongestText || location?.Length > LongestText || end < start)
        {
            throw new McpException($"An event has a title and may have a location, each of at most {LongestText} characters, and it does not end before it begins.");
        }

        var (tenant, name) = CalendarMcp.Caller(user);
        return store.Add(tenant, name, title, start, end, location) ?? throw new McpException("This demo keeps no more events for one person.");
    }

    [McpServerTool(Name = "calendar.cancel", Title = "Cancel an event", ReadOnly = false, Destructive = true, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Removes an event from the caller's own calendar.")]
    public CalendarEvent Cancel(ClaimsPrincipal user, [Description("The event's id, such as evt-1.")] string id)
    {
        var (tenant, name) = CalendarMcp.Caller(user);
        return store.Remove(tenant, name, id) ?? throw new McpException(NotFound);
    }
}
