using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>One call of the calendar's list.</summary>
internal static class CalendarCall
{
    public static Task<Answer> ListAsync(GatewayClient front, string token) => ToolCall.SendAsync(front, token, "calendar", "calendar.list");

    /// <summary>The result; it may have come as the only event of a stream.</summary>
    public static JsonElement Result(Answer answer)
    {
        var json = answer.ContentType!.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? answer.Body.Split('\n').Last(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            : answer.Body;
        return JsonElement.Parse(json).GetProperty("result");
    }
}
