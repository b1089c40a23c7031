using System.CommandLine;

namespace GatewayStack.Cli.Standing;

/// <summary>The options that say whom or what a measure is on.</summary>
internal static class SubjectOptions
{
    /// <summary>Adds them, and returns what reads them.</summary>
    public static Func<ParseResult, Subject> AddTo(Command command)
    {
        var person = Option("--person", "Person id, as the audit has it.", "ID");
        var client = Option("--client", "Client id of an app.", "ID");
        var session = Option("--session", "The issuer's session id (sid).", "SID");
        var tool = Option("--tool", "An MCP tool as server/tool, or all of a server.", "SERVER/TOOL");
        var model = Option("--model", "Name of a model, as callers or providers know it.", "NAME");
        var provider = Option("--provider", "Name of a provider.", "NAME");
        var issuer = Option("--issuer", "URL of an issuer, exactly as configured.", "URL");
        var tenant = Option("--tenant", "A tenant; with a user, the user's.", "NAME");
        foreach (var option in (Option<string?>[])[person, client, session, tool, model, provider, issuer, tenant])
        {
            command.Add(option);
        }

        return parsed => new Subject
        {
            PersonId = parsed.GetValue(person),
            ClientId = parsed.GetValue(client),
            SessionId = parsed.GetValue(session),
            Tool = parsed.GetValue(tool),
            Model = parsed.GetValue(model),
            Provider = parsed.GetValue(provider),
            Issuer = parsed.GetValue(issuer),
            Tenant = parsed.GetValue(tenant),
        };
    }

    private static Option<string?> Option(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
