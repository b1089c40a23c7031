using Microsoft.Playwright;

namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>The pages of an issuer: what somebody does on them to sign in and to answer a client.</summary>
public interface IIssuerPages
{
    /// <summary>Fills in the page that is open, and sends it.</summary>
    Task AnswerAsync(IPage page, Visitor visitor);
}
