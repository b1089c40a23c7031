namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>Who sits before the browser, and what they answer when they are asked.</summary>
/// <param name="User">Who they sign in as.</param>
public sealed record Visitor(string User)
{
    /// <summary>False refuses.</summary>
    public bool Grants { get; init; } = true;

    /// <summary>Scopes that they take the tick from.</summary>
    public string[] Withholds { get; init; } = [];
}
