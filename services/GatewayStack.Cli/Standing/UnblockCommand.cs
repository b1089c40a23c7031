using System.CommandLine;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.Standing;

/// <summary><c>gatewaystack unblock</c>.</summary>
internal static class UnblockCommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("unblock", "Ends a block before its time, or all blocks that name a user. What is refused then is refused for another reason.");
        var what = new Argument<string>("ID|USER") { Description = "A block's id, as standing shows it, or a user id." };
        var tenant = new Option<string?>("--tenant") { Description = "The user's tenant, where several tenants have that user.", HelpName = "NAME" };
        var reason = new Option<string>("--reason") { Description = "Why; it is kept with the block.", HelpName = "TEXT", DefaultValueFactory = _ => "ended from the command line" };
        command.Add(what);
        command.Add(tenant);
        command.Add(reason);
        var gateway = GatewayOptions.AddManagementTo(command, user);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var api = gateway.Open(parsed, StandingApi.Scope);
            var wanted = parsed.GetRequiredValue(what);
            var blocks = (await StandingApi.ListAsync(api, all: false, cancellationToken)).List.Where(m => m.Effect == "block").ToList();
            var ending = Find(blocks, wanted, parsed.GetValue(tenant));
            await using var output = TextOutput.To(terminal);
            foreach (var measure in ending)
            {
                await StandingApi.EndAsync(api, measure.Id, parsed.GetRequiredValue(reason), cancellationToken);
                await output.WriteLineAsync($"{measure.Id}: {measure.Subject} no longer blocked");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static List<Measure> Find(List<Measure> blocks, string wanted, string? tenant)
    {
        if (blocks.Find(m => m.Id == wanted) is { } one)
        {
            return [one];
        }

        var found = blocks.FindAll(m => m.Subject.User == wanted && (tenant is null || m.Subject.Tenant == tenant));
        if (found.Count == 0)
        {
            throw new CommandException(ExitCodes.BadInput, $"No block in force has the id {wanted}, and none names a user {wanted}.");
        }

        // Two tenants may have a user of the same name: they are two people.
        return found.Select(m => m.Subject.Tenant).Distinct(StringComparer.Ordinal).Count() == 1
            ? found
            : throw new CommandException(ExitCodes.BadInput, $"Users of several tenants are called {wanted}: say --tenant, or a block's id.");
    }
}
