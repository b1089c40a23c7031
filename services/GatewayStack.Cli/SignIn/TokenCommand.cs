using System.CommandLine;
using System.Text;
using GatewayStack.Cli.Standing;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Cli.SignIn;

/// <summary><c>gatewaystack token</c>: a token command for programs that take one.</summary>
internal static class TokenCommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("token", "Prints a fresh access token and nothing else; renews it when little of its time is left. Any number of them may run at once.");
        var validFor = new Option<string>("--valid-for")
        {
            Description = "How long it should still be valid: as long as the caller keeps it. Of a token that lives less than twice as long, half of its life is enough.",
            HelpName = "DURATION",
            DefaultValueFactory = _ => "1m",
        };
        var profile = ProfileOption.Create();
        command.Add(validFor);
        command.Add(profile);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var demand = new TokenDemand { ValidFor = Durations.Read(parsed.GetRequiredValue(validFor), "--valid-for") };
            var token = await new LoginTokens(user.Logins, parsed.GetRequiredValue(profile), user.Time).GetAsync(demand, cancellationToken);
            await terminal.Output.WriteAsync(Encoding.ASCII.GetBytes(token.Value + "\n"), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
