using System.CommandLine;
using System.Text.Json;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.SignIn;

/// <summary><c>gatewaystack whoami</c>.</summary>
internal static class WhoAmICommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("whoami", "Shows who is signed in, at which gateway, by which issuer, for what, and how long. Asks nobody, and shows no token.");
        var profile = ProfileOption.Create();
        var json = new Option<bool>("--json") { Description = "Prints it as JSON." };
        command.Add(json);
        command.Add(profile);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(profile);
            var login = user.Logins.Read(name) ?? throw new CommandException(ExitCodes.SignInNeeded, "nobody is signed in: run gatewaystack login");
            var who = WhoAmI.Of(login);
            await using var output = TextOutput.To(terminal);
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(who, WhoAmIJson.Default.WhoAmI));
                return ExitCodes.Done;
            }

            var left = login.ExpiresAt - user.Time.GetUtcNow();
            (string, string)[] rows =
            [
                ("who", who.Shown), ("gateway", who.Gateway), ("for", who.Resource), ("issuer", who.Issuer), ("client", who.ClientId), ("scopes", who.Scope ?? "not said"),
                ("token", (left > TimeSpan.Zero ? $"valid for {Table.Span(left)}" : "expired") + (who.Renews ? ", renews itself" : ", cannot be renewed")),
            ];
            foreach (var (label, value) in rows)
            {
                await output.WriteLineAsync($"{label,-8} {value}");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
