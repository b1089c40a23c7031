using System.CommandLine;
using GatewayStack.Cli.Standing;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Logins;
using GatewayStack.Credentials.SignIn;

namespace GatewayStack.Cli.SignIn;

/// <summary><c>gatewaystack login</c>.</summary>
internal static class LoginCommand
{
    private static readonly Uri UsualGateway = new("http://127.0.0.1:8080");
    private static readonly Uri UsualRedirect = new("http://127.0.0.1:0/callback");

    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("login", "Signs you in at the issuer that a gateway trusts, and keeps the sign-in in your folder. The issuer is found from the gateway's "
            + "address.");
        var gateway = AddressArgument.Option("--gateway", "The gateway.", UsualGateway);
        var profile = ProfileOption.Create();
        var client = new Option<string?>("--client")
        {
            Description = "Client id, or the URL of a client id metadata document. Without it: demo-cli at the demo issuer; elsewhere "
            + "it is registered.",
            HelpName = "ID"
        };
        var scope = new Option<string?>("--scope")
        {
            Description = "Scopes, separated by blanks. Without it: those that the gateway names. offline_access is added where the "
            + "issuer has it.",
            HelpName = "SCOPES"
        };
        var resource = AddressArgument.Option("--resource", "What the tokens are for, where it is not the gateway's API: the URL of an MCP route.");
        var noResource = new Option<bool>("--no-resource")
        {
            Description = "Does not tell the issuer what the tokens are for (RFC 8707): for issuers that refuse to be told, "
            + "such as Entra ID."
        };
        var issuer = new Option<string?>("--issuer") { Description = "One of the issuers that the gateway trusts, exactly as it names itself. Without it: the first.", HelpName = "URL" };
        var device = new Option<bool>("--device") { Description = "Shows a code to enter on another device, and needs no browser here." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Prints the page's address and opens no browser." };
        var redirect = AddressArgument.Option(
            "--redirect", "Where the browser comes back to on this machine, for issuers that want it registered to the letter; port 0 is a free one.", UsualRedirect);
        var timeout = new Option<string>("--timeout") { Description = "How long to wait for you.", HelpName = "DURATION", DefaultValueFactory = _ => "5m" };
        command.Add(gateway);
        command.Add(resource);
        command.Add(noResource);
        command.Add(scope);
        command.Add(client);
        command.Add(issuer);
        command.Add(device);
        command.Add(noBrowser);
        command.Add(redirect);
        command.Add(timeout);
        command.Add(profile);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(profile);
            var earlier = Earlier(user.Logins, name);
            var request = new SignInRequest
            {
                Gateway = parsed.GetRequiredValue(gateway)!,
                Resource = parsed.GetValue(resource),
                OmitsResource = parsed.GetValue(noResource),
                Issuer = parsed.GetValue(issuer),
                ClientId = parsed.GetValue(client),
                Known = earlier is null ? null : (earlier.Issuer, earlier.ClientId),
                Scope = parsed.GetValue(scope),
                Redirect = parsed.GetRequiredValue(redirect)!,
                Patience = Durations.Read(parsed.GetRequiredValue(timeout), "--timeout"),
            };
            var prompts = new TerminalPrompts(terminal.Error, parsed.GetValue(noBrowser) ? null : user.Browser);
            var flow = new SignInFlow(OAuthHttp.Shared, prompts, user.Time);
            var login = parsed.GetValue(device) ? await flow.WithDeviceAsync(request, cancellationToken) : await flow.WithBrowserAsync(request, cancellationToken);
            using (await user.Logins.LockAsync(name, cancellationToken))
            {
                user.Logins.Write(name, login);
            }

            await terminal.Error.WriteLineAsync(
                $"Signed in at {login.Gateway} as {WhoAmI.Of(login).Shown}. {(login.RefreshToken is null ? $"The issuer gave nothing to renew it with: it ends at {login.ExpiresAt:u}." : "It renews itself.")}");
            return ExitCodes.Done;
        });
        return command;
    }

    // What cannot be used any more is replaced; what others may read is not, before somebody looked at it.
    private static StoredLogin? Earlier(LoginStore store, string profile)
    {
        try
        {
            return store.Read(profile);
        }
        catch (CredentialException e) when (e.InnerException is System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
