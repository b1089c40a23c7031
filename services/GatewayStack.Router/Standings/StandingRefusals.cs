using System.Globalization;
using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Standings;

/// <summary>What somebody is told who is cut off, or asks for what is cut off: that it is so, why in the author's words, until when, and whom to turn to.</summary>
internal sealed class StandingRefusals(RouterSnapshotStore settings)
{
    public const string Blocked = "access_blocked";

    private const int MostReason = 500;

    /// <summary>Nobody can say just now who is cut off: no new call goes on.</summary>
    public static Refusal NotKnown { get; } = new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = "standing_unavailable",
        Message = "The gateway cannot tell right now whose access was ended, so it lets no new call in. Try again in a moment.",
        RetryAfter = TimeSpan.FromSeconds(1),
        Ours = true,
    };

    /// <summary>How a block is named among the rules of a decision.</summary>
    public static string RuleId(StandingMeasure measure) => "standing:" + measure.Id;

    /// <summary>What it is on, for counts: nobody by name.</summary>
    public static string KindOf(StandingMeasure measure) =>
        measure.Subject.IsOnCaller ? "caller" : measure.Subject.Tool is not null ? "tool" : measure.Subject.Model is not null ? "model" : "provider";

    public CutOff CutOff(Exchange exchange, StandingMeasure measure) => new(measure, Of(exchange, measure));

    private Refusal Of(Exchange exchange, StandingMeasure measure)
    {
        var what = measure.Subject switch
        {
            { IsOnCaller: true } =>
                measure.Subject is { ClientId: not null, PersonId: null, UserId: null } ? "The access of the app that you use was ended" : "Your access was ended",
            { Tool: { } tool } => exchange.Mcp?.Server.Name is { } server && tool.StartsWith(server + "/", StringComparison.Ordinal)
                ? $"The tool '{Mcp.McpTrace.Printable(tool[(server.Length + 1)..])}' was taken out of use"
                : "This server was taken out of use",
            _ => $"The model '{exchange.Context.ModelRequest?.Model}' was taken out of use",
        };
        var until = measure.Until.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var contact = settings.Options.Standings.Contact is { } configured && !string.IsNullOrWhiteSpace(configured) ? configured.Trim() : "your administrator";
        return new Refusal
        {
            Status = StatusCodes.Status403Forbidden,
            Code = "access_blocked",
            Message = $"{what} until {until}. Reason: {Sentence(measure.Reason)} Turn to {Sentence(contact)}",
            Param = measure.Subject.Model is not null || measure.Subject.Provider is not null ? "model" : null,
            Final = true,
        };
    }

    /// <summary>Somebody's words on one line, without what turns or hides text, and with an end.</summary>
    private static string Sentence(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            var plain = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.SpaceSeparator ? new Rune(' ') : rune;
            if (plain.Value != ' ' || (text.Length > 0 && text[^1] != ' '))
            {
                text.Append(plain);
            }

            if (text.Length >= MostReason)
            {
                break;
            }
        }

        var line = text.ToString().TrimEnd();
        return line.Length == 0 ? "none given." : line[^1] is '.' or '!' or '?' ? line : line + ".";
    }
}
