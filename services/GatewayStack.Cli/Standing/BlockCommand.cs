using System.CommandLine;
using System.Globalization;
using GatewayStack.Cli.Gateway;

namespace GatewayStack.Cli.Standing;

/// <summary><c>gatewaystack block</c>.</summary>
internal static class BlockCommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command(
            "block",
            "Cuts off, at once and for a time: the next call is refused and running streams end. Needs the scope admin:standing, and admin:identity beyond your own tenant. " +
            "What is said together narrows it: a user and a client are that user through that client.");
        var name = new Argument<string?>("USER") { Description = "User id of a person, or of a service.", Arity = ArgumentArity.ZeroOrOne };
        var subject = SubjectOptions.AddTo(command);
        var reason = new Option<string>("--reason") { Description = "Why; whoever is refused is told.", HelpName = "TEXT", Required = true };
        var length = new Option<string?>("--for") { Description = "For how long: 30m, 12h, 7d.", HelpName = "DURATION" };
        var until = new Option<string?>("--until") { Description = "Until when, instead of --for: 2026-12-01T08:00:00Z.", HelpName = "TIME" };
        command.Add(name);
        command.Add(reason);
        command.Add(length);
        command.Add(until);
        var gateway = GatewayOptions.AddManagementTo(command, user);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var on = subject(parsed) with { User = parsed.GetValue(name) };
            if (on == new Subject())
            {
                throw new CommandException(ExitCodes.BadInput, "Say whom or what: a user, or one of --person, --client, --session, --tool, --model, --provider, --issuer, "
                    + "--tenant.");
            }

            using var api = gateway.Open(parsed, StandingApi.Scope);
            var measure = await StandingApi.AddAsync(api, When(on, parsed.GetRequiredValue(reason), parsed.GetValue(length), parsed.GetValue(until)), cancellationToken);
            await using var output = TextOutput.To(terminal);
            await output.WriteLineAsync($"{measure.Id}: {measure.Subject} blocked{(measure.Until is { } end ? $" until {Table.Time(end)}" : string.Empty)}");
            return ExitCodes.Done;
        });
        return command;
    }

    // Minutes are counted by the gateway's clock, which is the one that ends the measure.
    private static NewMeasure When(Subject subject, string reason, string? length, string? until)
    {
        var measure = new NewMeasure { Effect = "block", Subject = subject, Reason = reason };
        switch (length, until)
        {
            case ({ } span, null):
                var minutes = Durations.Read(span, "--for").TotalMinutes;
                return minutes % 1 == 0 ? measure with { Minutes = (int)minutes } : throw new CommandException(ExitCodes.BadInput, "--for is in whole minutes.");
            case (null, { } time):
                return DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end)
                    ? measure with { Until = end }
                    : throw new CommandException(ExitCodes.BadInput, "--until is a time such as 2026-12-01T08:00:00Z.");
            default:
                throw new CommandException(ExitCodes.BadInput, "Say how long: --for or --until, one of them.");
        }
    }
}
