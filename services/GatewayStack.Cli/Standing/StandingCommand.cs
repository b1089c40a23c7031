using System.CommandLine;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.Standing;

/// <summary><c>gatewaystack standing</c>.</summary>
internal static class StandingCommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("standing", "Shows who and what is blocked, by whom, why and until when.");
        var json = new Option<bool>("--json") { Description = "Prints the gateway's own answer." };
        var all = new Option<bool>("--all") { Description = "Shows those that have ended, too." };
        command.Add(json);
        command.Add(all);
        var gateway = GatewayOptions.AddManagementTo(command, user);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = gateway.Open(parsed, StandingApi.Scope);
            await using var output = TextOutput.To(terminal);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(await StandingApi.RawAsync(api, parsed.GetValue(all), cancellationToken));
                return ExitCodes.Done;
            }

            var measures = (await StandingApi.ListAsync(api, parsed.GetValue(all), cancellationToken)).List;
            if (measures.Count == 0)
            {
                await output.WriteLineAsync("Nobody and nothing is blocked.");
                return ExitCodes.Done;
            }

            string[] headings = ["ID", "EFFECT", "ON", "UNTIL", "BY", "REASON"];
            Table.Write(output, headings, [.. measures.Select(m =>
                (string[])[m.Id, m.Effect, m.Subject.ToString(), m.Until is { } end ? Table.Time(end) : "-", m.Author ?? "-", m.Reason ?? "-"])]);
            return ExitCodes.Done;
        });
        return command;
    }
}
