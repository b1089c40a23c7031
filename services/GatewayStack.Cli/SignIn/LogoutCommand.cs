using System.CommandLine;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Issuers;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli.SignIn;

/// <summary><c>gatewaystack logout</c>.</summary>
internal static class LogoutCommand
{
    public static Command Create(Terminal terminal, UserSetting user)
    {
        var command = new Command("logout", "Revokes the sign-in at its issuer and deletes it from your folder.");
        var profile = ProfileOption.Create();
        command.Add(profile);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(profile);
            using var held = await user.Logins.LockAsync(name, cancellationToken);
            if (user.Logins.Read(name) is not { } login)
            {
                await terminal.Error.WriteLineAsync("Nobody was signed in.");
                return ExitCodes.Done;
            }

            // First here: whatever the issuer says, this machine has it no more.
            user.Logins.Delete(name);
            if (login.RefreshToken is { } token && await RevokeAsync(login, token, user.Time) is { } problem)
            {
                await terminal.Error.WriteLineAsync($"Deleted here, but not revoked at the issuer {login.Issuer}: {problem.Message}");
                return ExitCodes.Of(problem.Fault);
            }

            await terminal.Error.WriteLineAsync($"Signed out at {login.Issuer}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<CredentialException?> RevokeAsync(StoredLogin login, string token, TimeProvider time)
    {
        if (login.RevocationEndpoint is null)
        {
            return new CredentialException(CredentialFault.Refused, "it revokes nothing on request; the sign-in ends by itself");
        }

        try
        {
            var address = SafeAddress.Read(login.RevocationEndpoint, "the issuer's revocation endpoint");
            await new TokenEndpoint(OAuthHttp.Shared, time).RevokeAsync(address, login.ClientId, token, CancellationToken.None);
            return null;
        }
        catch (CredentialException e)
        {
            return e;
        }
    }
}
