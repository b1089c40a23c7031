namespace GatewayStack.Credentials.SignIn;

/// <summary>What the browser brought back.</summary>
internal sealed record AuthorizationAnswer(string? Code, string? Issuer, string? Error, string? ErrorDescription)
{
    /// <summary>Leaves the code out.</summary>
    public override string ToString() => nameof(AuthorizationAnswer);

    /// <summary>Reads a query; null where it answers another question, or says something twice.</summary>
    public static AuthorizationAnswer? Read(string query, string state)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (pair[..at], pair[(at + 1)..]) : (pair, string.Empty);
            if (!fields.TryAdd(Decode(name), Decode(value)))
            {
                return null;
            }
        }

        return fields.GetValueOrDefault("state") == state
            ? new AuthorizationAnswer(fields.GetValueOrDefault("code"), fields.GetValueOrDefault("iss"), fields.GetValueOrDefault("error"), fields.GetValueOrDefault("error_description"))
            : null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
