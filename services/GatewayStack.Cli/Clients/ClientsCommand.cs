using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.Clients;

/// <summary><c>gatewaystack clients</c>: the caller's own apps.</summary>
internal static class ClientsCommand
{
    private const string Path = "/me/clients";
    private const string Scope = "clients:manage";

    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("clients", "Shows which apps act for you, and what they did.");
        var json = new Option<bool>("--json") { Description = "Prints the gateway's own answer." };
        command.Add(json);
        var gateway = GatewayOptions.AddFrontDoorTo(command, user);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = gateway.Open(parsed, Scope);
            await using var output = TextOutput.To(terminal);
            if (parsed.GetValue(json))
            {
                using var document = JsonDocument.Parse(await api.SendAsync(HttpMethod.Get, Path, content: null, cancellationToken));
                await output.WriteLineAsync(JsonSerializer.Serialize(document.RootElement, Indented.Default.JsonElement));
                return ExitCodes.Done;
            }

            var clients = (await api.GetAsync(Path, GatewayJson.Default.ActingClients, cancellationToken)).Clients ?? [];
            if (clients.Count == 0)
            {
                await output.WriteLineAsync("No app has acted for you.");
                return ExitCodes.Done;
            }

            Table.Write(output, ["CLIENT", "NAME", "LAST USED", "CALLS", "REFUSED", "CUT OFF"], [.. clients.Select(Row)]);
            return ExitCodes.Done;
        });
        command.Add(Change(terminal, user, "cut-off", "Cuts an app off from acting for you. Your other apps go on.", HttpMethod.Delete));
        command.Add(Change(terminal, user, "restore", "Lets an app that you cut off act for you again. What an administrator cut off stays so.", HttpMethod.Put));
        return command;
    }

    private static Command Change(Terminal terminal, UserSetting user, string name, string description, HttpMethod method)
    {
        var command = new Command(name, description + $" Needs the scope {Scope}.");
        var client = new Argument<string>("ID") { Description = "The app's client id, as clients shows it." };
        command.Add(client);
        var gateway = GatewayOptions.AddFrontDoorTo(command, user);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = gateway.Open(parsed, Scope);
            var id = parsed.GetRequiredValue(client);
            var standing = await api.SendAsync(method, $"{Path}?client_id={Uri.EscapeDataString(id)}", content: null, GatewayJson.Default.ClientStanding, cancellationToken);
            await using var output = TextOutput.To(terminal);
            // An administrator's block is not the caller's to end.
            await output.WriteLineAsync(standing.CutOff ? $"{id} is cut off{By(standing)}" : $"{id} may act for you");
            return ExitCodes.Done;
        });
        return command;
    }

    private static string By(ClientStanding standing) =>
        (standing.By is null ? string.Empty : $" by {standing.By}") + (standing.Until is { } end ? $" until {Table.Time(end)}" : string.Empty);

    private static string[] Row(ActingClient client) =>
    [
        client.ClientId, client.ClientName ?? "-", client.LastUsed is { } used ? Table.Time(used) : "-", Number(client.Calls), Number(client.Refusals),
        client.CutOff is { } cut ? cut.Until is { } end ? $"until {Table.Time(end)}" : "yes" : "no",
    ];

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
